"""Heads, places and words that the papers of the round share. Party paper or State paper follows from data."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from criteria.documents.citing import citation
from criteria.models import Cycle
from criteria.selectors.rules.regulations import parsed
from orgs.documents import Head, HeadKind
from orgs.models import Collective, CollectiveKind, Line, RatingKind, Unit
from orgs.selectors.settings import setting
from reviews.documents.self_review import head_of_form
from reviews.models import Rating, Review
from reviews.selectors.writing.forms import form_of

PARTY_KINDS = (CollectiveKind.PARTY_COMMITTEE, CollectiveKind.PARTY_CELL)
UNKNOWN = "chưa có"
NONE = "Không có"
KINDS: Mapping[str, str] = {
    RatingKind.CADRE: "cán bộ, công chức, viên chức",
    RatingKind.PARTY_MEMBER: "đảng viên",
    RatingKind.STATE: "công chức, viên chức (phía chính quyền)",
    RatingKind.COLLECTIVE: "tập thể lãnh đạo, quản lý",
    RatingKind.ORGANISATION: "tổ chức, cơ quan, đơn vị",
}


def head_of_review(review: Review, *, dated_on: date | None = None) -> Head:
    """The head that the data of the review's form name; without a day there is room to write it."""
    return replace(head_of_form(form_of(review), review), place=place(), dated_on=dated_on)


def head_of_body(body: Collective, *, number: str = "", dated_on: date | None = None) -> Head:
    """The head of a collective: Party paper for Party committees and bodies of the Party, else State paper."""
    unit = body.unit
    is_party = body.kind in PARTY_KINDS or unit.line == Line.PARTY
    if is_party and unit.line != Line.PARTY:
        return Head(HeadKind.PARTY, (body.name.upper(),), number, place(), dated_on)
    return Head(HeadKind.PARTY if is_party else HeadKind.STATE, _names(unit), number, place(), dated_on)


def head_of_unit(unit: Unit, *, dated_on: date | None = None) -> Head:
    """The head of an agency of the Party or of the State."""
    kind = HeadKind.PARTY if unit.line == Line.PARTY else HeadKind.STATE
    return Head(kind, _names(unit), "", place(), dated_on)


def _names(unit: Unit) -> tuple[str, ...]:
    above = (unit.parent.name.upper(),) if unit.parent_id else ()
    return (*above, unit.name.upper())


def with_room_for_number(head: Head, kind: str) -> Head:
    """`head` with room for a number given by hand: "Số ……-TB/……" on Party paper, "Số: ……/TB-……" on State paper."""
    return replace(head, number=f"Số ……-{kind}/……" if head.kind == HeadKind.PARTY else f"Số: ……/{kind}-……")


def place() -> str:
    """Where documents are dated."""
    return str(setting("paper_place"))


def year_of(cycle: Cycle) -> str:
    """The year that a round is about."""
    return str(cycle.period_end_on.year)


def law_line(cycle: Cycle) -> str:
    """The regulation of the round as a ground names it."""
    law = parsed(cycle.regulation)
    return citation(law.number, law.issued_on, law.title)


def guidance_lines(cycle: Cycle) -> tuple[str, ...]:
    """The guidance under the regulation, as a ground names it."""
    rows = parsed(cycle.regulation).guidance
    return tuple(f"Hướng dẫn số {row.number} ngày {row.issued_on:%d/%m/%Y}" for row in rows)


def grades_of(cycle: Cycle) -> dict[str, str]:
    """The four grades in the words of the regulation."""
    return {grade.key: grade.label for grade in parsed(cycle.regulation).at(cycle.period_end_on).grades}


def grade_words(cycle: Cycle, grade: str) -> str:
    """One grade in the words of the regulation, "chưa có" where there is none."""
    return grades_of(cycle).get(grade, UNKNOWN)


def subject_lines(review: Review | None, rating: Rating | None = None) -> tuple[tuple[str, str], ...]:
    """Who the paper is about: name, post, unit."""
    source = review or rating
    unit = review.unit if review else None
    if source.person_id:
        post = review.post_text if review else ""
        rows = (
            ("Họ và tên", source.person.full_name),
            ("Chức vụ", post),
            ("Đơn vị công tác", unit.name if unit else ""),
        )
        return rows
    return (("Tên tập thể" if source.collective_id else "Tên tổ chức, đơn vị", str(source.subject)),)


def day(value: date | None) -> str:
    """A day as it stands in a sentence, "chưa có" where there is none."""
    return f"{value:%d/%m/%Y}" if value else UNKNOWN
