"""A framework of criteria as an official document of its issuer: grounds, whom it measures, a table for each group."""

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import override

from criteria.documents.citing import citation
from criteria.documents.heads import head_of_unit
from criteria.models import Criterion, CriterionGroup, CriterionLevel, Direction, Framework, FrameworkSubject, Marking
from criteria.selectors.frameworks.criterion_content import figure
from criteria.selectors.frameworks.frameworks import with_texts
from criteria.selectors.rules.regulations import parsed
from orgs.documents import Align, Block, Column, Paragraph, Section, Sheet, Signature, Table, Value

ISSUED = ("issued", "superseded")
NUMBER, CRITERION, WEIGHT = Column("Số", 5, Align.CENTER), Column("Tiêu chí", 22), Column("Trọng số", 7, Align.CENTER)
LEVEL_NAMES: Mapping[str, str] = {"excellent": "Xuất sắc", "good": "Tốt", "average": "Trung bình", "poor": "Kém"}
SUBJECTS: Mapping[str, str] = {
    FrameworkSubject.PERSON: "cá nhân",
    FrameworkSubject.COLLECTIVE: "tập thể lãnh đạo, quản lý",
    FrameworkSubject.ORGANISATION: "tổ chức, cơ quan, đơn vị",
}
MARKINGS: Mapping[str, str] = {
    Marking.LEVELS: "mỗi tiêu chí được đánh giá theo bốn cấp độ: xuất sắc, tốt, trung bình, kém",
    Marking.POINTS: "mỗi tiêu chí được chấm điểm theo bốn cấp độ",
    Marking.CHECKLIST: "mỗi tiêu chí được đánh giá bảo đảm hoặc chưa bảo đảm",
}
TARGETS: Mapping[str, str] = {Direction.AT_LEAST: "không dưới", Direction.AT_MOST: "không quá", "": ""}
WORDS = ("khung tiêu chí", "bộ tiêu chí", "tiêu chí")


@override("vi")
def framework_sheet(framework: Framework) -> Sheet:
    """The paper of `framework`; "DỰ THẢO" is printed across it until it is issued. Reads parent, covers, criteria."""
    groups = with_texts(framework)
    head, subtitle = _title(framework.title)
    return Sheet(
        title=head,
        subtitles=(subtitle,) if subtitle else (),
        head=head_of_unit(framework.issuer, number=framework.number, dated_on=framework.issued_on),
        sections=(
            Section(blocks=tuple(_grounds(framework))),
            Section("ĐỐI TƯỢNG VÀ CÁCH ĐÁNH GIÁ", tuple(_scope(framework))),
            *(Section(_group_title(group), tuple(_criteria(framework, group))) for group in groups),
        ),
        signatures=(Signature(note="(chức vụ, ký, ghi rõ họ tên, đóng dấu)"),),
        recipients=("Các cơ quan, đơn vị, cá nhân thực hiện,", "Lưu."),
        watermark="" if framework.state in ISSUED else "DỰ THẢO",
        is_landscape=True,
        issued_on=framework.issued_on,
        author=framework.issuer.name,
    )


def _title(title: str) -> tuple[str, str]:
    words = " ".join(title.split())
    for head in WORDS:
        if words.casefold().startswith(head):
            return head.upper(), words[len(head) :].strip(" ,.")
    return "KHUNG TIÊU CHÍ", words


def _grounds(framework: Framework) -> Iterable[Block]:
    lines = [line.strip() for line in framework.legal_basis.splitlines() if line.strip()]
    if not lines:
        law = parsed(framework.regulation)
        lines = [f"Căn cứ {citation(law.number, law.issued_on, law.title)}"]
    for line in lines:
        yield Paragraph(f"{line.rstrip(' .;,')};", is_italic=True)
    above = framework.parent
    if above is not None:
        number = f" ban hành kèm theo văn bản số {above.number}" if above.number else ""
        day = f" ngày {above.issued_on:%d/%m/%Y}" if above.issued_on else ""
        name = f"“{above.title}”{number}{day} của {above.issuer.name}"
        yield Paragraph(f"Cụ thể hóa {name};", is_italic=True)
    yield Paragraph(f"{framework.issuer.name} ban hành khung tiêu chí với những nội dung sau:")


def _scope(framework: Framework) -> Iterable[Block]:
    covers = [str(row) for row in framework.covers.select_related("job", "position", "collective", "unit")]
    whom = "; ".join(covers) if covers else f"thuộc {framework.issuer.name} theo mẫu nêu dưới đây"
    yield Paragraph(f"{SUBJECTS[framework.subject]}: {whom}.", lead="Đối tượng đánh giá: ")
    form = next((form for form in parsed(framework.regulation).forms if form.key == framework.form_key), None)
    name = f"{form.number}, {form.title}" if form else framework.form_key
    yield Paragraph(f"{name} ({framework.regulation.number}).", lead="Mẫu áp dụng: ")
    yield Paragraph(f"{MARKINGS[framework.marking]}.", lead="Cách đánh giá: ")


def _group_title(group: CriterionGroup) -> str:
    total = f"tổng {figure(group.weight_sum)}" if group.weight_sum is not None else ""
    said = ", ".join(words for words in (total, f"theo {group.cites}" if group.cites else "") if words)
    return f"{group.number}. {group.title}{f' ({said})' if said else ''}"


def _criteria(framework: Framework, group: CriterionGroup) -> Iterable[Block]:
    rows = list(group.criteria.all())
    if not rows:
        yield Paragraph("Chưa có tiêu chí.")
        return
    has_weights = any(row.weight is not None for row in rows)
    columns = (NUMBER, CRITERION, *((WEIGHT,) if has_weights else ()), *_level_columns(framework))
    yield Table(columns, [_row(framework, row, has_weights=has_weights) for row in rows])


def _level_columns(framework: Framework) -> Sequence[Column]:
    if framework.marking == Marking.CHECKLIST:
        return (Column("Yêu cầu", 60),)
    return [Column(name, 18, group="Cấp độ") for name in LEVEL_NAMES.values()]


def _row(framework: Framework, criterion: Criterion, *, has_weights: bool) -> Sequence[Value]:
    levels = {row.level: row for row in criterion.levels.all()}
    cells = [_level(criterion, levels.get(name)) for name in LEVEL_NAMES]
    if framework.marking == Marking.CHECKLIST:
        cells = ["\n".join(cell for cell in cells if cell)]
    weight = (figure(criterion.weight),) if has_weights else ()
    return (criterion.number, _named(criterion), *weight, *cells)


def _named(criterion: Criterion) -> str:
    remarks = [
        criterion.cites,
        f"cụ thể hóa tiêu chí {criterion.concretises}" if criterion.concretises else "",
        "" if criterion.is_required else "cấp dưới có thể không dùng",
    ]
    said = "; ".join(words for words in remarks if words)
    title = criterion.title.strip() or "(chưa có tên)"
    return f"{title}\n({said})" if said else title


def _level(criterion: Criterion, level: CriterionLevel | None) -> str:
    if level is None:
        return ""
    lines = [level.text.strip()]
    if level.target is not None:
        lines.append(f"Chỉ tiêu: {TARGETS[criterion.direction]} {figure(level.target)}".replace(":  ", ": "))
    if level.points is not None:
        lines.append(f"{figure(level.points)} điểm")
    return "\n".join(line for line in lines if line)
