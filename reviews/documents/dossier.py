"""The dossier of a review: every paper of it in the order of the guidance, cut to what its reader may know.

Order after Mẫu 04-HD 25 as far as it is known: self-review, explanation, comments and minutes, opinions, facts,
appraisal, decision; then the annexes that explain the grades.
"""

from django.utils.translation import override

from orgs.documents import Sheet
from reviews.documents.appraisal import appraisal_sheet
from reviews.documents.closing import closing_sections
from reviews.documents.comments import comments_sheet
from reviews.documents.cover import cover_sheet
from reviews.documents.decision import LINE, decision_sheet
from reviews.documents.explanation import explanation_sheet
from reviews.documents.facts import facts_sheet
from reviews.documents.grade_annex import annex_sheet
from reviews.documents.heads import KINDS
from reviews.documents.minutes import minutes_extract
from reviews.documents.opinions import opinions_sheet
from reviews.documents.self_review import self_review_sheets
from reviews.models import AgendaItem, Meeting, Rating, Review
from reviews.selectors.papers.dossiers import Audience, Reading
from reviews.selectors.writing.answers import whole_text

CONCLUSION = ("conclusion__cycle__regulation", "conclusion__collective__unit__parent")
Contents = list[tuple[str, Sheet | None]]


@override("vi")
def dossier_sheets(review: Review, *, viewer: Reading) -> list[Sheet]:
    """The sheets of the dossier in order, the cover first; what `viewer` may not know is neither there nor listed."""
    contents: Contents = [
        *_self_review(review, viewer),
        ("Báo cáo giải trình những vấn đề được gợi ý kiểm điểm", explanation_sheet(review)),
        ("Bảng tổng hợp ý kiến góp ý", comments_sheet(review)),
        *_minutes(review, viewer),
    ]
    if viewer.inside:
        contents.append(("Tổng hợp ý kiến của các cơ quan, tổ chức", opinions_sheet(review, viewer.inside)))
    ratings = viewer.inside or tuple(_ratings(review))
    contents.append(("Phiếu số liệu", facts_sheet(review, ratings, is_inside=bool(viewer.inside))))
    contents += [(f"Phiếu thẩm định xếp loại {KINDS[row.kind]}", appraisal_sheet(row)) for row in viewer.inside]
    contents += _decisions(viewer)
    explained = viewer.inside or viewer.decided
    contents += [(f"Phụ lục giải thích mức xếp loại {KINDS[row.kind]}", annex_sheet(row)) for row in explained]
    return [cover_sheet(review, contents), *(sheet for _name, sheet in contents if sheet)]


def _ratings(review: Review) -> list[Rating]:
    related = ("cycle__regulation", "review", "person", "collective", "organisation")
    return list(review.ratings.select_related(*related).order_by("kind", "id"))


def _self_review(review: Review, viewer: Reading) -> Contents:
    known = viewer.decided if viewer.audience == Audience.OWN else viewer.inside
    sheets = self_review_sheets(review, whole_text(review), closing_sections(review, known))
    return [(sheet.title.capitalize(), sheet) for sheet in sheets]


def _minutes(review: Review, viewer: Reading) -> Contents:
    heard = AgendaItem.objects.filter(review=review, is_heard=True).values("meeting")
    rows = Meeting.objects.filter(pk__in=heard).order_by("held_on", "id")
    related = ("cycle__regulation", "collective__unit__parent", "chair", "secretary")
    shown = viewer.inside if viewer.audience == Audience.INSIDE else viewer.decided
    name = "Trích biên bản hội nghị kiểm điểm"
    found: Contents = [
        (f"{name} · {meeting.collective.name}", minutes_extract(meeting, review, shown))
        for meeting in rows.select_related(*related)
    ]
    return found or [(name, None)]


def _decisions(viewer: Reading) -> Contents:
    found: Contents = []
    for rating in viewer.decided:
        line = rating.decisions.filter(is_in_force=True).select_related(*CONCLUSION, *LINE).first()
        if line:
            found.append((f"Quyết định xếp loại {KINDS[rating.kind]}", decision_sheet(line.conclusion, [line])))
    return found
