"""The administrator's pages of a regulation: each value and each error at its field, nothing typed is lost."""

import html
import re
from datetime import date

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from criteria import regulation
from criteria.forms.rules.law_parts import PAGES, ROW_PAGES, PartForm, rows_in
from criteria.models import Confirmation, Regulation
from criteria.regulation.difference import between, newest_text
from criteria.selectors.rules.regulations import choose_row, parsed, version_of
from criteria.services.rules import derivation, regulations
from orgs.models import User

pytestmark = pytest.mark.django_db
PARTY = "366-QĐ/TW@2025-08-30"


def admin(name, *args):
    return reverse(f"admin:criteria_regulation_{name}", args=args)


@pytest.fixture
def parent():
    regulations.load_shipped()
    return Regulation.objects.get(key=PARTY)


@pytest.fixture
def draft(parent, province):
    head = derivation.Head("15-QĐ/TU", date(2026, 1, 5), date(2026, 1, 5), "Quy định của tỉnh")
    return derivation.derive_regulation(parent=parent, head=head, actor=province.users["phuc"])


@pytest.fixture
def phuc(login):
    return login("phuc")


def sent(form, **more):
    """What a browser sends of this form: the values that it shows, and others in their place."""
    data = QueryDict(mutable=True)
    for name, field in form.fields.items():
        shown = form.get_initial_for_field(field, name)
        if isinstance(shown, (list, tuple)):
            data.setlist(name, shown)
        elif shown is not None and shown is not False and shown != "":
            data[name] = f"{shown:%d/%m/%Y}" if isinstance(shown, date) else "on" if shown is True else str(shown)
    for name, value in more.items():
        data.pop(name, None)
        if isinstance(value, list):
            data.setlist(name, value)
        elif value is not None:
            data[name] = value
    return data


def part(row, *path):
    scope = PAGES[path[0]] if len(path) == 1 else (path,)
    return PartForm(text=Regulation.objects.get(pk=row.pk).content, scope=scope)


def save(client, row, *path, **more):
    """POST of a page of the draft as shown, with these values changed; the page that came, as text."""
    url = admin("part", row.pk, *path) if len(path) == 1 else admin("row", row.pk, *path)
    answer = client.post(url, sent(part(row, *path), **more))
    row.refresh_from_db()
    return answer, html.unescape(answer.content.decode())


def errors_in(page):
    """{field name: errors} of a page that came back."""
    found = {}
    for block in re.findall(r'<div class="form-row law-field errors">(.*?)\n</div>', page, re.DOTALL):
        name = re.search(r' name="([^"]+)"', block)[1]
        found[name] = re.sub(r"<[^>]+>", " ", re.search(r'<ul class="errorlist".*?</ul>', block, re.DOTALL)[0]).split()
    return {name: " ".join(words) for name, words in found.items()}


@pytest.mark.parametrize("key", sorted(regulation.shipped()))
def test_every_page_of_every_regulation_saves_what_it_shows_unchanged(key):
    text = newest_text(regulation.find(key))
    scopes = [*PAGES.values(), *(((table, row),) for table in ROW_PAGES for row, _ in rows_in(text, table))]
    for scope in scopes:
        form = PartForm(sent(PartForm(text=text, scope=scope)), text=text, scope=scope)
        assert form.is_valid(), (scope, form.errors)
        left = [each for each in between(text, form.content) if each.before != ""]
        assert left == [], scope


def test_walk_from_the_parent_to_the_issued_regulation_of_the_province(phuc, parent, province):
    opened = phuc.get(admin("change", parent.pk)).content.decode()
    assert admin("derive", parent.pk) in opened
    given = {
        "seen": version_of(parent), "number": "15-QĐ/TU", "issued_on": "05/01/2026", "in_force_from": "05/01/2026",
        "title": "",
    }  # fmt: skip
    answer = phuc.post(admin("derive", parent.pk), given)
    row = Regulation.objects.get(key="15-QĐ/TU@2026-01-05")
    assert answer.url == admin("draft", row.pk)
    desk = phuc.get(admin("draft", row.pk)).content.decode()
    for page in PAGES:
        assert admin("part", row.pk, page) in desk
        assert phuc.get(admin("part", row.pk, page)).status_code == 200
    assert admin("row", row.pk, "rules", "sick_leave") in desk
    answer, _ = save(
        phuc,
        row,
        "quota",
        **{"quota/percent": "15", "quota/base/reading": "all_rated", "quota/rounding/mode": "half_up"},
    )
    assert answer.url == admin("draft", row.pk)
    answer, _ = save(phuc, row, "milestones", "close", **{"milestones/close/day": "20"})
    assert answer.status_code == 302
    shown = html.unescape(phuc.get(admin("difference", row.pk)).content.decode())
    assert "<del>20</del> → <ins>15</ins>" in shown
    assert "<del>31</del> → <ins>20</ins>" in shown
    phuc.post(admin("issue", row.pk), {"seen": version_of(row)})
    row.refresh_from_db()
    assert not row.is_draft
    answer = phuc.post(
        admin("supersede", parent.pk), {"seen": version_of(parent), "successor": row.pk, "on": "05/01/2026"}
    )
    assert answer.status_code == 302
    law = parsed(choose_row("party", "leader", "year", date(2026, 12, 31)))
    assert (law.key, law.quota.percent, law.quota.base, law.quota.rounding) == (row.key, 15, "all_rated", "half_up")
    parent.refresh_from_db()
    phuc.post(admin("restore", parent.pk), {"seen": version_of(parent)})
    parent.refresh_from_db()
    assert parent.successor is None
    assert phuc.get(admin("draft", row.pk)).status_code == 404


def test_wrong_number_of_a_draft_is_mended(phuc, draft, parent):
    shown = phuc.get(admin("rename", draft.pk)).content.decode()
    assert 'value="15-QĐ/TU"' in shown
    assert 'value="05/01/2026"' in shown
    given = {"number": "16-QĐ/TU", "issued_on": "06/01/2026", "in_force_from": "01/02/2026", "title": "Tên khác"}
    phuc.post(admin("rename", draft.pk), given | {"seen": version_of(draft)})
    draft.refresh_from_db()
    assert (draft.key, draft.number, draft.title) == ("16-QĐ/TU@2026-01-06", "16-QĐ/TU", "Tên khác")
    law = parsed(draft)
    assert (law.key, law.issued_on, law.in_force_from) == (draft.key, date(2026, 1, 6), date(2026, 2, 1))
    taken = given | {"number": parent.number, "issued_on": "30/08/2025", "seen": version_of(draft)}
    page = html.unescape(phuc.post(admin("rename", draft.pk), taken).content.decode())
    assert parent.key in errors_in(page)["number"]
    stale = phuc.post(admin("rename", draft.pk), given | {"number": "17-QĐ/TU", "seen": "x"})
    assert "Người khác" in html.unescape(stale.content.decode())
    draft.refresh_from_db()
    assert draft.number == "16-QĐ/TU"


def test_points_of_a_province_are_set_on_one_page(phuc, draft):
    items = {f"common_items/{item['key']}/-": "on" for item in draft.content["common_items"]}
    new = {}
    for number, points in enumerate((13, 12, 5), start=1):
        new[f"common_items/+{number}/key"] = str(number)
        new[f"common_items/+{number}/label"] = f"Nhóm {number}"
        new[f"common_items/+{number}/points"] = str(points)
    marks = {"ensured": "", "not_ensured": "", "excellent": "100", "good": "80", "average": "60", "poor": "30"}
    percents = {f"points/marking/percents/{mark}": worth for mark, worth in marks.items()}
    answer, page = save(phuc, draft, "points", **items, **new, **percents)
    assert answer.status_code == 302, errors_in(page)
    counting = parsed(draft).counting
    assert [(item.key, item.points) for item in counting.items] == [("1", 13), ("2", 12), ("3", 5)]
    assert dict(counting.marking.marks) == {"excellent": 100, "good": 80, "average": 60, "poor": 30}
    assert "leader" in counting.items[0].subjects
    assert "collective" not in counting.items[0].subjects


def test_text_of_a_form_and_its_obligations_are_changed(phuc, draft):
    form = parsed(draft).forms[0]
    item = next(form.items())
    section = form.sections[0].key
    base = f"forms/{form.key}/sections/{section}/items/{item.key}"
    answer, page = save(
        phuc, draft, "forms", form.key,
        **{f"forms/{form.key}/title": "Báo cáo của tỉnh", f"{base}/label": "Nội dung của tỉnh",
           f"{base}/max_words": "500", f"{base}/required": None},
    )  # fmt: skip
    assert answer.status_code == 302, errors_in(page)
    changed = parsed(draft).form(form.key)
    assert changed.title == "Báo cáo của tỉnh"
    read = changed.item(item.key)
    assert (read.label, read.max_words, read.required) == ("Nội dung của tỉnh", 500, False)


def test_signs_of_the_province_are_added_changed_and_left_out(phuc, draft):
    shown = part(draft, "forms", "2A").fields
    base = next(name for name in shown if name.endswith("/signs/rows/+1/key")).removesuffix("/+1/key")
    first = {f"{base}/+1/key": "S1", f"{base}/+1/label": "Nói không đi đôi với làm",
             f"{base}/+2/key": "S2", f"{base}/+2/label": "Né tránh trách nhiệm"}  # fmt: skip
    answer, page = save(phuc, draft, "forms", "2A", **first)
    assert answer.status_code == 302, errors_in(page)
    assert [row.label for row in parsed(draft).form("2A").item("signs").rows] == list(first.values())[1::2]
    again = {f"{base}/S1/-": "on", f"{base}/S2/label": "Đùn đẩy", f"{base}/+1/key": "S3", f"{base}/+1/label": "Khác"}
    answer, page = save(phuc, draft, "forms", "2A", **again)
    assert answer.status_code == 302, errors_in(page)
    assert [(row.key, row.label) for row in parsed(draft).form("2A").item("signs").rows] == [
        ("S2", "Đùn đẩy"), ("S3", "Khác"),
    ]  # fmt: skip
    _, page = save(phuc, draft, "forms", "2A", **{f"{base}/+1/key": "S4"})
    assert errors_in(page) == {f"{base}/+1/label": "Thiếu nội dung này."}
    _, page = save(phuc, draft, "forms", "2A", **{f"{base}/+1/key": "S.note", f"{base}/+1/label": "Khác"})
    assert f"{base}/+1/key" in errors_in(page)


def test_guidance_is_added_where_there_was_none(phuc, draft, province):
    content = {**draft.content, "guidance": []}
    derivation.change_regulation(row=draft, content=content, actor=province.users["phuc"], seen=version_of(draft))
    draft.refresh_from_db()
    new = {"guidance/+1/number": "01-HD/BTCTU", "guidance/+1/issued_on": "10/01/2026", "guidance/+1/title": "Hướng dẫn"}
    answer, page = save(phuc, draft, "head", **new)
    assert answer.status_code == 302, errors_in(page)
    assert [(each.number, each.issued_on) for each in parsed(draft).guidance] == [("01-HD/BTCTU", date(2026, 1, 10))]


@pytest.mark.parametrize(
    ("path", "given", "field", "words"),
    [
        (("quota",), {"quota/percent": "101"}, "quota/percent", "100"),
        (("quota",), {"quota/percent": ""}, "quota/percent", "bắt buộc"),
        (("quota",), {"quota/base/question": ""}, "quota/base/question", "phải ghi rõ câu hỏi"),
        (("quota",), {"quota/base/reading": "all"}, "quota/base/reading", "all"),
        (("points",), {"points/common": "40"}, "points/common", "phải bằng 100"),
        (("points",), {"common_items/1.1/points": "3"}, "common_items/1.1/points", "31 điểm; phải bằng 30"),
        (("points",), {"common_items/+1/key": "1.1", "common_items/+1/label": "A", "common_items/+1/points": "1"},
         "common_items/+1/key", "Đã có dòng khác"),
        (("points",), {"common_items/+1/label": "A", "common_items/+1/points": "1"}, "common_items/+1/key", "Thiếu"),
        (("procedure",), {"procedure/quorum/value": "3/2"}, "procedure/quorum/value", "phân số"),
        (("head",), {"in_force_until": "01/01/2026"}, "in_force_until", "sau ngày bắt đầu"),
        (("head",), {"in_force_from": "31/31/2026"}, "in_force_from", "05/11/2024"),
        (("rules", "sick_leave"), {"rules/sick_leave/reason": "{days} ngày."}, "rules/sick_leave/reason", "{days}"),
        (("rules", "tasks_beyond_for_excellent"), {"rules/tasks_beyond_for_excellent/numbers/percent": "101"},
         "rules/tasks_beyond_for_excellent/numbers/percent", "không phù hợp"),
        (("requires", "points"), {"requires/points/paths": "points.comon"}, "requires/points/paths", "points.comon"),
        (("milestones", "close"), {"milestones/close/day": "32"}, "milestones/close/day", "31"),
        (("milestones", "close"), {"milestones/close/label": " "}, "milestones/close/label", "bắt buộc"),
    ],
)  # fmt: skip
def test_error_stands_at_its_field_and_everything_typed_is_kept(phuc, draft, path, given, field, words):
    before = draft.content_sha256
    cites = next(
        name
        for name in part(draft, *path).fields
        if name.endswith("cites") or name in ("note", "requires/points/paths")
    )
    typed = {} if cites in given else {cites: "Điều 9 tôi đang gõ"}
    answer, page = save(phuc, draft, *path, **given, **typed)
    assert answer.status_code == 200
    assert field in errors_in(page), errors_in(page)
    assert words in errors_in(page)[field]
    assert all(value in page for value in typed.values())
    assert draft.content_sha256 == before


def test_what_another_page_must_mend_is_said_with_its_place(phuc, draft):
    answer, page = save(phuc, draft, "requires", "tasks", **{"requires/tasks/paths": "tasks.assigned"})
    assert answer.status_code == 200
    assert "tasks.beyond" in page
    assert "Dữ kiện bắt buộc" in page


def test_rule_that_is_made_firm_brings_its_facts_and_takes_them_back(phuc, draft):
    key = "collective_under_70_head"
    firm = {f"rules/{key}/standing": "local", f"rules/{key}/cites": "Quy định 15-QĐ/TU, Điều 7"}
    answer, page = save(phuc, draft, "rules", key, **firm)
    assert answer.status_code == 302, errors_in(page)
    law = parsed(draft)
    assert law.rule(key).is_confirmed
    assert law.rule(key).question == ""
    assert f"for_{key}" in {row.key for row in law.requirements}
    again = {f"rules/{key}/standing": "to_be_confirmed", f"rules/{key}/question": "Có áp dụng không?"}
    answer, page = save(phuc, draft, "rules", key, **again)
    assert answer.status_code == 302, errors_in(page)
    assert f"for_{key}" not in {row.key for row in parsed(draft).requirements}


def test_row_is_copied_changed_and_left_out(phuc, draft):
    given = {"seen": version_of(draft), "like": "close", "key": "send"}
    answer = phuc.post(admin("copy", draft.pk, "milestones"), given)
    assert answer.url == admin("row", draft.pk, "milestones", "send")
    draft.refresh_from_db()
    save(
        phuc,
        draft,
        "milestones",
        "send",
        **{"milestones/send/label": "Gửi hồ sơ", "milestones/send/month": "11", "milestones/send/day": "20"},
    )
    assert [(row.key, row.month) for row in parsed(draft).milestones][-1] == ("send", 11)
    twice = phuc.post(admin("copy", draft.pk, "milestones"), given | {"seen": version_of(draft)})
    assert "Đã có dòng khác" in html.unescape(twice.content.decode())
    phuc.post(admin("leave", draft.pk, "milestones", "send"), {"seen": version_of(draft)})
    draft.refresh_from_db()
    assert "send" not in {row.key for row in parsed(draft).milestones}
    assert phuc.get(admin("copy", draft.pk, "forms")).status_code == 404


def test_second_administrator_of_the_same_page_is_told_and_loses_nothing(province, phuc, draft):
    other = Client()
    other.force_login(User.objects.create_user("phuc2", password="x", is_staff=True, is_superuser=True))
    theirs = sent(part(draft, "quota"), **{"quota/percent": "18"})
    answer, _ = save(phuc, draft, "quota", **{"quota/percent": "15"})
    assert answer.status_code == 302
    page = html.unescape(other.post(admin("part", draft.pk, "quota"), theirs).content.decode())
    assert "Người khác đã lưu" in page
    assert "vừa lưu: 15" in errors_in(page)["quota/percent"]
    assert 'value="18"' in page
    draft.refresh_from_db()
    assert parsed(draft).quota.percent == 15
    theirs["seen"] = re.search(r'name="seen" value="(\w+)"', page)[1]
    assert other.post(admin("part", draft.pk, "quota"), theirs).status_code == 302
    draft.refresh_from_db()
    assert parsed(draft).quota.percent == 18


def test_two_administrators_on_different_pages_do_not_disturb_each_other(province, phuc, draft):
    theirs = sent(part(draft, "procedure"), **{"procedure/quorum/value": "3/4"})
    save(phuc, draft, "quota", **{"quota/percent": "15"})
    assert phuc.post(admin("part", draft.pk, "procedure"), theirs).status_code == 302
    draft.refresh_from_db()
    assert parsed(draft).quota.percent == 15
    assert parsed(draft).procedure.quorum == (3, 4)


def test_line_is_confirmed_and_withdrawn_on_the_pages(phuc, parent):
    opened = phuc.get(admin("change", parent.pk)).content.decode()
    url = admin("confirm", parent.pk, "quota", "base")
    assert url in opened
    assert "ba cách hiểu" in html.unescape(phuc.get(url).content.decode())
    given = {"seen": version_of(parent), "standing": "local", "number": "45-CV/BTCTU", "cites": "Công văn 45, mục 2"}
    late = phuc.post(url, given | {"issued_on": "01/01/2999"})
    assert "không thể ở tương lai" in errors_in(html.unescape(late.content.decode()))["issued_on"]
    assert phuc.post(url, given | {"issued_on": "10/01/2026"}).url == admin("change", parent.pk)
    parent.refresh_from_db()
    assert parsed(parent).quota.base_authority.cites == "Công văn 45, mục 2"
    found = Confirmation.objects.get()
    shown = html.unescape(phuc.get(admin("change", parent.pk)).content.decode())
    assert admin("withdraw", parent.pk, found.pk) in shown
    assert phuc.get(url).status_code == 404
    phuc.post(admin("withdraw", parent.pk, found.pk), {"seen": version_of(parent)})
    parent.refresh_from_db()
    assert not parsed(parent).quota.base_authority.is_confirmed


def test_used_regulation_offers_to_derive_instead(phuc, parent):
    Regulation.objects.filter(pk=parent.pk).update(used_at=timezone.now())
    url = admin("confirm", parent.pk, "quota", "base")
    page = html.unescape(phuc.get(url).content.decode())
    assert admin("derive", parent.pk) in page
    assert 'name="cites"' not in page
    given = {"seen": version_of(parent), "standing": "local", "number": "45", "cites": "x", "issued_on": "10/01/2026"}
    assert phuc.post(url, given).status_code == 200
    assert not Confirmation.objects.exists()


def test_act_on_what_somebody_else_has_changed_is_refused(phuc, draft):
    seen = version_of(draft)
    save(phuc, draft, "quota", **{"quota/percent": "15"})
    phuc.post(admin("issue", draft.pk), {"seen": seen})
    draft.refresh_from_db()
    assert draft.is_draft


def test_page_that_is_not_there_is_not_found(phuc, draft, parent):
    for url in (
        admin("part", draft.pk, "rules"),
        admin("row", draft.pk, "rules", "no_such"),
        admin("row", draft.pk, "quota", "base"),
        admin("part", parent.pk, "quota"),
        admin("confirm", parent.pk, "quota", "percent"),
        admin("difference", parent.pk),
    ):
        assert phuc.get(url).status_code == 404, url
