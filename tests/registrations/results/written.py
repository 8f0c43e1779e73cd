"""What the tests of results begin with: words of the form, and a result of somebody."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from registrations.services.results import causes
from registrations.services.results import results as services
from registrations.services.results.results import ResultWords
from tests.uploads import PDF

PRODUCT = "Báo cáo giải ngân vốn đầu tư công quý III"


def today():
    return timezone.localdate()


def ago(days):
    return today() - timedelta(days=days)


def words(**more):
    return ResultWords(**{"product": PRODUCT, "done_on": today()} | more)


def pdf(name="minh-chung.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


def result(province, who="an", *, subject=None, uploads=(), **more):
    """A result of `who`, or of the collective `subject` for which he writes."""
    about = province.collectives[subject] if subject else province.people[who]
    return services.add_result(subject=about, words=words(**more), actor=province.users[who], uploads=uploads)


def late(province, who="an", **more):
    """Done five days after its day, with a cause that nobody has answered."""
    days = {"planned_on": ago(10), "done_on": ago(5), "cause": "Bão số 6 làm gián đoạn giao thông."}
    return result(province, who, **days | more)


def confirmed(province, row, actor="giang", **more):
    given = {"is_objective": True, "answer": "Đúng thực tế.", "version": row.version} | more
    return causes.answer_cause(row=row, actor=province.users[actor], **given)
