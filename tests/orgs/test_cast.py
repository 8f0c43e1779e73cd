"""The cast stands where its story says."""

import pytest

from orgs import access, roles
from tests import cast

pytestmark = pytest.mark.django_db


def test_viewer_of_head_leads_unit_and_collective():
    made = cast.province()
    viewer = access.viewer_of(made.users["an"])
    assert viewer.collectives_of(roles.HEAD) == {made.collectives["TT-SKH"].pk, made.collectives["CU-SKH"].pk}
    assert viewer.units_of(roles.UNIT_HEAD) == {made.units["SKH"].pk}
    assert viewer.rights == {"read_people"}


def test_viewer_of_outsider_holds_only_himself():
    viewer = access.viewer_of(cast.province().users["tu"])
    assert viewer.roles == {roles.SUBJECT}
    assert viewer.rights == frozenset()
