"""Who writes a review is asked in memory; the answer is that of the query by which reviews are listed."""

import pytest

from orgs import access
from reviews.models import Review
from reviews.selectors.writing.own_reviews import writes, written_by

pytestmark = pytest.mark.django_db


def test_pen_in_memory_is_that_of_the_list_for_everybody(round_of, django_assert_num_queries):
    reviews = list(Review.objects.order_by("pk"))
    found = set()
    for short, user in round_of.users.items():
        viewer = access.viewer_of(user, fresh=True)
        listed = set(Review.objects.filter(written_by(viewer)).values_list("pk", flat=True))
        with django_assert_num_queries(0):
            held = {row.pk for row in reviews if writes(viewer, row)}
        assert held == listed, short
        found |= {(short, row.person_id is None) for row in reviews if row.pk in held}
    # An writes his own review and the report of his collective, its secretary only the report, Tú nothing.
    assert {("an", False), ("an", True), ("nga", True)} <= found
    assert not {short for short, _is_collective in found} & {"tu", "giang", "phuc"}


def test_locked_account_holds_no_pen(round_of):
    user = round_of.users["an"]
    user.is_active = False
    assert not any(writes(access.viewer_of(user, fresh=True), row) for row in Review.objects.all())
