"""Rows written in bulk are what saving one by one would have written, with the same history."""

import uuid
from datetime import date

import pytest
from django.db import IntegrityError, connection

from orgs.models import Appointment, Person, Unit
from orgs.services import bulk

pytestmark = pytest.mark.django_db


def plain(row, *left_out):
    return {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.name not in {"id", "uuid", "created_at", "code", *left_out}
    }


def person(province, code):
    made = Person(
        code=code,
        full_name="Cao Thị Mới",
        birth_on=date(1985, 9, 2),
        email="moi@example.vn",
        managing_authority=province.authorities["SO"],
        party_cell=province.units["CB-SKH"],
    )
    made.fill_columns()
    return made


def test_created_rows_equal_saved_ones_and_so_does_their_history(province):
    saved = person(province, "S1")
    saved.save()
    made = person(province, "B1")
    bulk.create_rows([made], actor=province.users["phuc"], reason="tệp.xlsx")
    found = Person.objects.get(code="B1")
    assert found == made
    assert found.uuid == made.uuid
    assert plain(found) == plain(Person.objects.get(code="S1"))
    record, usual = found.history.get(), saved.history.get()
    mine = {name: value for name, value in plain(record).items() if not name.startswith("history_")}
    assert mine == {name: value for name, value in plain(usual).items() if not name.startswith("history_")}
    assert (record.id, record.uuid, record.code, record.created_at) == (found.id, found.uuid, "B1", found.created_at)
    assert (record.history_type, record.history_user, record.history_change_reason) == (
        "+",
        province.users["phuc"],
        "tệp.xlsx",
    )
    assert usual.history_type == "+"


def test_keys_belong_to_their_rows_in_any_number(province):
    rows = [person(province, f"M{number}") for number in range(bulk.MOST_VALUES // 17 + 50)]
    bulk.create_rows(rows, actor=None, reason="")
    codes = dict(Person.objects.filter(code__startswith="M").values_list("pk", "code"))
    assert all(codes[row.pk] == row.code for row in rows)
    assert Person.history.filter(code__startswith="M", history_type="+").count() == len(rows)


def test_row_points_to_a_row_made_just_before(province):
    made = person(province, "B2")
    post = Appointment(person=made, unit=province.units["SKH"], position=province.positions["CV"])
    bulk.create_rows([made], actor=None, reason="")
    bulk.create_rows([post], actor=None, reason="")
    assert Appointment.objects.get(pk=post.pk).person == made
    assert post.history.get().person_id == made.pk


def test_updated_rows_change_the_named_fields_only(province):
    an = Person.objects.get(code="CB0001")
    born, code = an.created_at, an.code
    an.email, an.full_name = "an@example.vn", "Không ghi"
    bulk.update_rows([an], fields=["email"], actor=province.users["phuc"], reason="x" * 200)
    found = Person.objects.get(pk=an.pk)
    assert (found.email, found.full_name, found.created_at, found.code) == (
        "an@example.vn",
        "Nguyễn Văn Ấn",
        born,
        code,
    )
    record = found.history.first()
    assert (record.history_type, record.email, record.full_name) == ("~", "an@example.vn", "Nguyễn Văn Ấn")
    assert len(record.history_change_reason) == 100
    assert Person.objects.count() == len(province.people)


def test_decomposed_letters_are_composed_on_the_way(province):
    made = person(province, "B3")
    made.full_name = "Nguye\u0302\u0303n"
    bulk.create_rows([made], actor=None, reason="")
    assert Person.objects.get(code="B3").full_name == "Nguy\u1ec5n"


def test_code_that_is_taken_stops_the_whole_batch(province):
    rows = [person(province, "B4"), person(province, "CB0001")]
    with pytest.raises(IntegrityError), connection.constraint_checks_disabled():
        bulk.create_rows(rows, actor=None, reason="")


def test_nothing_to_write_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        bulk.create_rows([], actor=None, reason="")
        bulk.update_rows([], fields=["email"], actor=None, reason="")


def test_new_uuid_is_kept(province):
    given = uuid.uuid4()
    kind = province.units["SKH"].kind
    unit = Unit(uuid=given, code="Z1", name="Đơn vị", kind=kind, line="state")
    unit.fill_columns()
    bulk.create_rows([unit], actor=None, reason="")
    assert Unit.objects.get(uuid=given).pk == unit.pk
