"""Every address of ours, asked by every member of the cast: exactly the answer that the table expects.

`rows.toml` says how an address is asked, `expected.csv` what each member gets. Members who must not know that the
object exists get 404, those who see it and may not act 403, an act with an empty form is refused and changes nothing.
"""

import csv
import tomllib
from pathlib import Path

import pytest
from django.db import transaction
from django.template import Template
from django.test import Client

from tests.access.scene import CAST, Scene, address, our_addresses

HERE = Path(__file__).parent
ROWS = tomllib.loads((HERE / "rows.toml").read_text(encoding="utf-8"))
# Addresses that are not ours, and why they are not in the table.
THIRD_PARTY = {
    "admin": "one generated family: tests/access/test_admin_matrix.py",
    "set_language": "Django's own view, open to everybody: sets a cookie",
}


def expected():
    with (HERE / "expected.csv").open(encoding="utf-8") as file:
        return {row["address"]: {short: row[short] for short in CAST} for row in csv.DictReader(file)}


def asked(scene):
    """{address name: {member: status}}, each request in a transaction that is taken back."""
    clients = {short: Client(raise_request_exception=False) for short in CAST}
    for short, client in clients.items():
        if user := scene.user(short):
            client.force_login(user)
    found = {}
    for name, (method, *arguments) in ROWS.items():
        url = address(scene, name, arguments)
        found[name] = {}
        for short, client in clients.items():
            with transaction.atomic():
                found[name][short] = str(getattr(client, method)(url).status_code)
                transaction.set_rollback(True)
    return found


def test_every_address_stands_in_the_table():
    assert set(our_addresses()) == set(ROWS)
    assert set(expected()) == set(ROWS)


@pytest.mark.long
@pytest.mark.django_db
def test_matrix(province, monkeypatch):
    # Without the copy of the context that Django keeps for each template in tests: here only the status counts.
    monkeypatch.setattr(Template, "_render", lambda template, context: template.nodelist.render(context))
    found, wanted = asked(Scene(province)), expected()
    wrong = [
        f"{name} as {short}: {found[name][short]}, expected {wanted[name][short]}"
        for name in ROWS
        for short in CAST
        if found[name][short] != wanted[name][short]
    ]
    assert wrong == []


def test_nobody_gets_a_server_error():
    assert [name for name, row in expected().items() if any(status.startswith("5") for status in row.values())] == []


# A cycle is open to everybody; its overview counts only what the viewer may read.
OPEN_TO_ALL = {"reviews:cycle_overview"}


def test_a_stranger_gets_nothing_of_a_review():
    closed = [name for name in ROWS if name.startswith("reviews:") and len(ROWS[name]) > 1]
    open_to_stranger = {name for name in closed if expected()[name]["tu"] not in {"404", "403"}}
    assert open_to_stranger == OPEN_TO_ALL
