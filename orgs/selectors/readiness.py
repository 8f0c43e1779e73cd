"""Whether this process can serve: the database answers and knows every table."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor


def unready_reasons() -> list[str]:
    """Why requests should not come here yet; empty when they may. In English, for machines and their keepers."""
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        return [f"database: {type(error).__name__}"]
    return [f"migration not applied: {migration.app_label}.{migration.name}" for migration, _ in missing]
