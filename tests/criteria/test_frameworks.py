"""Frameworks: complete before they are issued, copied as a new version, read by everybody."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from criteria.models import Criterion, CriterionLevel, Framework
from criteria.regulation import find
from criteria.selectors.frameworks import frameworks as selectors
from criteria.selectors.rules.illustrations import illustrations
from criteria.services.frameworks import frameworks
from orgs.models import AuditEvent, Blocked, Forbidden, Refusal, Stale
from orgs.services.transitions import advance
from tests.criteria import rounds

pytestmark = pytest.mark.django_db


def page(name, *args):
    return reverse(f"criteria:{name}", args=args)


@pytest.fixture
def drafts(province):
    law = rounds.regulation()
    return frameworks.add_illustrations(
        issuer=province.units["TU"],
        regulation=law,
        templates=illustrations()[law.key],
        actor=province.users["giang"],
    )


def numbered(framework):
    Framework.objects.filter(pk=framework.pk).update(number="01-HD/TU", issued_on=date(2024, 10, 1))
    return Framework.objects.get(pk=framework.pk)


def test_examples_cover_every_level_of_every_form(drafts):
    assert {row.form_key: row.subject for row in drafts} == {"01": "collective", "02A": "person", "02B": "person"}
    assert all(row.is_illustration and row.state == "draft" for row in drafts)
    for framework in drafts:
        assert selectors.what_is_missing(framework) == []
        form = find(rounds.KEY).form(framework.form_key)
        anchored = {row.item_key: row.group.group_key for row in Criterion.objects.filter(group__framework=framework)}
        assert anchored == {item.key: item.group for item in form.level_items()}


def test_examples_are_added_once_for_a_body(province, drafts):
    law = rounds.regulation()
    again = frameworks.add_illustrations(
        issuer=province.units["TU"], regulation=law, templates=illustrations()[law.key], actor=province.users["giang"]
    )
    assert again == []
    assert Framework.objects.count() == 3


def test_framework_without_number_is_not_issued(province, drafts):
    with pytest.raises(Blocked) as blocked:
        advance(drafts[0], "issue", actor=province.users["giang"], version=1)
    assert str(blocked.value) == "Khung tiêu chí chưa có số hoặc ngày ban hành."


def test_every_gap_is_named_before_issue(province, drafts):
    framework = numbered(next(row for row in drafts if row.form_key == "02A"))
    CriterionLevel.objects.filter(criterion__group__framework=framework, level="poor", criterion__number="2").delete()
    Criterion.objects.filter(group__framework=framework, number="3").update(item_key="")
    Criterion.objects.filter(group__framework=framework, number="1").update(item_key="lạ")
    said = selectors.what_is_missing(framework)
    assert said[0] == "Tiêu chí 2 Thực hiện chức trách, nhiệm vụ được giao chưa có mô tả cấp độ “Kém”."
    assert "Mẫu 02A-HD KĐ.ĐG 2023 không có mục chấm cấp độ “lạ”." in said
    assert any(line.startswith("Chưa có tiêu chí nào cho mục “I.1 Về phẩm chất chính trị") for line in said)
    assert any(line.startswith("Chưa có tiêu chí nào cho mục “III. Kết quả khắc phục") for line in said)
    with pytest.raises(Blocked) as blocked:
        advance(framework, "issue", actor=province.users["giang"], version=1)
    assert all(line in str(blocked.value) for line in said)


def test_form_that_the_regulation_lacks_is_named(drafts):
    framework = drafts[0]
    framework.form_key = "09"
    assert selectors.what_is_missing(framework) == ["Quy định 124-QĐ/TW không có mẫu 09."]


def test_issued_framework_takes_no_criterion(province, drafts):
    issued = advance(numbered(drafts[0]), "issue", actor=province.users["giang"], version=1)
    row = frameworks.CriterionRow(1, "I", "Nhóm", "building", 9, "9", "Tiêu chí thêm", "")
    with pytest.raises(Refusal) as refused:
        frameworks.save_criterion(framework=issued, row=row)
    assert "Hãy sao thành phiên bản mới" in str(refused.value)
    assert Criterion.objects.count() == 14


def test_copy_is_the_next_edition_with_all_texts(province, drafts):
    issued = advance(numbered(drafts[1]), "issue", actor=province.users["giang"], version=1)
    copied = frameworks.copy_framework(framework=issued, actor=province.users["giang"])
    assert (copied.edition, copied.state, copied.number, copied.copied_from) == (2, "draft", "", issued)
    assert frameworks.copy_framework(framework=issued, actor=province.users["giang"]).edition == 3
    before, after = selectors.content_of(issued), selectors.content_of(copied)
    assert after["groups"] == before["groups"]
    row = Criterion.objects.filter(group__framework=copied).first()
    row.levels.update(text="đổi")
    assert selectors.content_of(issued) == before
    assert AuditEvent.objects.filter(action="framework.copied").count() == 2


@pytest.mark.parametrize("name", ["an", "ha", "khanh", "quan", "tu"])
def test_framework_is_copied_and_made_only_for_the_own_body(province, drafts, name):
    with pytest.raises(Forbidden):
        frameworks.copy_framework(framework=drafts[0], actor=province.users[name])
    with pytest.raises(Forbidden):
        frameworks.create_framework(
            issuer=province.units["TU"],
            regulation=rounds.regulation(),
            title="Khung lạ",
            subject="person",
            form_key="02A",
            actor=province.users[name],
        )
    assert Framework.objects.count() == 3


def test_draft_is_read_by_who_prepares_it_and_issued_by_everybody(login, province, drafts):
    draft = drafts[0]
    for name in ("an", "ha", "khanh", "tu"):
        assert login(name).get(page("framework_detail", draft.uuid)).status_code == 404
    body = login("giang").get(page("framework_detail", draft.uuid)).content.decode()
    assert "Khung tiêu chí chưa có số hoặc ngày ban hành." in body
    assert "Những điểm còn thiếu được nêu ở trên." in body
    issued = advance(numbered(draft), "issue", actor=province.users["giang"], version=1)
    body = login("an").get(page("framework_detail", issued.uuid)).content.decode()
    for words in (
        "Xây dựng tập thể",
        "Bản minh họa",
        "01-HD/TU",
        "Kém",
        "được cấp có thẩm quyền kết luận mất đoàn kết nội bộ",
    ):
        assert words in body
    assert "Sao thành phiên bản mới" not in body
    assert "Sao thành phiên bản mới" in login("giang").get(page("framework_detail", issued.uuid)).content.decode()


def test_framework_is_issued_superseded_and_copied_by_forms(login, province, drafts):
    framework = numbered(drafts[0])
    client = login("giang")
    assert client.post(page("framework_issue", framework.uuid), {"version": 1}).status_code == 302
    assert Framework.objects.get(pk=framework.pk).state == "issued"
    answer = client.post(page("framework_copy", framework.uuid), {"idempotency_key": "once"})
    assert client.post(page("framework_copy", framework.uuid), {"idempotency_key": "once"}).url == answer.url
    assert Framework.objects.filter(copied_from=framework).count() == 1
    assert login("an").post(page("framework_supersede", framework.uuid), {"version": 2}).status_code == 403
    assert login("an").post(page("framework_copy", framework.uuid), {}).status_code == 403
    assert login("giang").post(page("framework_supersede", framework.uuid), {"version": 2}).status_code == 302
    assert Framework.objects.get(pk=framework.pk).state == "superseded"


def test_officer_enters_number_and_date_and_issues_without_the_administration(login, drafts):
    framework, client = drafts[0], login("giang")
    url = page("framework_number", framework.uuid)
    assert url in client.get(page("framework_detail", framework.uuid)).content.decode()
    sent = {"number": "05-HD/TU", "issued_on": "03/10/2024", "version": 1}
    assert client.post(url, sent).status_code == 302
    kept = Framework.objects.get(pk=framework.pk)
    assert (kept.number, kept.issued_on, kept.version) == ("05-HD/TU", date(2024, 10, 3), 2)
    assert AuditEvent.objects.get(action="framework.numbered").actor.username == "giang"
    assert client.post(page("framework_issue", framework.uuid), {"version": 2}).status_code == 302
    assert Framework.objects.get(pk=framework.pk).state == "issued"
    assert client.get(url).status_code == 403
    assert url not in client.get(page("framework_detail", framework.uuid)).content.decode()


def test_number_and_date_are_both_needed_and_the_day_comes_first(login, drafts):
    url, client = page("framework_number", drafts[0].uuid), login("giang")
    for sent in ({"number": " ", "issued_on": "03/10/2024"}, {"number": "05-HD/TU", "issued_on": "2024/31/10"}):
        answer = client.post(url, sent | {"version": 1})
        assert answer.status_code == 200
        assert "error-summary" in answer.content.decode()
    assert Framework.objects.get(pk=drafts[0].pk).number == ""
    shown = client.get(url).content.decode()
    assert 'placeholder="dd/mm/yyyy"' in shown or 'placeholder="ngày/tháng/năm"' in shown


def test_number_is_refused_with_an_old_version_and_to_strangers(login, province, drafts):
    draft = drafts[0]
    given = {"framework": draft, "number": "05-HD/TU", "issued_on": date(2024, 10, 3)}
    for name in ("an", "ha", "khanh", "quan", "tu"):
        with pytest.raises(Forbidden):
            frameworks.number_framework(**given, version=1, actor=province.users[name])
    frameworks.number_framework(**given, version=1, actor=province.users["giang"])
    with pytest.raises(Stale):
        frameworks.number_framework(**given | {"number": "06-HD/TU"}, version=1, actor=province.users["giang"])
    sent = {"number": "06-HD/TU", "issued_on": "03/10/2024", "version": 1}
    assert login("giang").post(page("framework_number", draft.uuid), sent).status_code == 409
    kept = Framework.objects.get(pk=draft.pk)
    assert kept.number == "05-HD/TU"
    advance(kept, "issue", actor=province.users["giang"], version=2)
    with pytest.raises(Refusal):
        frameworks.number_framework(**given, version=3, actor=province.users["giang"])


def test_list_asks_the_same_queries_for_one_and_three_frameworks(login, province, drafts):
    for row in drafts:
        advance(numbered(row), "issue", actor=province.users["giang"], version=1)
    client = login("an")
    Framework.objects.exclude(pk=drafts[0].pk).update(state="draft")
    client.get(page("framework_list"))
    with CaptureQueriesContext(connection) as one:
        client.get(page("framework_list"))
    Framework.objects.update(state="issued")
    with CaptureQueriesContext(connection) as three:
        body = client.get(page("framework_list")).content.decode()
    assert all(row.title in body for row in drafts)
    assert len(one) == len(three)


def test_page_of_a_framework_asks_the_same_queries_for_few_and_many_criteria(login, province, drafts):
    client = login("giang")
    few, many = (next(row for row in drafts if row.form_key == key) for key in ("02A", "02B"))
    client.get(page("framework_detail", few.uuid))
    with CaptureQueriesContext(connection) as three:
        client.get(page("framework_detail", few.uuid))
    with CaptureQueriesContext(connection) as six:
        client.get(page("framework_detail", many.uuid))
    assert len(three) == len(six)
