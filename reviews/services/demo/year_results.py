"""Results of 2024 in the demonstration, the report on its registered works, a criterion that one of them suggests."""

from datetime import date

from criteria.models import Cycle
from criteria.services.frameworks.proposals import Origin, propose_criterion
from orgs.models import Person, User
from registrations.models import Work, YearResult
from registrations.models.results import ResultAxis
from registrations.services.catalogue.reports import ReportWords, draft_report, send_report, update_report
from registrations.services.results.causes import answer_cause
from registrations.services.results.results import ResultWords, add_result
from reviews.models import Review
from reviews.selectors.writing.results_ticked import candidates_of
from reviews.services.demo.play import today
from reviews.services.demo.register import Register
from reviews.services.writing.results_put import put_results

YEAR = 2024
# The agency of the named cadre and head: its deputies keep their results, its round is still being written.
AGENCY = "KHDT"
SHARED = ResultWords(
    product="Đề án cải thiện chỉ số năng lực cạnh tranh cấp tỉnh",
    task="Chủ trì xây dựng đề án theo chương trình công tác năm 2024",
    axis=ResultAxis.ECONOMY,
    document="Tờ trình mẫu số 31/TTr-SKHĐT",
    planned_on=date(2024, 6, 28),
    done_on=date(2024, 6, 25),
)
LATE = ResultWords(
    product="Báo cáo rà soát các dự án chậm tiến độ",
    task="Rà soát, đề xuất xử lý dự án chậm tiến độ",
    axis=ResultAxis.ECONOMY,
    document="Báo cáo mẫu số 145/BC-SKHĐT",
    planned_on=date(2024, 8, 30),
    done_on=date(2024, 9, 20),
    cause="Hai huyện gửi số liệu chậm sau đợt mưa lũ tháng 8.",
)
OWN = (
    ResultWords(
        product="Kế hoạch đầu tư công trung hạn, bản điều chỉnh",
        task="Tham mưu điều chỉnh kế hoạch đầu tư công trung hạn",
        axis=ResultAxis.ECONOMY,
        document="Quyết định mẫu số 512/QĐ-UBND",
        planned_on=date(2024, 5, 31),
        done_on=date(2024, 5, 10),
        beyond_time=True,
        beyond_reason="Trình trước hạn 21 ngày, được thông qua ngay lần đầu.",
    ),
    ResultWords(
        product="Quy trình điện tử cho 12 thủ tục đăng ký doanh nghiệp",
        task="Chuyển đổi số trong cải cách hành chính",
        axis=ResultAxis.SCIENCE,
        document="Quyết định mẫu số 77/QĐ-SKHĐT",
        planned_on=date(2024, 9, 30),
        done_on=date(2024, 9, 30),
    ),
    ResultWords(
        product="Đề án thu hút đầu tư vào các khu công nghiệp",
        task="Tham mưu chính sách thu hút đầu tư",
        axis=ResultAxis.ECONOMY,
        document="Nghị quyết mẫu số 09/NQ-HĐND",
        planned_on=date(2024, 7, 15),
        done_on=date(2024, 7, 30),
        cause="Kỳ họp Hội đồng nhân dân lùi hai tuần.",
    ),
    ResultWords(
        product="Sơ kết công tác kiểm tra, giám sát của chi bộ",
        axis=ResultAxis.PARTY,
        planned_on=date(2024, 12, 20),
    ),
)


def keep_the_results(made: Register, cycle: Cycle) -> None:
    """Results of the deputies of one agency in every state; two of them claim the same product."""
    head = made.heads[AGENCY]
    rows = Review.objects.filter(cycle=cycle, unit__code=AGENCY, is_leader=True, person__isnull=False)
    reviews = list(rows.exclude(person=head).select_related("person").order_by("id"))
    for place, review in enumerate(reviews):
        _log(review.person, place, made.users[review.person_id], made.users[head.pk])
    _tick(reviews[0], made.users[reviews[0].person_id])


def _log(person: Person, place: int, actor: User, superior: User) -> None:
    for words in (*OWN[(place + 1) % 2 :: 2], SHARED):
        add_result(subject=person, words=words, actor=actor)
    if place == 0:
        late = add_result(subject=person, words=LATE, actor=actor)
        answer = "Đúng như báo cáo; đã có văn bản đôn đốc hai huyện."
        answer_cause(row=late, is_objective=True, answer=answer, version=late.version, actor=superior)


def _tick(review: Review, actor: User) -> None:
    """The first of them has counted his results in his review; the others still see them to be ticked."""
    rows: list[YearResult] = list(candidates_of(review))
    put_results(review=review, results=[row.uuid for row in rows], item_key="", actor=actor)


def report_the_works(made: Register, officer: User) -> None:
    """One report that was sent, the next one in draft; a criterion proposed from a work whose outcome was verified."""
    issuer, body = made.units["BTCTU"], made.collectives["BTV-TU"]
    sent = draft_report(issuer=issuer, collective=body, year=YEAR, actor=officer)
    words = ReportWords(
        number="215-BC/BTCTU (mẫu)",
        written_on=today(),
        opening=sent.opening,
        assessment="Các đồng chí đã đăng ký việc sát nhiệm vụ được giao; một số việc còn chờ cấp trên tháo gỡ.",
        requests=sent.requests,
        signatory_title="PHÓ TRƯỞNG BAN",
        signatory="Nguyễn Văn Mẫu",
    )
    sent = update_report(report=sent, words=words, version=sent.version, actor=officer)
    send_report(report=sent, version=sent.version, actor=officer)
    draft_report(issuer=issuer, collective=body, year=YEAR, actor=officer)
    work = (
        Work.objects.filter(state__in=("verified", "weighed"), registration__receiving_unit=issuer)
        .order_by("id")
        .first()
    )
    propose_criterion(
        issuer=issuer,
        year=today().year + 1,
        title="Kết quả tháo gỡ việc khó, việc tồn đọng đã đăng ký",
        reason="Nhiều đồng chí đăng ký và làm được việc khó; nên thành tiêu chí chung để so sánh.",
        origin=Origin(work._meta.label, work.uuid, f"Việc đăng ký năm {YEAR}: {work.name}"),
        actor=officer,
    )
