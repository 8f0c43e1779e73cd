"""The plan of a round (kế hoạch kiểm điểm, đánh giá, xếp loại) as an official document of its issuer."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.utils.translation import override

from criteria.documents.citing import citation
from criteria.documents.heads import head_of_unit
from criteria.models import Milestone, MilestoneStep, Plan
from criteria.selectors.rounds.plans import ISSUED
from criteria.selectors.rules.regulations import in_force_on, parsed
from orgs.documents import Align, Block, Column, Paragraph, Section, Sheet, Signature, Table, Value
from orgs.models import Line

COLUMNS = (
    Column("STT", 7, Align.CENTER),
    Column("Nội dung công việc", 32),
    Column("Đối tượng, phạm vi", 24),
    Column("Chậm nhất ngày", 15, Align.CENTER),
)
REMARKS = Column("Ghi chú", 24)
STEPS: Mapping[str, str] = {
    MilestoneStep.PLAN: "Ban hành kế hoạch của cấp mình",
    MilestoneStep.SELF_REVIEW: "Gửi bản tự kiểm điểm",
    MilestoneStep.EXPLANATION: "Gửi báo cáo giải trình những vấn đề được gợi ý",
    MilestoneStep.MEETING: "Tổ chức hội nghị kiểm điểm",
    MilestoneStep.FINISHING: "Hoàn chỉnh bản kiểm điểm sau hội nghị",
    MilestoneStep.PROPOSAL: "Đề nghị mức xếp loại, gửi hồ sơ lên cấp trên",
    MilestoneStep.STATE_GRADE: "Có kết quả xếp loại cán bộ, công chức, viên chức",
    MilestoneStep.APPRAISAL: "Thẩm định, tổng hợp",
    MilestoneStep.DECISION: "Quyết định mức xếp loại",
    MilestoneStep.NOTICE: "Thông báo và công khai kết quả",
    MilestoneStep.DOSSIER: "Gửi hồ sơ, báo cáo cấp trên",
}
LINES: Mapping[str, str] = {
    Line.PARTY: "khối Đảng",
    Line.STATE: "khối Nhà nước",
    Line.FRONT: "khối Mặt trận và đoàn thể",
    Line.ASSOCIATION: "khối hội",
    Line.ENTERPRISE: "khối doanh nghiệp",
}
ROMAN = ("I", "II", "III")
TITLE_WORD = "kế hoạch "


@override("vi")
def plan_sheet(plan: Plan) -> Sheet:
    """The paper of `plan`; "DỰ THẢO" is printed across it until it is issued."""
    parts = [
        ("NỘI DUNG", _content(plan)),
        ("NỘI DUNG TRỌNG TÂM KIỂM ĐIỂM", list(_topics(plan))),
        ("THỜI GIAN THỰC HIỆN", list(_dates(plan))),
    ]
    kept = [(title, blocks) for title, blocks in parts if blocks]
    return Sheet(
        title="KẾ HOẠCH",
        subtitles=(_subtitle(plan),),
        head=head_of_unit(plan.issuer, number=plan.number, dated_on=plan.issued_on),
        sections=(
            Section(blocks=tuple(_grounds(plan))),
            *(Section(f"{ROMAN[place]}. {title}", tuple(blocks)) for place, (title, blocks) in enumerate(kept)),
        ),
        signatures=(Signature(note="(chức vụ, ký, ghi rõ họ tên, đóng dấu)"),),
        recipients=("Các cơ quan, đơn vị thực hiện,", "Lưu."),
        watermark="" if plan.state == ISSUED else "DỰ THẢO",
        issued_on=plan.issued_on,
    )


def _subtitle(plan: Plan) -> str:
    """The title without the word that stands above it: "Kế hoạch kiểm điểm …" becomes "kiểm điểm …"."""
    words = plan.title.strip()
    return words[len(TITLE_WORD) :].strip() if words.casefold().startswith(TITLE_WORD) else words


def _grounds(plan: Plan) -> Iterable[Paragraph]:
    last_day = date(plan.year, 12, 31)
    for row in in_force_on(last_day):
        law = parsed(row).at(last_day)
        for paper in (law, *law.guidance):
            yield Paragraph(f"Căn cứ {citation(paper.number, paper.issued_on, paper.title)};")
    above = plan.parent
    if above and above.number and above.issued_on:
        paper = f"số {above.number} ngày {above.issued_on:%d/%m/%Y} của {above.issuer.name}"
        yield Paragraph(f"Thực hiện Kế hoạch {paper},")
    yield Paragraph(f"{plan.issuer.name} ban hành Kế hoạch với những nội dung sau:")


def _content(plan: Plan) -> list[Block]:
    return [Paragraph(plan.content)] if plan.content.strip() else []


def _topics(plan: Plan) -> Iterable[Block]:
    for place, topic in enumerate(plan.topics.all(), 1):
        document = f" ({topic.document})" if topic.document else ""
        yield Paragraph(f"{topic.title}{document}", lead=f"{place}. ")


def _dates(plan: Plan) -> Iterable[Block]:
    rows: Sequence[Milestone] = plan.milestones.select_related("unit_kind", "unit").order_by("due_on", "id")
    table = [_row(place, row) for place, row in enumerate(rows, 1)]
    if table:
        has_remarks = any(row[-1] for row in table)
        yield Table((*COLUMNS, REMARKS), table) if has_remarks else Table(COLUMNS, [row[:-1] for row in table])
    elif plan.parent:
        yield Paragraph(f"Theo các mốc thời gian của {_named(plan.parent)}.")


def _named(plan: Plan) -> str:
    return f"Kế hoạch số {plan.number}" if plan.number else plan.title


def _row(place: int, row: Milestone) -> tuple[Value, ...]:
    remarks = (row.note, "Quá ngày này không nhận nữa" if row.is_closing else "")
    return place, STEPS[row.step], _whom(row), row.due_on, "; ".join(words for words in remarks if words)


def _whom(row: Milestone) -> str:
    if row.unit:
        return row.unit.name
    words = [str(row.unit_kind) if row.unit_kind else "", LINES.get(row.line, "")]
    whom = ", ".join(word for word in words if word)
    return whom[:1].upper() + whom[1:] if whom else "Tất cả"
