"""Every list of ours costs the same queries however many rows it shows, and at most twelve.

The table stands in `listings.py`. Which pages must stand there is asked of the addresses and views themselves, so that
a new list cannot be forgotten.
"""

import ast
import inspect
from functools import cache

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver
from django.views.generic.list import MultipleObjectMixin

from orgs.views.accounts import AccountListView
from tests.access.played.listings import LISTINGS
from tests.access.scene import OURS

PAGED = {"Paginator", "Keyset", "keyset_page", "page_obj", "keyset", "paginate_by"}


@cache
def words_of(source):
    """Every name that a class uses."""
    nodes = list(ast.walk(ast.parse(inspect.getsource(source))))
    named = {node.id for node in nodes if isinstance(node, ast.Name)}
    return named | {node.arg for node in nodes if isinstance(node, ast.keyword)}


def is_list(view):
    own = [base for base in view.__mro__ if base.__module__.partition(".")[0] in OURS]
    return issubclass(view, MultipleObjectMixin) or any(words_of(base) & PAGED for base in own)


def views_of_ours(resolver=None, spaces=()):
    """(address name, view class) of every address of the four apps."""
    for entry in (resolver or get_resolver()).url_patterns:
        if hasattr(entry, "url_patterns"):
            yield from views_of_ours(entry, (*spaces, entry.namespace) if entry.namespace else spaces)
        elif spaces and spaces[0] in OURS:
            yield ":".join((*spaces, entry.name)), entry.callback.view_class


def shown(client, listing, made, rows):
    """(queries, rows in the HTML) of the page."""
    address = listing.address(made, rows)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    assert answer.status_code == 200
    return len(asked), answer.text.count(listing.mark)


def counted(listing, made):
    """The same at one row and at three."""
    client = Client()
    client.force_login(made.user(listing.viewer))
    listing.add(made, 1)
    client.get(listing.address(made, 1))
    one = shown(client, listing, made, 1)
    listing.add(made, 2)
    listing.add(made, 3)
    return one, shown(client, listing, made, 3)


def test_every_paged_view_stands_in_the_table():
    listed = {listing.name for listing in LISTINGS}
    shown_by = {view for name, view in views_of_ours() if name in listed}
    # An act on the rows of a list shows that very list again where it is refused.
    lists = {name for name, view in views_of_ours() if is_list(view) and not shown_by & set(view.__mro__[1:])}
    assert len(lists) > 20
    assert lists - listed == set()


def test_every_list_view_turns_pages():
    assert [
        name for name, view in views_of_ours() if issubclass(view, MultipleObjectMixin) and view.paginate_by != 50
    ] == []


@pytest.mark.parametrize("listing", LISTINGS, ids=str)
def test_list_costs_the_same_few_queries_at_one_and_at_three_rows(made, listing):
    (one, first), (three, then) = counted(listing, made)
    assert then - first == 2
    assert three == one
    assert one <= listing.most


def test_list_that_reads_its_rows_one_by_one_is_seen(made, monkeypatch):
    """The control of this file: a queryset that forgets the person of each account."""
    joined = AccountListView.get_queryset
    monkeypatch.setattr(AccountListView, "get_queryset", lambda view: joined(view).select_related(None))
    (one, first), (three, then) = counted(next(row for row in LISTINGS if row.name == "orgs:account_list"), made)
    assert then - first == 2
    assert three == one + 2
