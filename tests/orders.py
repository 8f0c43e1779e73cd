"""A law held in every test: rows that have an order of their own keep it, also where something about them is counted.

Django leaves the order of the model out as soon as a query counts by group, without a word; the database then answers
in any order it likes, which is nearly always the right one. Here such a query is an error at the line that runs it.
"""

from django.db.models.query import ModelIterable

_rows_of = ModelIterable.__iter__


def _ordered_rows_of(iterable):
    query = iterable.queryset.query
    has_lost_its_order = query.group_by and query.default_ordering and not query.order_by
    if has_lost_its_order and query.get_meta().ordering:
        raise AssertionError(
            f"{query.model.__name__} has lost its order to a count: say order_by(...) after annotate(...)"
        )
    return _rows_of(iterable)


def pytest_configure(config):
    """For the whole run, fixtures and the loading of the demonstration included."""
    ModelIterable.__iter__ = _ordered_rows_of


def pytest_unconfigure(config):
    """As it was."""
    ModelIterable.__iter__ = _rows_of
