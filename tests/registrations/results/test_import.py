"""Results from a workbook of a scoring system: checked row by row, all or nothing, each marked with its file."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from orgs.models import AuditEvent, Forbidden, Refusal, Stale
from orgs.services.imports import Source
from registrations.models import YearResult
from registrations.resources import result_rows as cells
from registrations.resources.results import ResultResource
from registrations.services.results.imports import write_results
from tests.orgs.imports import books
from tests.registrations.results.written import ago, result, today

pytestmark = pytest.mark.django_db
AN, BINH, CHI, EM = "CB0001", "CB0002", "CB0003", "CB0005"


def line(code=AN, **more):
    words = {
        "name": cells.NAME,
        "product": cells.PRODUCT,
        "task": cells.TASK,
        "axis": cells.AXIS,
        "doc": cells.DOCUMENT,
    }
    words |= {"start": cells.STARTED, "due": cells.PLANNED, "done": cells.DONE, "beyond": cells.BEYOND}
    words |= {"reason": cells.REASON, "cause": cells.CAUSE}
    given = {cells.CODE: code, cells.PRODUCT: "Báo cáo quý III", cells.DONE: f"{ago(5):%d/%m/%Y}"}
    return given | {words[key]: value for key, value in more.items()}


def sheet(*lines, head=cells.COLUMNS):
    return books.book(head, *([row.get(title, "") for title in head] for row in lines), title="Kết quả")


def check(province, *lines, actor="an", **named):
    return ResultResource(province.users[actor]).check(sheet(*lines, **named))


def carry_out(province, *lines, actor="an"):
    return ResultResource(province.users[actor]).carry_out(sheet(*lines), name="quy-3.xlsx")


def told(plan):
    return [(problem.row, problem.column) for problem in plan.sorted_errors()]


def test_rows_are_written_with_every_column_and_marked_with_the_file(province):
    full = line(
        task="Giải ngân", axis="1", doc="15-BC/SKH", start=f"{ago(40):%d/%m/%Y}", due=f"{ago(9):%d/%m/%Y}",
        beyond="Số lượng; chất lượng", reason="Vượt 12 %.", cause="Bão số 6.", name="Nguyễn Văn Ấn",
    )  # fmt: skip
    assert carry_out(province, full, line(product="Kế hoạch", done="", due=f"{today():%d/%m/%Y}")).errors == []
    row, planned = YearResult.objects.order_by("pk")
    assert (row.person, row.task, row.axis, row.document) == (province.people["an"], "Giải ngân", "1", "15-BC/SKH")
    assert (row.started_on, row.planned_on, row.done_on) == (ago(40), ago(9), ago(5))
    assert (row.beyond_quantity, row.beyond_quality, row.beyond_time) == (True, True, False)
    assert (row.beyond_reason, row.cause, row.is_cause_objective) == ("Vượt 12 %.", "Bão số 6.", None)
    assert (planned.done_on, planned.planned_on) == (None, today())
    assert row.imported_from == planned.imported_from
    assert row.imported_from.startswith("quy-3.xlsx (")
    assert (row.product_key, row.document_key) == ("bao cao quy iii", "15-bc/skh")
    assert AuditEvent.objects.filter(action="results.import").count() == 1


def test_check_writes_nothing_and_the_same_file_again_changes_nothing(province):
    assert check(province, line()).count("created") == 1
    assert not YearResult.objects.exists()
    carry_out(province, line())
    assert check(province, line()).is_empty
    carry_out(province, line(), line(product="BÁO CÁO  quý III"))
    assert YearResult.objects.count() == 1


def test_what_was_typed_by_hand_is_not_brought_in_twice(province):
    result(province, product="Báo cáo quý III", done_on=ago(5))
    assert check(province, line()).is_empty


def test_moved_columns_are_read_and_strange_ones_are_named(province):
    head = ("Điểm quy đổi", *reversed(cells.COLUMNS))
    plan = check(province, line() | {"Điểm quy đổi": "7,5"}, head=head)
    assert (plan.count("created"), plan.errors) == (1, [])
    assert any("Điểm quy đổi" in warning for warning in plan.warnings)


def test_file_without_the_required_columns_is_refused_with_their_names(province):
    with pytest.raises(Refusal, match="“Mã”, “Sản phẩm, công việc”"):
        check(province, line(), head=(cells.NAME, cells.PRODUCT))


@pytest.mark.parametrize(
    ("more", "column"),
    [
        ({"code": "CB9999"}, cells.CODE),
        ({"code": ""}, cells.CODE),
        ({"code": EM}, cells.CODE),
        ({"name": "Trần Thị Bình"}, cells.NAME),
        ({"product": ""}, cells.PRODUCT),
        ({"product": "Báo cáo (Mật)"}, cells.PRODUCT),
        ({"axis": "7"}, cells.AXIS),
        ({"done": "31/02/2026"}, cells.DONE),
        ({"done": "01/01/2199"}, cells.DONE),
        ({"done": ""}, cells.DONE),
        ({"start": f"{today():%d/%m/%Y}"}, cells.DONE),
        ({"beyond": "vượt bậc"}, cells.BEYOND),
        ({"beyond": "số lượng", "doc": "1-BC"}, cells.REASON),
        ({"beyond": "số lượng", "reason": "Hơn."}, cells.DOCUMENT),
        ({"cause": "Bão."}, cells.CAUSE),
    ],
    ids=[
        "unknown code", "no code", "out of reach", "name of another", "no product", "marked", "no such axis",
        "no such day", "day to come", "no day", "finished before start", "no such word", "beyond without reason",
        "beyond without document", "cause of nothing late",
    ],
)  # fmt: skip
def test_wrong_row_is_told_at_its_cell_and_nothing_of_the_file_is_written(province, more, column):
    plan = carry_out(province, line(), line(**{"product": "Việc khác"} | more))
    assert told(plan) == [(3, column)]
    assert not YearResult.objects.exists()


def test_cadre_brings_in_his_own_alone_and_the_officer_those_whom_he_keeps(province):
    assert told(carry_out(province, line(CHI), actor="chi")) == []
    assert told(check(province, line(BINH), actor="chi")) == [(2, cells.CODE)]
    assert told(check(province, line(CHI), actor="an")) == [(2, cells.CODE)]
    assert told(carry_out(province, line(AN), actor="giang")) == []
    assert {row.person for row in YearResult.objects.all()} == {province.people["an"], province.people["chi"]}


def test_code_of_a_unit_is_its_one_collective(province):
    assert told(carry_out(province, line("SKH"), actor="an")) == []
    assert YearResult.objects.get().collective == province.collectives["TT-SKH"]
    assert told(check(province, line("SYT"), actor="an")) == [(2, cells.CODE)]


def test_writing_for_a_stranger_is_refused_whole(province):
    def row(short):
        given = {"product": "Báo cáo", "done_on": date(2024, 5, 5), "entered_by": province.users["chi"]}
        return YearResult(person=province.people[short], **given)

    with pytest.raises(Forbidden):
        write_results(rows=[row("chi"), row("an")], actor=province.users["chi"], source=Source("a.xlsx", "0" * 64))
    assert not YearResult.objects.exists()


def test_pages_lead_a_cadre_from_his_file_to_the_log(province, client):
    client.force_login(province.users["chi"])
    upload = SimpleUploadedFile("quy-3.xlsx", sheet(line(CHI)))
    sent = client.post(reverse("registrations:result_import"), {"file": upload})
    page = client.get(sent.headers["Location"])
    assert "Báo cáo quý III" in page.text
    confirm = reverse("orgs:import_confirm", args=["results", page.context["file"].uuid])
    body = {"fingerprint": page.context["plan"].fingerprint, "idempotency_key": "n-1"}
    for _ in range(2):
        assert client.post(confirm, body).headers["Location"] == reverse("registrations:result_list")
    assert "quy-3.xlsx" in client.get(reverse("registrations:result_detail", args=[YearResult.objects.get().uuid])).text
    exported = client.get(reverse("orgs:register_download", args=["results"])).content
    assert ResultResource(province.users["chi"]).check(exported).is_empty
    template = client.get(reverse("orgs:import_template", args=["results"])).content
    assert ResultResource(province.users["chi"]).read(template).columns == set(cells.COLUMNS)
    assert client.get(reverse("orgs:import_template", args=["people"])).status_code == 403


def test_rows_that_somebody_brought_in_meanwhile_are_not_written_twice(province):
    def rows():
        given = {"product": "Báo cáo quý III", "done_on": ago(5), "entered_by": province.users["an"]}
        return [YearResult(person=province.people["an"], **given | more) for more in ({}, {"product": "Khác"})]

    given = {"actor": province.users["an"], "source": Source("quy-3.xlsx", "0" * 64)}
    write_results(rows=rows()[:1], **given)
    with pytest.raises(Stale, match="Hãy kiểm tra lại"):
        write_results(rows=rows(), **given)
    assert YearResult.objects.count() == 1


def test_check_reads_the_log_of_those_in_the_file_alone(province):
    def cost():
        content = sheet(line())
        with CaptureQueriesContext(connection) as found:
            ResultResource(province.users["an"]).check(content)
        return len(found)

    cost()
    before = cost()
    for short in ("binh", "chi", "dung"):
        result(province, short)
    assert cost() == before
    found = ResultResource(province.users["an"]).rows(ResultResource(province.users["an"]).read(sheet(line())))
    assert found.standing == set()


def test_page_of_the_check_names_each_row_and_column_and_lets_nothing_be_written(province, client):
    client.force_login(province.users["an"])
    wrong = (line(), line(axis="7", done="31/02/2026"), line(EM), line(product=""))
    upload = SimpleUploadedFile("quy-3.xlsx", sheet(*wrong))
    page = client.get(client.post(reverse("registrations:result_import"), {"file": upload}).headers["Location"])
    assert set(told(page.context["plan"])) == {(3, cells.AXIS), (3, cells.DONE), (4, cells.CODE), (5, cells.PRODUCT)}
    main = page.text.split('id="main"')[1]
    for words in (cells.AXIS, cells.DONE, cells.CODE, cells.PRODUCT, "“7”", "31/02/2026"):
        assert words in main, words
    body = {"fingerprint": page.context["plan"].fingerprint, "idempotency_key": "n-9"}
    client.post(reverse("orgs:import_confirm", args=["results", page.context["file"].uuid]), body)
    assert not YearResult.objects.exists()
