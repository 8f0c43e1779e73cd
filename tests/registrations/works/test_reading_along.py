"""What a page reads along with its record is what would have been answered for it alone: roles, pens, history."""

import pytest
from django.db import connection
from django.forms import ModelChoiceField, ValidationError
from django.test.utils import CaptureQueriesContext

from orgs import access
from orgs.forms.fields import offer
from orgs.models import Collective, Setting, User
from orgs.selectors import history
from orgs.selectors.files import has_pen_on, holds_pen, with_pen
from orgs.selectors.history import history_of
from orgs.selectors.roles_held import roles_held, with_roles
from orgs.selectors.settings import is_on, setting
from orgs.services.audit import record_event
from registrations.models import Registration, Work
from tests.registrations.works.written import received, running

pytestmark = pytest.mark.django_db
EVERYBODY = ("an", "binh", "chi", "dung", "giang", "ha", "khanh", "lan", "minh", "nga", "oanh", "phuc", "quan", "tu")


def one_query(ask):
    with CaptureQueriesContext(connection) as made:
        found = ask()
    assert len(made) == 1
    return found


def acted(number, **more):
    return record_event(actor=None, action="test.act", object_type="orgs.Unit", object_id="x", facts={}, **more)


@pytest.mark.parametrize("model", [Registration, Work])
def test_roles_read_along_are_those_of_each_record_for_everybody(province, model):
    running(province)
    received(province, "dung")
    found = set()
    for who in EVERYBODY:
        user = province.users[who]
        access.viewer_of(user)
        for row in with_roles(model.objects.order_by("pk"), user):
            assert roles_held(row) == access.roles_on(user, model.objects.get(pk=row.pk)), who
            found |= roles_held(row)
    assert {"subject", "officer", "unit_head", "copied", "inspector"} <= found


def test_roles_on_a_work_are_those_on_its_registration(province):
    """The page of a work rests on it: one asking answers for both."""
    work = running(province)
    for who in EVERYBODY:
        user = province.users[who]
        assert access.roles_on(user, work) == access.roles_on(user, work.registration), who


def test_record_that_was_read_alone_carries_no_role(province):
    assert roles_held(received(province)) == frozenset()


def test_pen_read_along_is_that_of_each_record_for_everybody(province):
    row = received(province)
    for who in EVERYBODY:
        user = province.users[who]
        access.viewer_of(user)
        read = with_pen(Registration.objects.all(), user).get(pk=row.pk)
        alone = holds_pen(user, "registrations.Registration", str(row.uuid))
        assert (has_pen_on(user, read), has_pen_on(user, row)) == (alone, alone), who
        assert alone == (who == "an")


def test_pen_of_what_nobody_signs_is_nobodys(province):
    assert not with_pen(Collective.objects.all(), province.users["an"]).first().has_pen


def test_history_is_one_query_newest_first_with_all_its_texts(province):
    acted(1, texts={"note": "Ghi chú một"})
    acted(2)
    acted(3, texts={"note": "Ghi chú ba", "answer": "Trả lời ba", "empty": ""})
    rows = one_query(lambda: history_of("orgs.Unit", "x"))
    assert [row.note for row in rows] == ["Ghi chú ba · Trả lời ba", "", "Ghi chú một"]
    assert [row.note for row in history_of("orgs.Unit", "x", shows_notes=False)] == ["", "", ""]
    assert history_of("orgs.Unit", "x", hidden=("test.act",)) == []
    assert history_of("orgs.Unit", "y") == []


def test_history_ends_at_its_longest_by_acts_and_not_by_texts(province, monkeypatch):
    monkeypatch.setattr(history, "LONGEST", 2)
    for number in range(3):
        acted(number, texts={"note": f"Ghi chú {number}", "answer": f"Trả lời {number}"})
    rows = history_of("orgs.Unit", "x")
    assert [row.note for row in rows] == ["Ghi chú 2 · Trả lời 2", "Ghi chú 1 · Trả lời 1"]


@pytest.mark.parametrize("value", [True, False, None])
def test_switch_inside_a_query_is_the_setting_itself(province, value):
    if value is not None:
        Setting.objects.create(key="collective_registrations", value=value)
    found = Collective.objects.filter(is_on("collective_registrations")).exists()
    assert found == setting("collective_registrations") == bool(value)


@pytest.mark.parametrize(("key", "error"), [("paper_place", ValueError), ("nothing_such", KeyError)])
def test_only_a_switch_that_is_off_by_default_is_asked_so(key, error):
    with pytest.raises(error):
        is_on(key)


def test_choice_is_read_once_and_still_refuses_what_it_does_not_offer(province):
    rows = Collective.objects.filter(is_reviewed=True).order_by("name")
    field = ModelChoiceField(queryset=None, required=False, empty_label="Bản thân")
    assert one_query(lambda: offer(field, rows) and [str(label) for _value, label in (*field.choices, *field.choices)])
    assert [label for _value, label in field.choices][0] == "Bản thân"
    assert field.clean(str(rows[0].pk)) == rows[0]
    with pytest.raises(ValidationError):
        field.clean(str(province.collectives["BTV-TU"].pk))
    assert not offer(field, Collective.objects.none())


def test_account_comes_with_its_person_and_his_level(province, client):
    client.force_login(province.users["an"])
    request = client.get("/").wsgi_request
    with CaptureQueriesContext(connection) as made:
        assert request.user.person.managing_authority.name == "Ban Thường vụ Tỉnh ủy quản lý"
    assert [query for query in made if "managingauthority" in query["sql"] and "orgs_user" not in query["sql"]] == []
    assert User.objects.filter(pk=request.user.pk).exists()
