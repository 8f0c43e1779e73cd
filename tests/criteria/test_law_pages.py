"""The pages of the law: every line with an anchor, a clause and a standing; as of a day; beside its parent."""

import html
import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from criteria import regulation
from criteria.models import Regulation
from criteria.selectors.rounds import cycles
from criteria.selectors.rules import differences, law, law_points, law_texts
from criteria.services.rules import regulations
from tests.criteria import rounds

pytestmark = pytest.mark.django_db
PARTY, LOCAL = "366-QĐ/TW@2025-08-30", "399-QĐ/TU@2025-08-27"


def page(client, key, name="regulation_detail", **query):
    row = Regulation.objects.get(key=key)
    answer = client.get(reverse(f"criteria:{name}", args=[row.uuid]), query)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


@pytest.fixture
def an(login):
    regulations.load_shipped()
    return login("an")


@pytest.mark.parametrize("key", sorted(regulation.shipped()))
def test_every_rule_and_every_open_line_has_its_place_on_the_page(an, key):
    body = page(an, key, on="31/12/2099")
    anchors = re.findall(r' id="([^"]+)"', body)
    assert len(anchors) == len(set(anchors))
    newest = regulation.find(key)
    for rule in newest.rules:
        assert f"rule-{rule.key}" in anchors
    for line in regulation.unconfirmed(newest):
        anchor = law.anchor_of(line.table, line.key)
        assert anchor in anchors
    for link in re.findall(r'href="#([^"]+)"', body):
        assert link in anchors


def test_contents_names_every_chapter(an):
    body = page(an, PARTY, on="31/12/2026")
    contents = body[body.index('aria-labelledby="contents"') : body.index("</nav>", body.index('id="contents"'))]
    for title in ("Điều kiện của mức “Hoàn thành xuất sắc nhiệm vụ”", "Thời hạn", "Quy trình", "Biểu mẫu"):
        assert title in contents
    assert "Điểm: 30 điểm tiêu chí chung, 70 điểm kết quả" in contents


def test_points_say_bands_marks_rounding_and_items(an):
    body = page(an, PARTY, on="31/12/2026")
    assert "Tổng điểm từ 90 trở lên." in body
    assert "Nếu không đạt, cao nhất là: Hoàn thành tốt nhiệm vụ." in body
    assert "đảm bảo 100%, không đảm bảo 0%" in body
    assert "Tổng điểm giữ 2 chữ số thập phân; bỏ phần lẻ" in body
    assert "17 mục chung" in body
    assert len(law_points.items(regulation.find(PARTY))) == 17
    assert law_points.points(regulation.find(rounds.KEY)) is None
    deducting = law_points.points(regulation.find("335/2025/NĐ-CP@2025-12-21"))
    assert any("25%" in line.text for line in deducting.lines)


def test_quota_says_the_reading_in_use_and_the_others():
    lines = law.quota(regulation.find(PARTY)).lines
    assert lines[1].text == "Cách tính: trên số được xếp loại hoàn thành tốt nhiệm vụ."
    assert lines[1].detail.count(";") == 1
    state = law.quota(regulation.find("90/2020/NĐ-CP@2020-08-13")).lines
    assert bool(state[0].detail) is regulation.find("90/2020/NĐ-CP@2020-08-13").quota.relative_to_party


def test_text_is_read_as_of_the_day(an):
    before, after = page(an, PARTY, on="31/03/2026"), page(an, PARTY, on="22/05/2026")
    assert 'id="rule-quarter_tasks_undone"' not in before
    assert 'id="rule-quarter_tasks_undone"' in after
    assert "02-HD/BTCTW" in before
    assert "Đang đọc cho kỳ kết thúc ngày 31/03/2026." in before
    changed = [line.row for part in law_texts.texts(regulation.find(PARTY), date(2026, 5, 22))[1].changes
               for line in part.lines]  # fmt: skip
    assert "43-HD/BTCTW" not in " ".join(changed)
    assert any("Hoàn thành 100% nhiệm vụ của quý" in row for row in changed)


def test_day_that_cannot_be_read_is_said_and_the_page_still_opens(an):
    body = page(an, PARTY, on="31/31/2026")
    assert 'role="alert"' in body
    assert 'id="quota"' in body


def test_open_cycle_gives_the_day(login, province, settings):
    cycle = rounds.open_cycle(province)
    user = province.users["an"]
    assert cycles.day_for(user, cycle.regulation, date(2026, 1, 1)) == date(2024, 12, 31)
    other = Regulation.objects.get(key=PARTY)
    assert cycles.day_for(user, other, date(2026, 1, 1)) == date(2026, 1, 1)


def test_local_regulation_stands_beside_its_parent(an):
    body = page(an, LOCAL)
    assert "Bản minh họa" in body or "minh họa" in body
    assert reverse("criteria:regulation_difference", args=[Regulation.objects.get(key=LOCAL).uuid]) in body
    beside = page(an, LOCAL, "regulation_difference")
    assert "<del>31</del> → <ins>20</ins>" in beside
    assert "Phẩm chất chính trị, đạo đức, lối sống, trách nhiệm nêu gương (13 điểm)" in beside
    assert "Thêm:" in beside
    assert "Bỏ:" in beside


def test_difference_names_each_change_once_and_nothing_else(an):
    row, parent = (Regulation.objects.get(key=key) for key in (LOCAL, PARTY))
    parts = differences.from_parent(row, parent)
    lines = [line for part in parts for line in part.lines]
    assert {line.kind for line in lines} == {"added", "removed", "changed"}
    assert len([line for line in lines if line.kind == "removed" and line.name == ""]) == 18
    assert differences.from_parent(parent, parent) == ()


def test_regulation_without_parent_has_no_difference(an):
    row = Regulation.objects.get(key=PARTY)
    assert an.get(reverse("criteria:regulation_difference", args=[row.uuid])).status_code == 404


def test_draft_is_shown_to_nobody_here(an):
    row = Regulation.objects.get(key=PARTY)
    Regulation.objects.filter(pk=row.pk).update(is_draft=True)
    assert an.get(reverse("criteria:regulation_detail", args=[row.uuid])).status_code == 404


def test_page_costs_few_queries(an, django_assert_max_num_queries):
    row = Regulation.objects.get(key=LOCAL)
    an.get(reverse("criteria:regulation_detail", args=[row.uuid]))
    with django_assert_max_num_queries(12):
        an.get(reverse("criteria:regulation_detail", args=[row.uuid]))


def test_cycle_and_plan_lead_to_the_law(login, province):
    cycle = rounds.open_cycle(province)
    law_url = reverse("criteria:regulation_detail", args=[cycle.regulation.uuid])
    client = login("giang")
    body = client.get(reverse("criteria:cycle_detail", args=[cycle.uuid])).content.decode()
    for anchor in ("#quota", "#forms", "#dates", "#conditions-excellent"):
        assert f"{law_url}?on=31/12/2024{anchor}" in body
    plan = client.get(reverse("criteria:plan_detail", args=[cycle.plan.uuid])).content.decode()
    assert f"{law_url}?on=31/12/2024#dates" in plan


def test_list_says_what_was_derived_and_what_was_replaced(an):
    rows = {key: Regulation.objects.get(key=key) for key in (PARTY, LOCAL, rounds.KEY)}
    Regulation.objects.filter(key=rounds.KEY).update(successor=rows[PARTY])
    an.get(reverse("criteria:regulation_list"))
    body = html.unescape(an.get(reverse("criteria:regulation_list")).content.decode())
    assert "Dẫn xuất từ 366-QĐ/TW" in body
    assert "Được thay thế bởi 366-QĐ/TW" in body
    with CaptureQueriesContext(connection) as many:
        an.get(reverse("criteria:regulation_list"))
    Regulation.objects.exclude(key__in=(PARTY, LOCAL)).filter(successor=None).update(is_draft=True)
    with CaptureQueriesContext(connection) as few:
        an.get(reverse("criteria:regulation_list"))
    assert len(many) == len(few)
