"""Migrations: named by people, and none missing."""

import re
from io import StringIO

import pytest
from django.core.management import call_command

from tests.architecture import source

FLOORS = ("orgs", "criteria", "registrations", "reviews")


def test_no_migration_is_named_by_the_clock():
    names = [path.stem for floor in FLOORS for path in (source.ROOT / floor / "migrations").glob("0*.py")]
    assert len(names) >= len(FLOORS)
    assert [name for name in names if re.search(r"auto|\d{8}", name)] == []


@pytest.mark.django_db
def test_models_and_migrations_agree():
    said = StringIO()
    call_command("makemigrations", "--check", "--dry-run", stdout=said)
    assert "No changes detected" in said.getvalue()
