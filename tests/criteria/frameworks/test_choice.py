"""Which framework applies: job, position, collective, own body and upwards; in force on the day; step by step."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from criteria.models import Cycle, CycleFramework, Framework
from criteria.selectors.frameworks import applying
from criteria.selectors.frameworks.framework_choice import Asked, Candidates
from criteria.selectors.frameworks.frozen_frameworks import FrameworkBook
from orgs.models import Membership, Unit
from orgs.selectors.unit_tree import UnitTree
from orgs.services.transitions import advance
from tests.cast import SINCE
from tests.criteria import rounds

pytestmark = pytest.mark.django_db
DAY = date(2024, 11, 1)


def found(frames, name, on=DAY, **more):
    return applying.applies(frames.province.people[name], on=on, **more).choice.framework


def covering(frames, unit, actor, covered, number, **more):
    """An issued framework that covers one thing alone."""
    return frames.issued(unit, actor, title=f"Khung {number}", number=number, covers=(covered,), **more)


def own(frames, unit="TU", actor="giang", **more):
    return frames.issued(unit, actor, form_key="02A", rows=frames.example("02A"), **more)


def test_province_measures_everybody_who_has_nothing_nearer(frames):
    above = own(frames)
    assert {found(frames, name) for name in ("em", "khanh", "chi", "giang", "tu")} == {above}
    assert found(frames, "an") is None


def test_own_body_is_nearer_than_the_province(frames):
    above, near = own(frames), own(frames, "SYT", "khanh", number="07-KH/SYT")
    assert (found(frames, "em"), found(frames, "chi")) == (near, above)


def test_body_halfway_up_is_nearer_than_the_province(frames):
    above, halfway = own(frames), own(frames, "UBND", "ha", number="09-KH/UBND")
    assert {found(frames, name) for name in ("em", "chi")} == {halfway}
    assert found(frames, "giang") == above


def test_party_organisation_of_the_agency_stands_above_it(frames):
    above, party = own(frames), own(frames, "DUK", "phuc", number="05-HD/DUK")
    assert found(frames, "em") == party
    assert found(frames, "giang") == above


def test_job_comes_before_position_collective_and_body(frames):
    people, made = frames.province, {}
    cv = people.positions["CV"]
    Membership.objects.create(collective=people.collectives["TT-SYT"], person=people.people["em"], started_on=SINCE)
    frames.works_as("em", job=frames.job, unit="SYT")
    made["province"] = own(frames)
    assert found(frames, "em") == made["province"]
    made["unit"] = own(frames, "SYT", "khanh", number="07-KH/SYT")
    assert found(frames, "em") == made["unit"]
    shared = {"form_key": "02A", "rows": frames.example("02A")}
    made["collective"] = covering(frames, "SYT", "khanh", people.collectives["TT-SYT"], "08-KH/SYT", **shared)
    assert found(frames, "em") == made["collective"]
    made["position"] = covering(frames, "TU", "giang", cv, "09-HD/TU", **shared)
    assert found(frames, "em") == made["position"]
    made["job"] = covering(frames, "TU", "giang", frames.job, "10-HD/TU", **shared)
    assert found(frames, "em") == made["job"]
    steps = applying.applies(people.people["em"], on=DAY).choice.steps
    assert [(step.kind, step.framework) for step in steps] == [("job", made["job"])]
    assert found(frames, "khanh") == made["position"]


def test_job_of_another_body_does_not_reach_here(frames):
    shared = {"form_key": "02A", "rows": frames.example("02A")}
    frames.works_as("em", job=frames.job, unit="SYT")
    stranger = covering(frames, "SKH", "chi", frames.job, "03-KH/SKH", **shared)
    answer = applying.applies(frames.province.people["em"], on=DAY)
    assert answer.choice.framework is None
    assert answer.choice.steps[0].unfit == (stranger,)
    first = applying.looks(answer)[0]
    assert first.words == "Vị trí việc làm: Chuyên viên tổ chức cán bộ"
    assert first.unfit[0][1] == "Do cơ quan không ở phía trên ban hành: Sở Kế hoạch và Đầu tư."
    near = covering(frames, "SYT", "khanh", frames.job, "04-KH/SYT", **shared)
    assert found(frames, "em") == near
    far = covering(frames, "TU", "giang", frames.job, "05-HD/TU", **shared)
    assert found(frames, "em") == near
    assert found(frames, "chi") is None
    frames.works_as("chi", job=frames.job, unit="SYT")
    assert found(frames, "chi") == near
    frames.works_as("giang", job=frames.job, unit="BTCTU")
    assert found(frames, "giang") == far


def test_covered_unit_stands_for_all_below_it(frames):
    shared = {"form_key": "02A", "rows": frames.example("02A")}
    above = covering(frames, "TU", "giang", frames.province.units["SYT"], "06-HD/TU", **shared)
    room = Unit.objects.create(
        code="PTC", name="Phòng Tổ chức", kind=frames.province.units["SYT"].kind, line="state",
        parent=frames.province.units["SYT"], started_on=SINCE,
    )  # fmt: skip
    frames.province.units["PTC"] = room
    frames.works_as("tu", position=frames.province.positions["CV"], unit="PTC", main=True)
    assert {found(frames, name) for name in ("em", "tu")} == {above}
    assert found(frames, "chi") is None


def test_line_and_level_of_management_must_fit_and_the_narrower_wins(frames):
    general = own(frames)
    line = own(frames, title="Khung khối Nhà nước", number="11-HD/TU", line="state")
    level = own(frames, title="Khung diện sở", number="12-HD/TU", managing_authority=frames.province.authorities["SO"])
    assert {found(frames, name) for name in ("em", "chi", "giang")} == {level}
    frames.province.people["em"].managing_authority = None
    frames.province.people["em"].save()
    frames.province.people["giang"].managing_authority = None
    frames.province.people["giang"].save()
    assert (found(frames, "em"), found(frames, "giang")) == (line, general)
    answer = applying.applies(frames.province.people["giang"], on=DAY)
    said = {row.number: why for row, why in applying.looks(answer)[-1].unfit}
    assert said == {
        "11-HD/TU": "Dành cho khối khác: Nhà nước.",
        "12-HD/TU": "Dành cho diện quản lý khác: Sở, ban, ngành quản lý.",
    }


def test_adviser_of_a_level_issues_for_whom_it_manages(frames):
    level = frames.province.authorities["BTVTU"]
    shared = {"title": "Khung diện BTV", "managing_authority": level, "form_key": "02B", "rows": frames.example("02B")}
    made = frames.issued("BTCTU", "giang", number="02-HD/BTCTU", **shared)
    assert {found(frames, name) for name in ("an", "dung")} == {made}
    assert found(frames, "binh") is None


def test_framework_holds_from_its_day_until_the_day_it_is_superseded(frames):
    first = own(frames)
    assert found(frames, "em", date(2024, 9, 30)) is None
    assert found(frames, "em", date(2024, 10, 1)) == first
    second = own(frames, number="02-HD/TU", on=date(2025, 3, 1), title="Khung mới")
    assert found(frames, "em", date(2025, 2, 28)) == first
    assert found(frames, "em", date(2025, 3, 1)) == second
    Framework.objects.filter(pk=first.pk).update(state="superseded", superseded_on=date(2025, 1, 15))
    assert found(frames, "em", date(2025, 1, 14)) == first
    assert found(frames, "em", date(2025, 1, 15)) is None


def test_draft_applies_to_nobody(frames):
    draft = frames.own(form_key="02A", rows=frames.example("02A"))
    Framework.objects.filter(pk=draft.pk).update(number="1", issued_on=date(2024, 1, 1))
    assert found(frames, "em") is None


def test_collective_is_asked_for_itself_then_for_its_unit(frames):
    body = frames.province.collectives["TT-SYT"]
    shared = {"subject": "collective", "form_key": "01", "rows": frames.example("01")}

    def answer():
        return applying.applies(body, on=DAY).choice.framework

    assert answer() is None
    above = frames.issued(**shared)
    assert answer() == above
    unit = frames.issued("SYT", "khanh", number="02", **shared)
    assert answer() == unit
    itself = frames.issued("SYT", "khanh", title="Riêng", number="03", covers=(body,), **shared)
    assert answer() == itself
    assert applying.applies(frames.province.collectives["TT-SKH"], on=DAY).choice.framework == above


def test_book_of_a_cycle_chooses_as_the_day_does_from_what_was_frozen(frames, province):
    above = own(frames)
    near = own(frames, "SYT", "khanh", number="07-KH/SYT")
    # The examples fill the forms for which the province has nothing yet.
    made = [above, *rounds.issued_frameworks(province, frames.law)]
    cycle = rounds.open_cycle(province, frameworks=made)
    kept = set(CycleFramework.objects.filter(cycle=cycle).values_list("framework", flat=True))
    assert kept == {near.pk, *(row.pk for row in made)}
    assert Framework.objects.get(pk=near.pk).frozen_at is not None
    late = own(frames, "SKH", "chi", number="08-KH/SKH")
    assert found(frames, "chi") == late
    of_cycle = found(frames, "chi", cycle=cycle)
    assert of_cycle == above
    assert found(frames, "em", cycle=cycle) == near
    book = FrameworkBook(cycle, tree=UnitTree())
    place = Asked("person", "02A", unit_id=province.units["SYT"].pk)
    with CaptureQueriesContext(connection) as asked:
        assert book.frozen_for(place).framework == near
    assert len(asked) == 0


def test_narrowed_cycle_takes_the_frameworks_of_its_units_and_of_those_above(frames, province):
    own(frames, "SYT", "khanh", number="07-KH/SYT")
    own(frames, "SKH", "chi", number="08-KH/SKH")
    own(frames, "DUK", "phuc", number="09-HD/DUK")
    cycle = rounds.prepared_cycle(province)
    cycle.units.set([province.units["SYT"]])
    advance(cycle, "open", actor=province.users["giang"], version=cycle.version)
    below = CycleFramework.objects.filter(cycle=cycle, framework__issuer__parent__isnull=False)
    assert set(below.values_list("framework__issuer__code", flat=True)) == {"SYT", "DUK"}


def test_opening_asks_the_same_for_one_and_many_bodies(frames, province):
    def opened(year):
        cycle = rounds.prepared_cycle(province, plan=plan, frameworks=made)
        Cycle.objects.filter(pk=cycle.pk).update(code=year)
        with CaptureQueriesContext(connection) as asked:
            advance(cycle, "open", actor=province.users["giang"], version=cycle.version)
        return len(asked), cycle

    plan, made = rounds.issued_plan(province), rounds.issued_frameworks(province, frames.law)
    own(frames, "SYT", "khanh", number="07-KH/SYT")
    one, _cycle = opened("A")
    for number in range(3):
        own(frames, "SKH", "chi", title=f"Khung {number}", number=f"1{number}-KH/SKH", covers=(frames.job,))
    many, cycle = opened("B")
    assert one == many
    kept = CycleFramework.objects.filter(cycle=cycle, framework__issuer__code="SKH")
    assert [len(row.content["groups"]) for row in kept] == [3, 3, 3]
    assert not Framework.objects.filter(uses__cycle=cycle, frozen_at=None).exists()


def test_choosing_asks_the_database_the_same_for_one_and_many(frames, province):
    own(frames)
    own(frames, "SYT", "khanh", number="07-KH/SYT")
    with CaptureQueriesContext(connection) as few:
        applying.applies(province.people["em"], on=DAY)
    for number in range(3):
        own(frames, title=f"Khung {number}", number=f"2{number}-HD/TU", covers=(frames.job,))
    with CaptureQueriesContext(connection) as many:
        applying.applies(province.people["em"], on=DAY)
    assert len(few) == len(many)
    candidates = Candidates(applying.issued_by(DAY), UnitTree())
    with CaptureQueriesContext(connection) as none:
        for name in ("SYT", "SKH", "TU"):
            candidates.choose(Asked("person", "02A", unit_id=province.units[name].pk))
    assert len(none) == 0


def why(client, **given):
    return client.get(reverse("criteria:framework_why"), given)


def test_page_explains_the_way_for_oneself_and_for_whom_one_may_see(frames, login, province):
    above = own(frames)
    body = why(login("em"), on="01/11/2024").content.decode()
    for words in ("Đỗ Thị Ngọc Em", "Chức vụ: Chuyên viên", "Cơ quan, đơn vị: Sở Y tế", above.title, "02A"):
        assert words in body
    code = province.people["em"].code
    assert "Đỗ Thị Ngọc Em" in why(login("khanh"), code=code).content.decode()
    for name, asked in (("chi", code), ("em", province.people["chi"].code), ("khanh", "TT-SKH")):
        body = why(login(name), code=asked).content.decode()
        assert "Không có ai mang mã này trong số những người đồng chí được xem." in body
        assert "Đỗ Thị" not in body.split("</header>")[-1]
    assert "Tập thể lãnh đạo Sở Y tế" in why(login("dung"), code="TT-SYT").content.decode()
    assert why(login("em"), on="2024-99-99").status_code == 200
    assert why(login("phuc")).status_code == 200


def test_page_asks_what_the_cycle_froze(frames, login, province):
    cycle = rounds.open_cycle(province)
    own(frames, "SYT", "khanh", number="07-KH/SYT")
    body = why(login("em"), cycle=str(cycle.uuid)).content.decode()
    assert cycle.title in body
    assert "07-KH/SYT" not in body
