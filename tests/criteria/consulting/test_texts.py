"""Texts of a consultation through the services: nothing half-saved, each refusal with its place, cutting by chance."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from criteria.models import Clause, ConsultedText
from criteria.selectors.consulting import clause_sources, cutting
from criteria.selectors.consulting import consultations as selectors
from criteria.services.consulting import consulted_texts as services
from criteria.services.consulting.consulted_texts import ClauseRow
from orgs.models import Forbidden, Refusal, Stale
from tests.criteria import rounds
from tests.criteria.consulting import asking

lines = st.lists(
    st.sampled_from(
        [
            "Chương I",
            "QUY ĐỊNH",
            "Điều 1. Một",
            "Điều 2.",
            "1. Khoản",
            "2) Khoản",
            "a) Điểm",
            "1.1. Mục",
            "I. Phần",
            "Lời văn",
            "",
        ]
    ),
    max_size=25,
)


@given(lines, st.sampled_from([cutting.POINTS, cutting.ARTICLES, cutting.PARAGRAPHS]))
def test_cutting_never_loses_a_line_nor_makes_an_empty_clause(found, way):
    text = "\n".join(found)
    pieces = cutting.cut(text, way)
    assert all(piece.label and piece.body for piece in pieces)
    assert [line for piece in pieces for line in piece.body.split("\n")] == cutting.lines_of(text)


@given(st.lists(st.text(alphabet="ab \n", min_size=1, max_size=12), min_size=1, max_size=5))
def test_splitting_and_joining_keep_every_word(parts):
    body = "\n\n".join(parts)
    again = [word for piece in cutting.split(cutting.Piece("Điều 1", body)) for word in piece.body.split()]
    assert again == body.split()


@pytest.fixture
def row(province):
    return asking.draft(province)


def added(province, row, **more):
    values = {"title": "Dự thảo", "number": "", "issued_on": None, "text": asking.TEXT, "way": cutting.POINTS}
    return services.add_pasted(
        consultation=row, version=row.version, actor=province.users["giang"], **{**values, **more}
    )


@pytest.mark.django_db
def test_pasted_text_keeps_its_number_and_date_and_comes_after_the_others(province, row):
    first = added(province, row, number="906-QĐ/TU", issued_on=date(2017, 11, 24))
    second = added(province, asking.fresh(row), title="Quyết định 1293")
    assert (first.order, second.order, first.number) == (1, 2, "906-QĐ/TU")
    assert [text.clause_count for text in selectors.texts_of(row)] == [4, 4]
    assert [clause.text_id for clause in selectors.clauses_of(row)] == [first.pk] * 4 + [second.pk] * 4


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"text": " \n "}, "text"),
        ({"title": " "}, "title"),
        ({"text": "Điều 1. " + "x" * 20_001}, "text"),
        ({"text": "\n".join(f"Điều {n}. Một" for n in range(1, 402))}, "way"),
        ({"text": "MẬT\nĐiều 1. Một"}, "text"),
    ],
)
def test_text_that_cannot_be_put_out_is_refused_at_its_field(province, row, given, field):
    with pytest.raises(Refusal) as refusal:
        added(province, row, **given)
    assert refusal.value.field == field
    assert not ConsultedText.objects.exists()
    assert asking.fresh(row).version == row.version


@pytest.mark.django_db
def test_text_and_file_together_are_refused(province, row):
    with pytest.raises(Refusal, match="không làm cả hai"):
        added(province, row, upload=SimpleUploadedFile("a.txt", b"Mot"))


@pytest.mark.django_db
def test_docx_is_cut_and_kept_with_the_consultation(province, row):
    document, content = Document(), io.BytesIO()
    for line in asking.TEXT.splitlines():
        document.add_paragraph(line)
    document.save(content)
    text = added(province, row, text="", upload=SimpleUploadedFile("du-thao.docx", content.getvalue()))
    assert [clause.label for clause in text.clauses.order_by("order")] == asking.LABELS
    assert [file.name for file in selectors.files_of(row)] == ["du-thao.docx"]


@pytest.mark.django_db
@pytest.mark.parametrize("start", [b"\xef\xbb\xbf", b""], ids=["marked", "plain"])
def test_plain_text_is_read_with_and_without_its_mark(province, row, start):
    text = added(province, row, text="", upload=SimpleUploadedFile("a.txt", start + asking.TEXT.encode()))
    assert text.clauses.order_by("order").first().body.startswith("Điều 1. Phạm vi")


@pytest.mark.django_db
def test_plain_text_in_utf_16_is_read(province, row):
    text = added(province, row, text="", upload=SimpleUploadedFile("a.txt", asking.TEXT.encode("utf-16")))
    assert text.clauses.count() == 4


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([], "ít nhất một"),
        ([ClauseRow("Điều 1", "Một"), ClauseRow("", "Hai")], "thứ 2"),
        ([ClauseRow("Điều 1", " ")], "thứ 1"),
        ([ClauseRow("x" * 121, "Một")], "120 ký tự"),
    ],
)
def test_wrong_clause_is_named_and_the_others_stay_as_they_were(province, row, rows, words):
    text = added(province, row)
    with pytest.raises(Refusal, match=words):
        services.write_clauses(text=text, rows=rows, version=asking.fresh(row).version, actor=province.users["giang"])
    assert [clause.label for clause in text.clauses.order_by("order")] == asking.LABELS


@pytest.mark.django_db
def test_clauses_of_a_text_that_went_out_do_not_change(province):
    row = asking.opened(province)
    given = {"text": row.texts.get(), "version": asking.fresh(row).version, "actor": province.users["giang"]}
    with pytest.raises(Refusal, match="không còn là dự thảo"):
        services.write_clauses(rows=[ClauseRow("Điều 1", "Khác")], **given)
    with pytest.raises(Refusal, match="không còn là dự thảo"):
        services.remove_text(**given)
    assert Clause.objects.count() == 4


@pytest.mark.django_db
def test_texts_are_written_by_who_prepares_and_on_a_fresh_page(province, row):
    text = added(province, row)
    rows = [ClauseRow("Điều 1", "Khác")]
    with pytest.raises(Forbidden):
        services.write_clauses(text=text, rows=rows, version=asking.fresh(row).version, actor=province.users["an"])
    with pytest.raises(Stale):
        services.write_clauses(text=text, rows=rows, version=row.version, actor=province.users["giang"])
    with pytest.raises(Stale):
        added(province, row)
    assert text.clauses.count() == 4


@pytest.mark.django_db
def test_framework_without_a_criterion_is_refused(province, row):
    law = rounds.regulation()
    framework = rounds.frameworks.create_framework(
        issuer=province.units["TU"], regulation=law, title="Khung trống", subject="person", form_key="02A",
        actor=province.users["giang"],
    )  # fmt: skip
    with pytest.raises(Refusal, match="chưa có tiêu chí nào"):
        services.add_framework(
            consultation=row, framework=framework, version=row.version, actor=province.users["giang"]
        )


@pytest.mark.django_db
def test_draft_framework_is_offered_only_to_who_prepares_it(province):
    law = rounds.regulation()
    framework = rounds.frameworks.create_framework(
        issuer=province.units["TU"], regulation=law, title="Khung dự thảo", subject="person", form_key="02A",
        actor=province.users["giang"],
    )  # fmt: skip
    assert framework in clause_sources.frameworks_for(province.users["giang"])
    assert framework not in clause_sources.frameworks_for(province.users["khanh"])


@pytest.mark.django_db
@pytest.mark.parametrize(("part", "anchor"), [("quota", "quota"), ("dates", "milestone"), ("forms", "form")])
def test_lines_of_a_regulation_carry_their_clause_and_their_place(part, anchor):
    found = clause_sources.of_regulation(rounds.regulation(), [part], date(2024, 1, 1))
    assert found
    assert all(row.source.startswith(anchor) and row.label and row.body for row in found)
    assert all(len(row.label) <= cutting.LABEL_LIMIT for row in found)


@pytest.mark.django_db
def test_regulation_in_no_part_is_refused(province, row):
    law = rounds.regulation()
    with pytest.raises(Refusal) as refusal:
        services.add_regulation(
            consultation=row, regulation=law, parts=[], version=row.version, actor=province.users["giang"]
        )
    assert refusal.value.field == "parts"
