"""The report on the catalogue: who drafts it, what it counts, what it asks before it is sent, its paper."""

from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document

from orgs.models import AuditEvent, DocumentVersion, Forbidden, Message, Refusal, Stale
from registrations.models import CatalogueReport
from registrations.selectors.catalogue import reports as selectors
from registrations.services.catalogue import reports as services
from tests.registrations.catalogue.held import BLOCKED, both, obstructed, verified, words_of
from tests.registrations.works.written import HARD, YEAR, fresh, sent, today

pytestmark = pytest.mark.django_db
WORDS = {
    "number": "45-BC/BTCTU",
    "written_on": "",
    "opening": "Ban Tổ chức Tỉnh ủy báo cáo như sau:",
    "assessment": "Các công việc cơ bản bảo đảm tiến độ.",
    "requests": "Chỉ đạo Ủy ban nhân dân tỉnh ban hành đơn giá.\nGiao Ban Tổ chức theo dõi.",
    "signatory_title": "TRƯỞNG BAN",
    "signatory": "Trần Văn Mẫu",
}


def drafted(province, actor="giang", **more):
    values = {"issuer": province.units["BTCTU"], "collective": province.collectives["BTV-TU"], "year": YEAR} | more
    return services.draft_report(actor=province.users[actor], **values)


def worded(province, report, **more):
    words = services.ReportWords(**{**WORDS, "written_on": today(), **more})
    return services.update_report(
        report=report, words=words, version=fresh(report).version, actor=province.users["giang"]
    )


def posted(report, **more):
    day = f"{today():%d/%m/%Y}"
    return {**WORDS, "written_on": day, "version": report.version, "idempotency_key": "k1", **more}


def test_draft_holds_the_figures_and_rows_of_the_day_and_the_words_of_the_letter(province):
    both(province)
    obstructed(province, "dung", days=9)
    report = drafted(province)
    figures = report.content["figures"]
    assert (figures["total"], figures["hard"], figures["new"], figures["people"]) == (3, 2, 1, 2)
    assert (figures["obstructed"], figures["waits"]) == (1, 1)
    assert [count for _label, count in report.content["fields"]] == [2, 1]
    assert report.content["stuck"][0][2:4] == [BLOCKED, "Ủy ban nhân dân tỉnh Quảng Ngãi"]
    assert report.addressee == "Thường trực Tỉnh ủy"
    assert "Công văn số 2026-CV/TU ngày 27/02/2024" in report.opening


@pytest.mark.parametrize("who", ["an", "ha", "khanh", "lan", "phuc", "quan"])
def test_nobody_but_the_officer_of_the_body_drafts_its_report(province, who):
    both(province)
    with pytest.raises(Forbidden):
        drafted(province, actor=who)


def test_year_without_anything_received_has_no_report(province):
    sent(province)
    with pytest.raises(Refusal, match="chưa tiếp nhận"):
        drafted(province)
    assert not CatalogueReport.objects.exists()


def test_saving_counts_again_and_raises_the_version(province):
    both(province)
    report = drafted(province)
    obstructed(province, "dung")
    saved = worded(province, report)
    assert saved.content["figures"]["total"] == 3
    assert (saved.number, saved.version) == ("45-BC/BTCTU", 2)


def test_saving_an_old_page_is_stale_and_changes_nothing(province):
    both(province)
    report = drafted(province)
    worded(province, report)
    with pytest.raises(Stale):
        services.update_report(
            report=report, words=services.ReportWords(opening="Khác"), version=1, actor=province.users["giang"]
        )
    assert fresh(report).opening == WORDS["opening"]


@pytest.mark.parametrize(("more", "field"), [({"opening": "  "}, "opening")])
def test_report_without_words_is_refused_at_its_field(province, more, field):
    both(province)
    report = drafted(province)
    with pytest.raises(Refusal) as refused:
        worded(province, report, **more)
    assert refused.value.field == field


def test_number_is_used_once_a_year(province):
    both(province)
    worded(province, drafted(province))
    with pytest.raises(Refusal) as refused:
        worded(province, drafted(province))
    assert refused.value.field == "number"


@pytest.mark.parametrize(("more", "field"), [({"number": ""}, "number"), ({"signatory": ""}, "signatory")])
def test_report_is_not_sent_before_number_and_signatory(province, more, field):
    both(province)
    report = worded(province, drafted(province), **more)
    with pytest.raises(Refusal) as refused:
        services.send_report(report=report, version=report.version, actor=province.users["giang"])
    assert refused.value.field == field
    assert fresh(report).sent_at is None


def test_sent_report_is_told_to_who_records_and_no_longer_changes(province):
    both(province)
    report = worded(province, drafted(province))
    assert not selectors.visible_to(province.users["lan"]).exists()
    report = services.send_report(report=report, version=report.version, actor=province.users["giang"])
    told = Message.objects.filter(url=reverse("registrations:report_detail", args=[report.uuid]))
    assert {row.recipient for row in told} == {province.users["lan"], province.users["minh"]}
    assert selectors.visible_to(province.users["lan"]).get() == report
    with pytest.raises(Refusal, match="đã gửi"):
        worded(province, report)
    acts = AuditEvent.objects.filter(object_id=str(report.uuid)).order_by("id").values_list("action", flat=True)
    assert list(acts) == ["catalogue_report.drafted", "catalogue_report.updated", "catalogue_report.sent"]


def test_report_is_drafted_worded_and_sent_in_the_pages(client, province):
    both(province)
    client.force_login(province.users["giang"])
    start = {
        "issuer": province.units["BTCTU"].pk,
        "collective": province.collectives["BTV-TU"].pk,
        "year": YEAR,
        "idempotency_key": "k0",
    }
    answer = client.post(reverse("registrations:report_create"), start)
    report = CatalogueReport.objects.get()
    page = reverse("registrations:report_detail", args=[report.uuid])
    assert answer.url == page
    assert "Cần có số, ngày và người ký trước." in client.get(page).content.decode()
    assert client.post(reverse("registrations:report_edit", args=[report.uuid]), posted(report)).url == page
    body = {"version": fresh(report).version, "idempotency_key": "k2"}
    assert client.post(reverse("registrations:report_send", args=[report.uuid]), body).url == page
    assert fresh(report).sent_at is not None
    assert client.get(reverse("registrations:report_edit", args=[report.uuid])).status_code == 403


def test_old_page_is_409_and_a_bad_day_stays_in_the_form(client, province):
    both(province)
    report = drafted(province)
    client.force_login(province.users["giang"])
    edit = reverse("registrations:report_edit", args=[report.uuid])
    bad = client.post(edit, posted(report, written_on="31/31/2024"))
    assert "written_on" in bad.context["form"].errors
    assert WORDS["assessment"] in bad.content.decode()
    old = client.post(edit, posted(report, version=99, idempotency_key="k9"))
    assert old.status_code == 409
    assert WORDS["assessment"] in old.content.decode()
    assert fresh(report).number == ""


def test_who_reads_a_sent_report_does_not_write_it(client, province):
    both(province)
    report = worded(province, drafted(province))
    services.send_report(report=report, version=report.version, actor=province.users["giang"])
    client.force_login(province.users["minh"])
    assert client.get(reverse("registrations:report_detail", args=[report.uuid])).status_code == 200
    assert client.post(reverse("registrations:report_send", args=[report.uuid])).status_code == 403
    assert client.get(reverse("registrations:report_edit", args=[report.uuid])).status_code == 403


def test_paper_says_what_is_registered_what_is_stuck_and_what_is_asked(client, province):
    obstructed(province, days=9)
    verified(province, "dung")
    report = worded(province, drafted(province))
    client.force_login(province.users["giang"])
    answer = client.get(reverse("registrations:report_paper", args=[report.uuid]))
    text = words_of(answer.content)
    for words in (
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "Số 45-BC/BTCTU",
        "Kính gửi: Thường trực Tỉnh ủy",
        "2 bản đăng ký với 2 công việc",
        "III. KHÓ KHĂN, VƯỚNG MẮC",
        BLOCKED,
        "- Giao Ban Tổ chức theo dõi.",
        "Trần Văn Mẫu",
        "DANH MỤC CÔNG VIỆC ĐĂNG KÝ",
    ):
        assert words in text, words


def test_word_file_says_the_same_as_the_paper(client, province):
    obstructed(province)
    report = worded(province, drafted(province))
    client.force_login(province.users["giang"])
    answer = client.get(reverse("registrations:report_docx", args=[report.uuid]))
    document = Document(BytesIO(answer.content))
    text = "\n".join(row.text for row in document.paragraphs)
    cells = "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    assert WORDS["assessment"] in text
    assert HARD["name"] in cells


def test_paper_is_kept_as_a_version_once_it_has_a_number(client, province):
    both(province)
    report = worded(province, drafted(province))
    client.force_login(province.users["giang"])
    address = reverse("registrations:report_paper", args=[report.uuid])
    assert client.post(address, {"idempotency_key": "p1"}).status_code == 302
    kept = DocumentVersion.objects.get(object_id=str(report.uuid))
    assert kept.kind == "catalogue_report"
