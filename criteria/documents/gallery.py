"""Forms filled with sample words, as they would be printed: to be checked against the paper of the authority."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.utils.translation import override

from criteria.documents.form_items import Filling
from criteria.documents.form_sheets import Issue, form_sheets
from criteria.documents.form_tables import out_of
from criteria.regulation import Form, Regulation
from criteria.regulation.form import Item, Part
from criteria.regulation.samples import TEXT, sample_content
from orgs.documents import Blank, Block, Choice, Paragraph, Section, Sheet, Signature, Signatures

WATERMARK = "MẪU THỬ"
NAME = "Nguyễn Văn An"
VALUES = {
    "person.name": NAME,
    "person.born_on": date(1978, 5, 19),
    "person.party_position": "Bí thư chi bộ",
    "person.government_position": "Giám đốc Sở Nội vụ",
    "person.mass_position": "",
    "person.post": "Giám đốc Sở Nội vụ",
    "person.workplace": "Sở Nội vụ",
    "person.party_cell": "Chi bộ Sở Nội vụ",
    "evaluator": "Ban Thường vụ Đảng ủy",
    "subject": "Chi bộ Sở Nội vụ",
}
PLACES = {
    "year": "2026",
    "quarter": "III",
    "period": "năm 2026",
    "period_title": "Năm 2026",
    "collective": "Ban Giám đốc Sở Nội vụ",
    "unit": "SỞ NỘI VỤ",
    "superior_unit": "ỦY BAN NHÂN DÂN TỈNH",
    "party_cell": "CHI BỘ SỞ NỘI VỤ",
    "party_committee": "ĐẢNG ỦY ỦY BAN NHÂN DÂN TỈNH",
    "party_organisation": "CHI BỘ SỞ NỘI VỤ",
    "superior_party_organisation": "ĐẢNG ỦY ỦY BAN NHÂN DÂN TỈNH",
}
# What the round is called on the paper; a form for the quarter alone is shown for one.
PERIODS = {
    "year": {"period": "năm 2026", "period_title": "Năm 2026"},
    "quarter": {"period": "quý III năm 2026", "period_title": "Quý III năm 2026"},
}


@override("vi")
def gallery_sheets(law: Regulation, form: Form) -> list[Sheet]:
    """The sheets of one form with the sample in every item, also in the parts that others fill in; marked as a try."""
    filling = Filling(
        content=sample_content(form),
        values=VALUES,
        places=PLACES | PERIODS[min(form.periods, key=list(PERIODS).index)],
        grades={grade.key: grade.label for grade in law.grades},
        levels={level.key: level.label for level in law.levels},
    )
    name = NAME if form.signature.signer == "subject" else ""
    signature = Signature(title=form.signature.lines[0], note=form.signature.note, name=name)
    closing = tuple(Section(part.title, tuple(_part(part, filling))) for part in form.parts)
    sheets = form_sheets(form, filling, Issue(place="………"), signature, closing)
    return [replace(sheet, watermark=WATERMARK) for sheet in sheets]


def _part(part: Part, filling: Filling) -> list[Block]:
    blocks = [block for item in part.items for block in _part_item(item, filling)]
    signature = Signature(authority=part.signature.lines[0], note=part.signature.note)
    return [*blocks, Signatures((signature,))]


def _part_item(item: Item, filling: Filling) -> list[Block]:
    if item.kind == "grade_choice":
        return [Choice(f"{item.label}:", tuple(filling.grades.values()), filling.grades["good"])]
    if item.kind == "points":
        most = Decimal(item.maximum)
        return [Paragraph(out_of(f"{most * 9 / 10:f}", most), lead=f"{item.label}: ")]
    return [Paragraph(TEXT, lead=f"{item.label}: ")] if item.kind == "text" else [Blank()]
