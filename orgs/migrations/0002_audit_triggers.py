"""Audit events and their texts can only be added: triggers refuse everything else, on both engines."""

from django.db import migrations

SQLITE = [
    """CREATE TRIGGER orgs_audit_no_update BEFORE UPDATE ON orgs_auditevent
    BEGIN SELECT RAISE(ABORT, 'audit events are append-only'); END""",
    """CREATE TRIGGER orgs_audit_no_delete BEFORE DELETE ON orgs_auditevent
    BEGIN SELECT RAISE(ABORT, 'audit events are append-only'); END""",
]
POSTGRESQL = [
    """CREATE FUNCTION orgs_audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'audit events are append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    """CREATE TRIGGER orgs_audit_no_change BEFORE UPDATE OR DELETE ON orgs_auditevent
    FOR EACH ROW EXECUTE FUNCTION orgs_audit_refuse()""",
    """CREATE TRIGGER orgs_audit_no_truncate BEFORE TRUNCATE ON orgs_auditevent
    FOR EACH STATEMENT EXECUTE FUNCTION orgs_audit_refuse()""",
]
SQLITE_BACK = ["DROP TRIGGER orgs_audit_no_update", "DROP TRIGGER orgs_audit_no_delete"]
POSTGRESQL_BACK = [
    "DROP TRIGGER orgs_audit_no_truncate ON orgs_auditevent",
    "DROP TRIGGER orgs_audit_no_change ON orgs_auditevent",
    "DROP FUNCTION orgs_audit_refuse()",
]


def guard(apps: object, schema_editor: object) -> None:
    """Create the triggers of this engine."""
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def unguard(apps: object, schema_editor: object) -> None:
    """Drop the triggers of this engine."""
    for statement in SQLITE_BACK if schema_editor.connection.vendor == "sqlite" else POSTGRESQL_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("orgs", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
