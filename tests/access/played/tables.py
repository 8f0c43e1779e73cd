"""What stands in the tables of ours, and which of them hold something else than before."""

from django.apps import apps
from django.db import connection

from tests.access.scene import OURS


def everything():
    """All rows of all tables of ours."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            if model._meta.app_label in OURS:
                cursor.execute(f'SELECT * FROM "{model._meta.db_table}" ORDER BY "{model._meta.pk.column}"')
                found[model._meta.label] = cursor.fetchall()
    return found


def changed(before):
    """The tables that hold something else now."""
    return sorted(label for label, rows in everything().items() if rows != before[label])
