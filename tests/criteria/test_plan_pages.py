"""Pages of plans: who sees what, rows without JavaScript, issue, moved dates, who has none."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from criteria.models import Plan
from criteria.selectors.rounds import plans as selectors
from criteria.services.rounds import plans
from orgs.models import IdempotencyKey
from tests.criteria import rounds

pytestmark = pytest.mark.django_db


def page(name, *args):
    return reverse(f"criteria:{name}", args=args)


def rows_of(prefix, rows, initial):
    data = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": initial}
    for number, row in enumerate(rows):
        data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data


def draft_data(plan, dates=(), topics=(), **more):
    return {
        "title": plan.title,
        "number": "173-KH/TU",
        "issued_on": "11/10/2024",
        "content": "Nội dung kế hoạch",
        "version": plan.version,
        **rows_of("dates", dates, plan.milestones.count()),
        **rows_of("topics", topics, plan.topics.count()),
        **more,
    }


def test_list_shows_issued_plans_to_everybody_and_drafts_to_who_prepares_them(login, province):
    plan = rounds.draft_plan(province)
    assert plan.title in login("giang").get(page("plan_list")).content.decode()
    assert plan.title not in login("an").get(page("plan_list")).content.decode()
    assert "Chưa có kế hoạch nào" in login("an").get(page("plan_list")).content.decode()
    rounds.issue(province, plan)
    assert plan.title in login("an").get(page("plan_list")).content.decode()


def test_list_is_searched_without_accents_and_by_year(login, province):
    rounds.issued_plan(province)
    client = login("an")
    assert "Kế hoạch kiểm điểm năm 2024" in client.get(page("plan_list"), {"q": "tinh uy"}).content.decode()
    assert "Kế hoạch kiểm điểm năm 2024" in client.get(page("plan_list"), {"q": "173"}).content.decode()
    assert "Kế hoạch kiểm điểm năm 2024" not in client.get(page("plan_list"), {"year": "2023"}).content.decode()
    assert client.get(page("plan_list"), {"year": "năm"}).status_code == 200


def test_list_asks_the_same_queries_for_one_and_three_plans(login, province):
    top = rounds.issued_plan(province)
    client = login("an")
    client.get(page("plan_list"))
    with CaptureQueriesContext(connection) as one:
        client.get(page("plan_list"))
    for code in ("UBND", "DUK"):
        rounds.issued_plan(province, issuer=code, parent=top, actor="phuc", milestones=[])
    with CaptureQueriesContext(connection) as three:
        body = client.get(page("plan_list")).content.decode()
    assert "Đảng ủy Khối các cơ quan tỉnh" in body
    assert len(one) == len(three)


def test_new_plan_of_the_province_starts_with_the_dates_of_the_regulation(login, province):
    rounds.regulation()
    client = login("giang")
    sent = {"issuer": province.units["TU"].pk, "year": "2024", "title": "Kế hoạch năm 2024", "idempotency_key": "k1"}
    answer = client.post(page("plan_create"), sent)
    plan = Plan.objects.get()
    assert answer.url == page("plan_edit", plan.uuid)
    dates = {(row.step, row.line): row.due_on for row in plan.milestones.all()}
    # Before 31/12: the last day is 30/12; the State line sends its dossiers before 25/11.
    assert dates[("decision", "")] == date(2024, 12, 30)
    assert dates[("proposal", "state")] == date(2024, 11, 24)
    assert dates[("dossier", "party")] == date(2025, 2, 14)
    assert "trước 25/11/2024" in plan.milestones.get(step="proposal").note
    assert client.post(page("plan_create"), sent).url == answer.url
    assert Plan.objects.count() == 1
    assert IdempotencyKey.objects.count() == 1


def test_second_plan_of_a_body_for_a_year_is_refused_in_the_form(login, province):
    rounds.draft_plan(province)
    sent = {"issuer": province.units["TU"].pk, "year": "2024", "title": "Kế hoạch khác"}
    answer = login("giang").post(page("plan_create"), sent)
    assert answer.status_code == 200
    assert "đã có kế hoạch năm 2024" in answer.content.decode()
    assert Plan.objects.count() == 1


def test_new_plan_is_offered_only_for_the_bodies_one_prepares_for(login, province):
    body = login("khanh").get(page("plan_create")).content.decode()
    assert "Sở Y tế" in body
    assert "Tỉnh ủy Quảng Ngãi" not in body
    sent = {"issuer": province.units["TU"].pk, "year": "2024", "title": "Kế hoạch lạ"}
    assert login("khanh").post(page("plan_create"), sent).status_code == 200
    assert not Plan.objects.exists()


@pytest.mark.parametrize("name", ["an", "nga", "quan", "tu", "lan"])
def test_new_plan_is_forbidden_to_others(login, name):
    answer = login(name).get(page("plan_create"))
    assert answer.status_code == 403
    assert "Chỉ cán bộ được giao soạn kế hoạch" in answer.content.decode()


def test_draft_is_edited_in_rows_without_javascript(login, province):
    plan = rounds.draft_plan(
        province, milestones=rounds.dated(("meeting", date(2024, 11, 20)), ("decision", date(2024, 12, 30)))
    )
    rows = [
        {"step": "meeting", "due_on": "21/11/2024", "unit": "SKH", "is_closing": "on", "note": "riêng Sở"},
        {"step": "decision", "due_on": "30/12/2024", "DELETE": "on"},
        {"step": "meeting", "due_on": "22/11/2024", "unit_kind": province.units["SKH"].kind_id},
        {"step": "", "due_on": ""},
    ]
    topics = [{"title": "Quy định 144-QĐ/TW", "document": "144-QĐ/TW"}, {"title": ""}, {"title": "Chuyển đổi số"}]
    answer = login("giang").post(page("plan_edit", plan.uuid), draft_data(plan, rows, topics))
    assert answer.url == page("plan_detail", plan.uuid)
    plan.refresh_from_db()
    assert (plan.number, plan.issued_on, plan.content) == ("173-KH/TU", date(2024, 10, 11), "Nội dung kế hoạch")
    found = [(row.step, row.due_on, row.unit_id and row.unit.code, row.is_closing) for row in plan.milestones.all()]
    assert found == [("meeting", date(2024, 11, 21), "SKH", True), ("meeting", date(2024, 11, 22), None, False)]
    assert [topic.title for topic in plan.topics.all()] == ["Quy định 144-QĐ/TW", "Chuyển đổi số"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"step": "meeting", "due_on": ""}, "Trường này là bắt buộc"),
        ({"step": "", "due_on": "20/11/2024"}, "Trường này là bắt buộc"),
        ({"step": "meeting", "due_on": "31/11/2024"}, "id_dates-0-due_on"),
        ({"step": "meeting", "due_on": "20/11/2024", "unit": "XYZ"}, "Không có đơn vị nào mã XYZ"),
        ({"step": "meeting", "due_on": "20/11/2027"}, "20/11/2027"),
    ],
)
def test_wrong_row_comes_back_with_what_was_typed(login, province, row, said):
    plan = rounds.draft_plan(province)
    before = list(plan.milestones.values_list("step", "due_on"))
    answer = login("giang").post(page("plan_edit", plan.uuid), draft_data(plan, [row]) | {"title": "Tên đã sửa"})
    assert answer.status_code == 200
    body = answer.content.decode()
    assert said in body
    assert "Tên đã sửa" in body
    assert list(plan.milestones.values_list("step", "due_on")) == before


def test_save_in_between_gives_409_and_loses_nothing(login, province):
    plan = rounds.draft_plan(province)
    plans.update_plan(
        plan=plan, title="Tên của người khác", number="", issued_on=None, content="", milestones=[], topics=[],
        actor=province.users["phuc"], version=plan.version,
    )  # fmt: skip
    answer = login("giang").post(page("plan_edit", plan.uuid), draft_data(plan) | {"content": "Chữ của tôi"})
    assert answer.status_code == 409
    body = answer.content.decode()
    assert "Chữ của tôi" in body
    assert 'name="version" value="2"' in body
    assert Plan.objects.get().title == "Tên của người khác"
    missing = draft_data(plan)
    missing.pop("version")
    assert login("giang").post(page("plan_edit", plan.uuid), missing).status_code == 409


def test_edit_is_for_who_prepares_the_draft(login, province):
    plan = rounds.draft_plan(province)
    assert login("giang").get(page("plan_edit", plan.uuid)).status_code == 200
    for name in ("an", "ha", "khanh", "tu"):
        assert login(name).get(page("plan_edit", plan.uuid)).status_code == 404
    issued = rounds.issue(province, plan)
    assert login("giang").get(page("plan_edit", issued.uuid)).status_code == 403
    assert login("an").get(page("plan_edit", issued.uuid)).status_code == 403


def test_plan_is_issued_by_a_form_and_not_before_it_is_numbered(login, province):
    plan = rounds.draft_plan(province)
    client = login("giang")
    body = client.get(page("plan_detail", plan.uuid)).content.decode()
    assert "Kế hoạch chưa có số hoặc ngày ban hành." in body
    client.post(page("plan_issue", plan.uuid), {"version": plan.version})
    assert Plan.objects.get().state == "draft"
    client.post(page("plan_edit", plan.uuid), draft_data(plan, [{"step": "meeting", "due_on": "20/11/2024"}]))
    assert client.post(page("plan_issue", plan.uuid), {"version": 2}).url == page("plan_detail", plan.uuid)
    assert Plan.objects.get().state == "issued"
    assert client.post(page("plan_issue", plan.uuid), {"version": 2}).status_code == 409
    assert client.get(page("plan_issue", plan.uuid)).status_code == 405


def test_plan_without_dates_is_issued_only_below_another(login, province):
    top = rounds.draft_plan(province, milestones=[])
    client = login("giang")
    client.post(page("plan_edit", top.uuid), draft_data(top))
    assert "Kế hoạch chưa có mốc thời hạn nào." in client.get(page("plan_detail", top.uuid)).content.decode()
    own = rounds.draft_plan(province, issuer="UBND", parent=top, actor="ha", milestones=[])
    client = login("ha")
    client.post(page("plan_edit", own.uuid), draft_data(own, parent=top.pk))
    body = client.get(page("plan_detail", own.uuid)).content.decode()
    assert "chưa được ban hành" in body
    assert "Kế hoạch chưa có mốc thời hạn nào." not in body


def test_plan_is_not_issued_by_who_only_reads_it(login, province):
    plan = rounds.draft_plan(province)
    assert login("ha").post(page("plan_issue", plan.uuid), {"version": 1}).status_code == 404
    own = rounds.draft_plan(province, issuer="UBND", parent=None, actor="ha")
    issued = rounds.issue(province, own, actor="ha")
    body = login("khanh").get(page("plan_detail", issued.uuid)).content.decode()
    assert "Điều chỉnh" not in body
    assert page("plan_edit", issued.uuid) not in body


def test_copy_goes_to_the_next_year_with_dates_and_topics(login, province):
    plan = rounds.issued_plan(province)
    client = login("giang")
    assert 'value="2025"' in client.get(page("plan_copy", plan.uuid)).content.decode()
    client.post(page("plan_copy", plan.uuid), {"issuer": province.units["TU"].pk, "year": "2025"})
    copied = Plan.objects.get(year=2025)
    assert copied.title == "Kế hoạch kiểm điểm năm 2025 của Tỉnh ủy Quảng Ngãi"
    assert copied.milestones.get(step="meeting").due_on == date(2025, 11, 20)
    assert [topic.document for topic in copied.topics.all()] == ["144-QĐ/TW"]
    assert (copied.state, copied.number, copied.content) == ("draft", "", plan.content)


def test_date_is_moved_on_a_page_of_its_own(login, province):
    plan = rounds.issued_plan(province)
    row = plan.milestones.get(step="meeting")
    client = login("giang")
    assert page("milestone_move", row.uuid) in client.get(page("plan_detail", plan.uuid)).content.decode()
    sent = {"due_on": "25/11/2024", "document": "CV 55-CV/TU", "version": plan.version}
    assert client.post(page("milestone_move", row.uuid), sent).url == page("plan_detail", plan.uuid)
    row.refresh_from_db()
    assert (row.due_on, row.edition) == (date(2024, 11, 25), 2)
    assert client.post(page("milestone_move", row.uuid), sent).status_code == 409
    assert login("an").get(page("milestone_move", row.uuid)).status_code == 403
    draft = rounds.draft_plan(province, year=2023, milestones=rounds.dated(("meeting", date(2023, 11, 20))))
    assert login("an").get(page("milestone_move", draft.milestones.get().uuid)).status_code == 404


def test_missing_lists_by_name_who_has_none_and_who_answers(login, province):
    top = rounds.issued_plan(province)
    body = login("giang").get(page("plan_missing", top.uuid)).content.decode()
    for name in ("Sở Kế hoạch và Đầu tư", "Sở Y tế", "Nguyễn Văn Ấn", "Giám đốc Sở"):
        assert name in body
    rounds.issued_plan(province, issuer="SKH", parent=top, actor="phuc", milestones=[])
    rounds.draft_plan(province, issuer="SYT", parent=top, actor="khanh", milestones=[])
    missing = {unit.code: unit for unit in selectors.bodies_without_plan(province.users["giang"], top)}
    assert "SKH" not in missing
    assert "TU" not in missing
    assert [plan.state for plan in missing["SYT"].drafts] == ["draft"]
    # Nobody works in the Party organisation of the agencies itself, and its committee does not review itself here.
    assert "DUK" not in missing
    province.collectives["BTV-DUK"].is_reviewed = True
    province.collectives["BTV-DUK"].save()
    assert "DUK" in {unit.code for unit in selectors.bodies_without_plan(province.users["giang"], top)}


def test_missing_shows_an_officer_only_the_bodies_he_prepares_for(login, province):
    top = rounds.issued_plan(province)
    codes = {unit.code for unit in selectors.bodies_without_plan(province.users["khanh"], top)}
    assert codes == {"SYT"}
    inspector = {unit.code for unit in selectors.bodies_without_plan(province.users["quan"], top)}
    assert {"SKH", "SYT", "BTCTU"} <= inspector
    own = rounds.issued_plan(province, issuer="UBND", parent=top, actor="ha", milestones=[])
    below = {unit.code for unit in selectors.bodies_without_plan(province.users["ha"], own)}
    assert {"SKH", "SYT", "SNV"} <= below
    assert "BTCTU" not in below
    assert login("an").get(page("plan_missing", top.uuid)).status_code == 403
    assert login("quan").get(page("plan_missing", top.uuid)).status_code == 200


def test_missing_asks_the_same_queries_for_few_and_many(province, login):
    top = rounds.issued_plan(province)
    client = login("giang")
    client.get(page("plan_missing", top.uuid))
    with CaptureQueriesContext(connection) as many:
        client.get(page("plan_missing", top.uuid))
    for code in ("SYT", "SNV", "UBND", "BTCTU"):
        rounds.issued_plan(province, issuer=code, parent=top, actor="phuc", milestones=[])
    with CaptureQueriesContext(connection) as few:
        body = client.get(page("plan_missing", top.uuid)).content.decode()
    assert "Nguyễn Văn Ấn" in body
    assert "Phạm Quốc Dũng" not in body
    assert len(many) == len(few)


def test_dates_of_the_regulation_without_a_place_stay_open(province):
    proposed = selectors.proposed_dates(rounds.regulation(), 2024)
    assert {(row.step, row.line) for row in proposed.placed} == {
        ("plan", "state"), ("proposal", "state"), ("appraisal", "state"), ("state_grade", "state"),
        ("decision", "party"), ("decision", ""), ("dossier", "party"),
    }  # fmt: skip
    # Special units before 15/1, the grassroots before 5/12, Bình Định's own date: each needs a unit or kind of its own.
    assert [row.due_on for row in proposed.open] == [date(2024, 12, 4), date(2025, 1, 14), date(2025, 2, 24)]
