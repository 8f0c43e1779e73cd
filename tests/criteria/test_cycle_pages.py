"""Pages of cycles: prepared, opened with everything that is missing listed, read by everybody."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from criteria.models import Cycle, Framework, Regulation
from criteria.selectors.rounds.calendars import calendar_of, left_in_words
from orgs.services.transitions import advance
from tests.criteria import rounds

pytestmark = pytest.mark.django_db


def page(name, *args):
    return reverse(f"criteria:{name}", args=args)


def form_data(province, **more):
    law = rounds.regulation()
    return {
        "plan": rounds.issued_plan(province).pk,
        "regulation": law.pk,
        "frameworks": [row.pk for row in rounds.issued_frameworks(province, law)],
        "period_kind": "year",
        "coverage_rule": "warn",
        "study_share": "100",
        "period_start_on": "01/01/2024",
        "period_end_on": "31/12/2024",
        "roster_on": "31/10/2024",
        **more,
    }


def test_new_cycle_proposes_plan_period_law_and_frameworks(login, province):
    sent = form_data(province)
    body = login("giang").get(page("cycle_create")).content.decode()
    assert 'value="31/12/2024"' in body
    assert f'<option value="{sent["regulation"]}" selected>' in body
    assert body.count("checked") == 3


def test_cycle_is_made_and_sent_twice_it_is_made_once(login, province):
    sent = form_data(province, idempotency_key="k-1")
    client = login("giang")
    answer = client.post(page("cycle_create"), sent)
    cycle = Cycle.objects.get()
    assert answer.url == page("cycle_detail", cycle.uuid)
    assert client.post(page("cycle_create"), sent).url == answer.url
    assert Cycle.objects.count() == 1
    assert cycle.frameworks.count() == 3


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"period_end_on": "31/12/2025"}, "không còn hiệu lực vào ngày 31/12/2025"),
        ({"period_end_on": "01/01/2024"}, "Ngày cuối kỳ phải sau ngày đầu kỳ."),
        ({"roster_on": "31/12/2023"}, "Ngày chốt danh sách không được trước kỳ đánh giá."),
        ({"roster_on": "32/12/2023"}, "id_roster_on"),
        ({"plan": ""}, "id_plan"),
    ],
)
def test_wrong_cycle_comes_back_in_the_form(login, province, change, said):
    answer = login("giang").post(page("cycle_create"), form_data(province, **change))
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert not Cycle.objects.exists()


@pytest.mark.parametrize("name", ["an", "nga", "quan", "tu"])
def test_new_cycle_is_forbidden_to_others(login, name):
    assert login(name).get(page("cycle_create")).status_code == 403


def test_officer_of_another_body_has_no_plan_to_choose(login, province):
    answer = login("khanh").post(page("cycle_create"), form_data(province))
    assert answer.status_code == 200
    assert not Cycle.objects.exists()


def test_preparing_cycle_lists_what_is_missing_and_cannot_open(login, province):
    cycle = rounds.prepared_cycle(province)
    cycle.frameworks.filter(framework__form_key="02A").delete()
    client = login("giang")
    body = client.get(page("cycle_detail", cycle.uuid)).content.decode()
    assert "Chưa chọn khung tiêu chí chung cho những người viết Mẫu 02A-HD KĐ.ĐG 2023." in body
    client.post(page("cycle_open", cycle.uuid), {"version": cycle.version})
    assert Cycle.objects.get().state == "preparing"


def test_cycle_is_changed_then_opened_then_only_read(login, province):
    cycle = rounds.prepared_cycle(province)
    client = login("giang")
    sent = {
        "plan": cycle.plan_id,
        "regulation": cycle.regulation_id,
        "frameworks": list(cycle.frameworks.values_list("framework_id", flat=True)),
        "period_kind": "year",
        "coverage_rule": "warn",
        "study_share": "100",
        "period_start_on": "01/01/2024",
        "period_end_on": "31/12/2024",
        "roster_on": "15/10/2024",
        "title": "Đợt kiểm điểm năm 2024",
        "version": cycle.version,
    }
    assert 'value="31/10/2024"' in client.get(page("cycle_edit", cycle.uuid)).content.decode()
    assert client.post(page("cycle_edit", cycle.uuid), sent).url == page("cycle_detail", cycle.uuid)
    assert client.post(page("cycle_edit", cycle.uuid), sent).status_code == 409
    assert client.post(page("cycle_open", cycle.uuid), {"version": 2}).status_code == 302
    opened = Cycle.objects.get()
    assert (opened.state, opened.roster_on, opened.title) == ("open", date(2024, 10, 15), "Đợt kiểm điểm năm 2024")
    assert client.get(page("cycle_edit", cycle.uuid)).status_code == 403
    assert client.post(page("cycle_open", cycle.uuid), {"version": 3}).status_code == 409


def test_preparing_cycle_is_hidden_and_an_open_one_read_by_everybody(login, province):
    cycle = rounds.prepared_cycle(province)
    for name in ("an", "khanh", "ha", "tu"):
        assert login(name).get(page("cycle_detail", cycle.uuid)).status_code == 404
        assert login(name).post(page("cycle_open", cycle.uuid), {"version": 1}).status_code == 404
    advance(cycle, "open", actor=province.users["giang"], version=1)
    body = login("an").get(page("cycle_detail", cycle.uuid)).content.decode()
    for words in ("124-QĐ/TW", "31/10/2024", "Sở Kế hoạch và Đầu tư", "Quy định 144-QĐ/TW", "Họp kiểm điểm"):
        assert words in body
    assert "Đóng đợt kiểm điểm" not in body
    assert login("an").post(page("cycle_close", cycle.uuid), {"version": 2}).status_code == 403
    assert login("tu").get(page("cycle_detail", cycle.uuid)).status_code == 200


def test_calendar_shows_the_dates_of_the_own_body_in_order(province):
    cycle = rounds.open_cycle(province)
    own = rounds.draft_plan(
        province, issuer="SKH", parent=cycle.plan, actor="phuc", milestones=rounds.dated(("meeting", date(2024, 11, 1)))
    )
    rounds.issue(province, own, actor="phuc")
    rows = calendar_of(cycle, province.units["SKH"])
    assert [(row.step, row.due_on) for row in rows[:2]] == [
        ("meeting", date(2024, 11, 1)),
        ("self_review", date(2024, 11, 18)),
    ]
    assert calendar_of(cycle, None)[0].step == "self_review"
    assert rows[0].tone == "quiet"


@pytest.mark.parametrize(
    ("days", "words"), [(0, "hôm nay"), (1, "còn 1 ngày"), (40, "còn 40 ngày"), (-3, "3 ngày trước")]
)
def test_what_is_left_is_said_in_words(days, words):
    assert left_in_words(days) == words


def test_near_date_warns(province):
    near = timezone.localdate() + timedelta(days=5)
    plan = rounds.issued_plan(province)
    plan.milestones.filter(step="meeting").update(due_on=near)
    rows = {row.step: row for row in calendar_of(rounds.prepared_cycle(province, plan=plan), None)}
    assert (rows["meeting"].tone, rows["meeting"].left) == ("warn", "còn 5 ngày")


def test_list_asks_the_same_queries_for_one_and_three_cycles(login, province):
    cycle = rounds.open_cycle(province)
    client = login("an")
    client.get(page("cycle_list"))
    with CaptureQueriesContext(connection) as one:
        client.get(page("cycle_list"))
    for code in ("2023", "2022"):
        Cycle.objects.create(
            code=code,
            title=f"Đợt {code}",
            plan=cycle.plan,
            regulation=cycle.regulation,
            period_start_on=date(int(code), 1, 1),
            period_end_on=date(int(code), 12, 31),
            roster_on=date(int(code), 10, 31),
            workflow_name="cycle",
            state="closed",
        )
    with CaptureQueriesContext(connection) as three:
        body = client.get(page("cycle_list")).content.decode()
    assert "Đợt 2022" in body
    assert len(one) == len(three)


def test_regulation_is_read_with_clauses_standings_and_open_questions(login, province):
    law = rounds.regulation()
    body = login("an").get(page("regulation_detail", law.uuid)).content.decode()
    for words in (
        "Hoàn thành xuất sắc nhiệm vụ",
        "Mọi tiêu chí đạt từ cấp độ Tốt trở lên",
        "Quy định 124-QĐ/TW, Điều 12 (mức Hoàn thành xuất sắc nhiệm vụ)",
        "Hoàn thành xuất sắc nhiệm vụ không quá 20%.",
        "trước 31/12: Hoàn thành kiểm điểm, đánh giá, xếp loại",
        "trước 15/02 năm sau: Tỉnh gửi hồ sơ về Ban Tổ chức Trung ương",
        "Mẫu 02B-HD KĐ.ĐG 2023",
        "chờ xác nhận",
        "Mẫu 02-D dành cho đối tượng nào?",
        "Chỉ một tiêu chí ở cấp độ Kém có đủ để xếp loại Không hoàn thành nhiệm vụ hay không?",
    ):
        assert words in body, words
    assert "Quy định 124-QĐ/TW" in body
    listed = login("an").get(page("regulation_list")).content.decode()
    assert page("regulation_detail", law.uuid) in listed
    assert "đã dùng, không sửa được" not in listed
    Regulation.objects.update(used_at=timezone.now())
    assert "đã dùng, không sửa được" in login("an").get(page("regulation_list")).content.decode()


def test_empty_installation_says_what_to_do(login, province):
    assert "Chưa nạp quy định nào" in login("an").get(page("regulation_list")).content.decode()
    assert "Chưa có đợt kiểm điểm nào" in login("an").get(page("cycle_list")).content.decode()
    assert "Chưa có khung tiêu chí nào" in login("an").get(page("framework_list")).content.decode()
    assert login("giang").get(page("cycle_create")).status_code == 200
    assert not Framework.objects.exists()


@pytest.mark.parametrize("name", ["plan_list", "cycle_list", "framework_list", "regulation_list"])
def test_pages_are_closed_without_login(client, province, name):
    answer = client.get(page(name))
    assert answer.status_code == 302
    assert reverse("orgs:login") in answer.url
