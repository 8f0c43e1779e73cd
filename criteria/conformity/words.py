"""The Vietnamese of the check, for the record: names of places, numbers, clauses."""

from decimal import Decimal

from criteria.conformity.model import Criterion, Framework, Group
from criteria.conformity.vocabulary import AT_LEAST, AT_MOST
from criteria.conformity.writer import plain_decimal

LEVEL_NAMES = {"excellent": "Xuất sắc", "good": "Tốt", "average": "Trung bình", "poor": "Kém"}
SUBJECT_NAMES = {"person": "cá nhân", "collective": "tập thể", "organisation": "tổ chức"}
MARKING_NAMES = {"levels": "bốn cấp độ", "points": "chấm điểm", "checklist": "đạt, không đạt"}
DIRECTION_NAMES = {AT_LEAST: "không dưới", AT_MOST: "không quá", None: "không ghi chiều"}


def number(value: Decimal | None) -> str:
    """A decimal as Vietnamese text: comma, no needless zeros; what is not given says so."""
    return "không ghi" if value is None else plain_decimal(value).replace(".", ",")


def issued(framework: Framework) -> str:
    """Number and day of a framework; its title while it has no number."""
    name = framework.number or f"Khung tiêu chí “{framework.title}”"
    return f"{name} ngày {framework.issued_on:%d/%m/%Y}" if framework.issued_on else name


def clause(framework: Framework) -> str:
    """The framework itself as a source."""
    return f"{issued(framework)}, {framework.title}"


def clause_of_group(framework: Framework, group: Group) -> str:
    """A group of a framework as a source."""
    return f"{issued(framework)}, nhóm {group.code} {group.cites or group.title}"


def clause_of_criterion(framework: Framework, criterion: Criterion) -> str:
    """A criterion of a framework as a source."""
    return f"{issued(framework)}, {criterion.code} {criterion.cites or criterion.title}"


def named(what: Criterion | Group) -> str:
    """Code and title: II.1 “Kết quả thực hiện nhiệm vụ”."""
    return f"{what.code} “{what.title}”"
