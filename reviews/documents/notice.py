"""The notice of a result (thông báo kết quả) to one subject."""

from django.utils.translation import override

from orgs.documents import Addressees, Paragraph, Section, Sheet, Signature
from orgs.selectors.settings import setting
from reviews.documents import heads
from reviews.models import ConclusionLine, Rating

PETITION = "Trường hợp không nhất trí với kết quả nêu trên, {whose} có quyền kiến nghị đến {body} để được xem xét."


@override("vi")
def notice_sheet(rating: Rating, line: ConclusionLine) -> Sheet:
    """The notice of the decision `line`, in force, about `rating`."""
    conclusion = line.conclusion
    body = conclusion.collective
    year = heads.year_of(rating.cycle)
    whose = str(setting("form_of_address")) if rating.person_id else "tập thể, đơn vị"
    text = (
        f"{body.name} thông báo: tại Quyết định số {conclusion.number} ngày {conclusion.concluded_on:%d/%m/%Y}, "
        f"{rating.subject} được xếp loại chất lượng {heads.KINDS[rating.kind]} năm {year} ở mức:"
    )
    blocks = [
        Addressees((_addressee(rating),)),
        Paragraph(text),
        Paragraph(heads.grade_words(rating.cycle, line.grade), is_bold=True, align="center"),
    ]
    if line.ground:
        blocks.append(Paragraph(line.ground, lead="Lý do: "))
    if rating.appraisal_comment:
        blocks.append(Paragraph(rating.appraisal_comment, lead="Nhận xét: "))
    blocks.append(Paragraph(PETITION.format(whose=whose, body=body.name)))
    return Sheet(
        title="THÔNG BÁO",
        subtitles=(f"kết quả đánh giá, xếp loại chất lượng năm {year}",),
        head=heads.with_room_for_number(heads.head_of_body(body, dated_on=rating.decided_on), "TB"),
        sections=(Section(blocks=tuple(blocks)),),
        signatures=(
            Signature(
                authority=body.signs_as or f"T/M {body.name.upper()}",
                title=conclusion.signatory_title,
                note="(ký, ghi rõ họ tên, đóng dấu)",
                name=conclusion.signatory,
            ),
        ),
        recipients=("Như trên,", "Người trực tiếp quản lý,", "Lưu hồ sơ."),
        issued_on=rating.decided_on,
    )


def _addressee(rating: Rating) -> str:
    if not rating.person_id:
        return str(rating.subject)
    post = f", {rating.review.post_text}" if rating.review_id and rating.review.post_text else ""
    return f"{setting('form_of_address')} {rating.person.full_name}{post}"
