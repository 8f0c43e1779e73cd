"""The pages of dissemination, coverage and urging: who gets them, what they show, that their forms do what they say."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from criteria.models import Acknowledgement, Cycle, Dissemination, PhoneCall, UrgingLetter
from criteria.services.reaching import disseminations
from orgs.models import StoredFile
from tests.criteria import rounds
from tests.criteria.coverage import sent

pytestmark = pytest.mark.django_db


def page(name, *args):
    return reverse(f"criteria:{name}", args=args)


def text(answer):
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def sheet(answer):
    assert answer.status_code == 200
    rows = load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True)
    return [[str(cell) for cell in row if cell is not None] for row in rows]


def form(province, **more):
    return {
        "issuer": province.units["BTCTU"].pk,
        "title": "Quán triệt Quy định 124-QĐ/TW",
        "regulation": rounds.regulation().pk,
        "materials": "Toàn văn.",
        "due_on": "15/12/2026",
        "units": "SKH",
        **more,
    }


def test_officer_writes_a_draft_with_a_file_changes_it_and_sends_it_out(login, province):
    client = login("giang")
    kind = province.units["CB-SKH"].kind
    answer = client.post(page("dissemination_create"), form(province, kinds=[kind.pk], file=sent.pdf("quy-dinh.pdf")))
    row = Dissemination.objects.get()
    assert answer.headers["Location"] == page("dissemination_detail", row.uuid)
    assert sorted(row.units.values_list("unit__code", flat=True)) == ["CB-SKH", "CB-SYT", "SKH"]
    body = text(client.get(page("dissemination_detail", row.uuid)))
    assert "quy-dinh.pdf" in body
    assert "CB-SKH, CB-SYT, SKH" in text(client.get(page("dissemination_edit", row.uuid)))
    changed = form(province, units="UBND", has_below="1", version=row.version)
    client.post(page("dissemination_edit", row.uuid), changed)
    assert sorted(row.units.values_list("unit__code", flat=True)) == ["SKH", "SNV", "SYT", "UBND"]
    row.refresh_from_db()
    client.post(page("dissemination_open", row.uuid), {"version": row.version})
    row.refresh_from_db()
    assert row.state == "open"
    assert client.get(page("dissemination_edit", row.uuid)).status_code == 403


def test_unknown_code_and_missing_text_stand_at_their_fields(login, province):
    client = login("giang")
    body = text(client.post(page("dissemination_create"), form(province, units="SKH, KHONG")))
    assert "KHONG" in body
    body = text(client.post(page("dissemination_create"), form(province, regulation="")))
    assert "Hãy chọn một văn bản quy định hoặc một khung tiêu chí" in body
    assert not Dissemination.objects.exists()


def test_cadre_says_once_that_he_has_studied(login, province):
    row = sent.opened(province, "SKH")
    client = login("chi")
    address = page("dissemination_detail", row.uuid)
    body = text(client.get(address))
    assert "Tôi đã nghiên cứu văn bản này" in body
    assert "Tiến độ của các cơ quan, đơn vị" not in body
    assert client.post(page("dissemination_acknowledge", row.uuid)).headers["Location"] == address
    body = text(client.get(address))
    assert "Tôi đã nghiên cứu văn bản này" not in body
    assert f"Đồng chí đã nghiên cứu ngày {timezone.localdate():%d/%m/%Y}" in body
    assert "Tôi đã nghiên cứu" in text(client.get(page("dissemination_list")))


def test_each_sees_the_share_of_the_bodies_that_he_looks_after(login, province):
    row = sent.opened(province, "SKH", "SYT")
    shown = {}
    for name in ("giang", "an", "nga", "khanh", "quan", "chi"):
        body = text(login(name).get(page("dissemination_detail", row.uuid))) if name != "x" else ""
        codes = ("SKH", "SYT")
        shown[name] = [code for code in codes if f'<span class="person__post">{code}</span>' in body]
    assert shown == {
        "giang": ["SKH", "SYT"], "an": ["SKH"], "nga": ["SKH"], "khanh": ["SYT"], "quan": ["SKH", "SYT"], "chi": [],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("who", "status"), [("an", 200), ("nga", 403), ("giang", 403), ("quan", 403), ("chi", 404), ("dung", 404)]
)
def test_a_body_is_shown_by_name_to_its_head_alone(login, province, who, status):
    row = sent.opened(province, "SKH", "SYT")
    disseminations.acknowledge(dissemination=row, actor=province.users["chi"])
    answer = login(who).get(page("dissemination_names", row.uuid, province.units["SKH"].uuid))
    assert answer.status_code == status
    if status == 200:
        body = answer.content.decode()
        assert body.index("Trần Thị Bình") < body.index("Lê Thị Kim Chi")
        assert "tự xác nhận" in body


def test_secretary_records_a_sitting_without_seeing_who_has_studied(login, province):
    row, skh = sent.opened(province, "SKH"), province.units["SKH"]
    disseminations.acknowledge(dissemination=row, actor=province.users["chi"])
    client, address = login("nga"), page("dissemination_record", row.uuid, skh.uuid)
    body = text(client.get(address))
    assert "Lê Thị Kim Chi" in body
    assert "checked" not in body
    given = {"studied_on": "02/11/2026", "session": "Hội nghị", "people": [province.people["an"].pk]}
    assert "danh sách" in text(client.post(address, given)).lower()
    client.post(address, {**given, "attendance": sent.pdf()})
    made = Acknowledgement.objects.get(person=province.people["an"])
    assert (made.studied_on, made.recorded_by) == (date(2026, 11, 2), province.users["nga"])
    opened = {
        name: login(name).get(reverse("orgs:file_open", args=[made.attendance.uuid])).status_code
        for name in ("an", "nga", "giang", "chi", "dung")
    }
    assert opened == {"an": 200, "nga": 200, "giang": 200, "chi": 404, "dung": 404}


@pytest.mark.parametrize(("who", "status"), [("an", 200), ("giang", 403), ("chi", 404), ("khanh", 404)])
def test_sitting_is_recorded_by_who_keeps_the_body(login, province, who, status):
    row = sent.opened(province, "SKH", "SYT")
    address = page("dissemination_record", row.uuid, province.units["SKH"].uuid)
    assert login(who).get(address).status_code == status


def test_workbook_of_a_study_holds_what_the_page_shows(login, province):
    row = sent.opened(province, "SKH", "SYT")
    disseminations.acknowledge(dissemination=row, actor=province.users["chi"])
    rows = sheet(login("giang").get(page("dissemination_file", row.uuid)))
    assert ["1", "SYT", "Sở Y tế", "3", "0", "0"] in rows
    assert ["2", "SKH", "Sở Kế hoạch và Đầu tư", "5", "1", "20"] in rows
    assert rows[-1][-3:] == ["8", "1", "12"]
    assert login("chi").get(page("dissemination_file", row.uuid)).status_code == 403


def test_cycle_form_keeps_both_rules_and_the_page_says_what_they_find(login, province):
    cycle = rounds.prepared_cycle(province)
    client = login("giang")
    body = text(client.get(page("cycle_edit", cycle.uuid)))
    assert 'name="coverage_rule"' in body
    assert 'name="study_share"' in body
    body = text(client.get(page("cycle_detail", cycle.uuid)))
    assert "Cần biết trước khi mở kỳ" in body
    assert "chưa có khung tiêu chí của riêng mình" in body
    given = {
        "plan": cycle.plan.pk, "title": cycle.title, "period_kind": "year", "period_start_on": "01/01/2024",
        "period_end_on": "31/12/2024", "roster_on": "31/10/2024", "regulation": cycle.regulation.pk,
        "frameworks": list(cycle.frameworks.values_list("framework_id", flat=True)), "units": "",
        "coverage_rule": "refuse", "study_share": "80", "version": cycle.version,
    }  # fmt: skip
    assert client.post(page("cycle_edit", cycle.uuid), given).status_code == 302
    cycle = Cycle.objects.get()
    assert (cycle.coverage_rule, cycle.study_share) == ("refuse", 80)
    body = text(client.get(page("cycle_detail", cycle.uuid)))
    assert body.index("chưa có khung tiêu chí của riêng mình") < body.index("Cần biết trước khi mở kỳ")
    assert "100" in text(client.post(page("cycle_edit", cycle.uuid), {**given, "version": 2, "study_share": "101"}))


def test_coverage_is_a_tree_in_colours_and_words_that_one_goes_down(login, province):
    cycle = rounds.prepared_cycle(province)
    client = login("giang")
    body = text(client.get(page("cycle_coverage", cycle.uuid)))
    assert "0 % · 0/9" in body
    assert "thiếu phần lớn" in body
    ubnd = province.units["UBND"]
    assert f"?unit={ubnd.uuid}" in body
    body = text(client.get(page("cycle_coverage", cycle.uuid), {"unit": ubnd.uuid}))
    assert "Sở Y tế" in body
    assert "Ban Tổ chức Tỉnh ủy" not in body
    body = text(client.get(page("cycle_coverage_missing", cycle.uuid), {"unit": province.units["SKH"].uuid}))
    for words in ("Phó Giám đốc Sở", "Nguyễn Văn Ấn", "chỉ có khung chung"):
        assert words in body
    body = text(client.get(page("cycle_coverage_missing", cycle.uuid), {"kind": "collective"}))
    assert "Tập thể lãnh đạo Sở Y tế" in body
    assert "Phó Giám đốc Sở" not in body


def test_workbooks_of_coverage_hold_exactly_what_is_shown(login, province):
    cycle = rounds.prepared_cycle(province)
    client, skh = login("giang"), province.units["SKH"]
    rows = sheet(client.get(page("cycle_coverage_file", cycle.uuid), {"unit": skh.uuid}))
    assert rows[-2] == ["SKH", "Sở Kế hoạch và Đầu tư", "0", "1", "0", "0", "3", "0", "0", "0", "0", "4", "0"]
    rows = sheet(client.get(page("cycle_coverage_missing_file", cycle.uuid), {"unit": skh.uuid, "kind": "position"}))
    names = [row[3] for row in rows if "Chức vụ" in row and row[0].isdecimal()]
    assert names == ["Chuyên viên", "Giám đốc Sở", "Phó Giám đốc Sở"]
    assert "Nguyễn Văn Ấn" in rows[-1]


@pytest.mark.parametrize(
    ("who", "status", "other"),
    [
        ("giang", 200, 200),
        ("phuc", 200, 200),
        ("dung", 200, 404),
        ("khanh", 200, 404),
        ("quan", 200, 200),
        ("chi", 403, 403),
    ],
)
def test_coverage_is_seen_within_reach(login, province, who, status, other):
    cycle = rounds.open_cycle(province)
    client = login(who)
    assert client.get(page("cycle_coverage", cycle.uuid)).status_code == status
    answer = client.get(page("cycle_coverage_missing", cycle.uuid), {"unit": province.units["SKH"].uuid})
    assert answer.status_code == other


def test_officer_picks_laggards_and_gets_a_letter_he_numbers_and_sends(login, province):
    row = sent.opened(province, "SKH", "SYT")
    client = login("giang")
    address = page("urging_pick", "dissemination", row.uuid)
    assert "Còn 5/5 người" in text(client.get(address))
    given = {"issuer": province.units["BTCTU"].pk, "due_on": "20/11/2026"}
    assert "Hãy chọn ít nhất một cơ quan, đơn vị" in text(client.post(address, given))
    answer = client.post(address, {**given, "unit": [str(province.units["SKH"].uuid)]})
    letter = UrgingLetter.objects.get()
    assert answer.headers["Location"] == page("urging_detail", letter.uuid)
    assert list(letter.lines.values_list("unit__code", flat=True)) == ["SKH"]
    body = text(client.get(page("urging_detail", letter.uuid)))
    assert "Hãy ghi số và ngày của công văn trước" in body
    words = {"number": "12-CV/BTCTU", "written_on": "10/11/2026", "text": letter.text, "version": letter.version}
    client.post(page("urging_edit", letter.uuid), words)
    assert client.post(page("urging_send", letter.uuid), {"version": 1}).status_code == 409
    client.post(page("urging_send", letter.uuid), {"version": 2})
    letter.refresh_from_db()
    assert letter.sent_at is not None
    assert client.get(page("urging_edit", letter.uuid)).status_code == 403
    assert "12-CV/BTCTU" in text(client.get(address))
    assert "Còn 5/5 người" in text(login("an").get(page("urging_detail", letter.uuid)))
    assert login("an").post(page("urging_send", letter.uuid), {"version": 3}).status_code == 403


def test_everybody_of_the_list_gets_the_letter_by_one_tick(login, province):
    row = sent.opened(province, "SKH", "SYT")
    given = {"issuer": province.units["BTCTU"].pk, "everybody": "1"}
    login("giang").post(page("urging_pick", "dissemination", row.uuid), given)
    assert UrgingLetter.objects.get().lines.count() == 2


def test_letter_comes_as_pdf_and_as_word_file_and_is_kept_once_numbered(login, province):
    row = sent.opened(province, "SKH")
    client = login("giang")
    given = {"issuer": province.units["BTCTU"].pk, "unit": [str(province.units["SKH"].uuid)]}
    client.post(page("urging_pick", "dissemination", row.uuid), given)
    letter = UrgingLetter.objects.get()
    assert client.get(page("urging_paper", letter.uuid)).content.startswith(b"%PDF-")
    assert client.get(page("urging_docx", letter.uuid)).content.startswith(b"PK")
    client.post(page("urging_paper", letter.uuid))
    assert not StoredFile.objects.filter(object_type="criteria.UrgingLetter").exists()
    UrgingLetter.objects.update(number="12-CV/BTCTU", written_on=date(2026, 11, 10))
    client.post(page("urging_paper", letter.uuid))
    assert StoredFile.objects.filter(object_type="criteria.UrgingLetter").count() == 1


@pytest.mark.parametrize(("who", "status"), [("giang", 200), ("an", 403), ("chi", 403), ("ha", 404)])
def test_laggards_are_for_the_side_that_asks(login, province, who, status):
    row = sent.opened(province, "SKH")
    assert login(who).get(page("urging_pick", "dissemination", row.uuid)).status_code == status
    calls = page("urging_calls", "dissemination", row.uuid, province.units["SKH"].uuid)
    assert login(who).get(calls).status_code == status


def test_unknown_matter_or_body_is_not_found(login, province):
    row = sent.opened(province, "SKH")
    client = login("giang")
    assert client.get(page("urging_pick", "weather", row.uuid)).status_code == 404
    strange = page("urging_calls", "dissemination", row.uuid, province.units["SNV"].uuid)
    assert client.get(strange).status_code == 404
    assert client.post(strange, {}).status_code == 404


def test_call_is_written_into_the_log_of_the_body(login, province):
    row, skh = sent.opened(province, "SKH"), province.units["SKH"]
    client, address = login("giang"), page("urging_calls", "dissemination", row.uuid, province.units["SKH"].uuid)
    assert "Chưa gọi lần nào" in text(client.get(address))
    given = {
        "issuer": province.units["BTCTU"].pk, "called_on": "01/11/2026", "called_time": "08:30",
        "answered_by": "Chánh Văn phòng", "promised_on": "05/11/2026", "call_again_on": "06/11/2026", "note": "Hứa.",
    }  # fmt: skip
    assert client.post(address, given).headers["Location"] == address
    call = PhoneCall.objects.get()
    assert timezone.localtime(call.called_at).strftime("%H:%M %d/%m/%Y") == "08:30 01/11/2026"
    body = text(client.get(address))
    for words in ("08:30 01/11/2026", "Chánh Văn phòng", "06/11/2026", "Hứa."):
        assert words in body
    assert "hẹn hoàn thành ngày 05/11/2026" in text(client.get(page("urging_pick", "dissemination", row.uuid)))
    assert call.unit == skh


def test_coverage_is_urged_in_the_name_of_the_own_body(login, province):
    cycle = rounds.prepared_cycle(province)
    client = login("giang")
    body = text(client.get(page("urging_pick", "coverage", cycle.uuid)))
    assert "Chức vụ Giám đốc Sở: chưa có khung tiêu chí cụ thể" in body
    given = {"issuer": province.units["BTCTU"].pk, "unit": [str(province.units["SYT"].uuid)]}
    client.post(page("urging_pick", "coverage", cycle.uuid), given)
    assert UrgingLetter.objects.get().cycle == cycle
