"""Results of the year in the review: ticked into items and tables, counted, stated, and opened by who reads it."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from criteria.regulation import find, to_data
from orgs.models import AuditEvent, Forbidden, Refusal, Stale
from registrations.models import YearResult
from registrations.services.results import results as log
from reviews.models import ResultUse, Review, SectionAnswer, TaskTally
from reviews.selectors.writing import results_ticked as selectors
from reviews.selectors.writing.tallies_stated import stated_tasks
from reviews.services.writing import results_put as services
from reviews.services.writing.answers import save_section
from tests.registrations.results import written

pytestmark = pytest.mark.django_db
SPRING, SUMMER, AUTUMN = date(2024, 3, 10), date(2024, 6, 20), date(2024, 9, 30)


def result(round_of, who="an", **more):
    return written.result(round_of.province, who, **{"done_on": SUMMER, "planned_on": SUMMER} | more)


def put(round_of, *rows, item="", name="an", review=None):
    ids = [row.uuid for row in rows]
    return services.put_results(review=review or round_of.an, results=ids, item_key=item, actor=round_of.users[name])


def text_item(review):
    return next(key for key, target in selectors.targets_of(review).items() if target.item.kind == "text")


def content_of(review, key):
    rows = SectionAnswer.objects.filter(review=review)
    return next((row.content[key] for row in rows if key in row.content), {})


def with_table(review, law="366-QĐ/TW@2025-08-30"):
    """The review on a form that has a table of tasks."""
    forms = to_data(find(law).at(date(2026, 12, 31)))["forms"]
    chosen = next(
        form for form in forms if any(item["kind"] == "tasks" for part in form["sections"] for item in part["items"])
    )
    chosen["sections"] = [part for part in chosen["sections"] if part["items"][0]["kind"] == "tasks"]
    Review.objects.filter(pk=review.pk).update(form=chosen, form_key=chosen["key"])
    return Review.objects.select_related("cycle").get(pk=review.pk)


def test_candidates_are_the_own_standing_results_of_the_period(round_of):
    mine = result(round_of)
    result(round_of, "chi")
    result(round_of, done_on=date(2023, 12, 30), planned_on=None)
    result(round_of, done_on=date(2025, 1, 3), planned_on=None)
    gone = result(round_of)
    log.withdraw_result(row=gone, reason="Trùng.", version=1, actor=round_of.users["an"])
    late = result(round_of, done_on=date(2025, 1, 3), planned_on=date(2024, 12, 20))
    assert list(selectors.candidates_of(round_of.an)) == [mine, late]


def test_ticked_results_become_lines_below_what_stands_in_the_text(round_of):
    key = text_item(round_of.an)
    part = selectors.targets_of(round_of.an)[key].part
    words = {key: {"text": "Đã chỉ đạo quyết liệt."}}
    save_section(review=round_of.an, section_key=part.key, content=words, version=0, actor=round_of.users["an"])
    first = result(round_of, product="Đề án sắp xếp", document="07-ĐA/SKH")
    second = result(
        round_of, product="Quy hoạch", done_on=AUTUMN, planned_on=date(2024, 10, 30), document="15/QĐ",
        beyond_time=True, beyond_reason="sớm 30 ngày",
    )  # fmt: skip
    put(round_of, first, second, item=key)
    assert content_of(round_of.an, key)["text"] == (
        "Đã chỉ đạo quyết liệt.\n"
        "- Đề án sắp xếp (07-ĐA/SKH; thời hạn 20/06/2024; hoàn thành 20/06/2024)\n"
        "- Quy hoạch (15/QĐ; thời hạn 30/10/2024; hoàn thành 30/09/2024; vượt mức: sớm 30 ngày)"
    )
    assert SectionAnswer.objects.get(review=round_of.an, section_key=part.key).version == 2
    assert list(selectors.candidates_of(round_of.an)) == []


def test_ticked_results_become_rows_of_the_table_of_tasks(round_of):
    review = with_table(round_of.chi)
    key, target = next(iter(selectors.targets_of(review).items()))
    assert target.item.kind == "tasks"
    begun = {key: {"1.task": "Việc đã ghi"}}
    save_section(review=review, section_key=target.part.key, content=begun, version=0, actor=round_of.users["chi"])
    row = result(round_of, "chi", product="Báo cáo quý", task="Tham mưu tổng hợp", axis="3", document="9-BC/SKH")
    put(round_of, row, item=key, name="chi", review=review)
    kept = content_of(review, key)
    assert kept["1.task"] == "Việc đã ghi"
    assert {name: text for name, text in kept.items() if name.startswith("2.")} == {
        "2.axis": "3",
        "2.task": "Tham mưu tổng hợp",
        "2.product": "Báo cáo quý",
        "2.due": "2024-06-20",
        "2.finished": "2024-06-20",
        "2.evidence": "9-BC/SKH",
    }


def test_delays_and_their_objective_causes_go_into_the_table_of_products(round_of):
    review = with_table(round_of.chi, "335/2025/NĐ-CP@2025-12-21")
    key = next(iter(selectors.targets_of(review)))
    cause = {"planned_on": SPRING, "cause": "Chờ Bộ cho ý kiến."}
    plain, excused = result(round_of, "chi", planned_on=SPRING), result(round_of, "chi", product="Hai", **cause)
    written.confirmed(round_of.province, excused, "an")
    put(round_of, plain, excused, item=key, name="chi", review=review)
    kept = content_of(review, key)
    assert (kept["1.task"], kept["1.delays"], kept.get("1.delays_objective")) == (written.PRODUCT, "1", None)
    assert (kept["2.task"], kept["2.delays"], kept["2.delays_objective"]) == ("Hai", "1", "1")


def test_totals_count_what_is_ticked_and_every_number_opens_to_its_rows(round_of):
    on_time = result(round_of, product="Một", document="1-BC", beyond_quality=True, beyond_reason="Bộ khen.")
    late = result(round_of, product="Hai", planned_on=SPRING)
    excused = result(round_of, product="Ba", planned_on=SPRING, cause="Bão số 6.")
    written.confirmed(round_of.province, excused)
    undone = result(round_of, product="Bốn", done_on=None, planned_on=AUTUMN)
    undated = result(round_of, product="Năm", planned_on=None)
    result(round_of, product="Không tích")
    put(round_of, on_time, late, excused, undone, undated)
    totals = selectors.totals_of(round_of.an)
    expected = {
        "assigned": {on_time, late, excused, undone, undated},
        "done": {on_time, late, excused, undated},
        "on_time": {on_time},
        "beyond": {on_time},
        "late_objective": {excused},
        "undone_objective": set(),
        "undated": {undated},
    }
    for which, rows in expected.items():
        assert {use.result for use in selectors.uses_of(round_of.an, which)} == rows, which
        assert getattr(totals, which) == len(rows), which


def test_log_that_is_mended_later_counts_as_it_stands_now(round_of):
    row = result(round_of, planned_on=SPRING)
    put(round_of, row)
    assert selectors.totals_of(round_of.an).on_time == 0
    words = written.words(done_on=SUMMER, planned_on=SUMMER)
    row = log.update_result(row=row, words=words, version=1, actor=round_of.users["an"])
    assert selectors.totals_of(round_of.an).on_time == 1
    log.withdraw_result(row=row, reason="Trùng.", version=2, actor=round_of.users["an"])
    assert selectors.totals_of(round_of.an).assigned == 0
    assert not selectors.uses_of(round_of.an)


def test_numbers_are_stated_as_counted_and_on_time_stays_unknown_without_a_due_day(round_of):
    rows = [result(round_of), result(round_of, product="Hai", planned_on=SPRING)]
    put(round_of, *rows)
    services.state_from_results(review=round_of.an, version=0, actor=round_of.users["an"])
    own = TaskTally.objects.get(scope="tasks")
    assert (own.assigned, own.done, own.on_time, own.beyond, own.late_objective) == (2, 2, 1, 0, 0)
    assert own.document == "Sổ kết quả trong năm"
    put(round_of, result(round_of, product="Ba", planned_on=None))
    services.state_from_results(review=round_of.an, version=1, actor=round_of.users["an"])
    own.refresh_from_db()
    assert (own.assigned, own.done, own.on_time, own.late_objective) == (3, 3, None, None)
    with pytest.raises(Stale):
        services.state_from_results(review=round_of.an, version=1, actor=round_of.users["an"])


def test_nothing_ticked_states_nothing(round_of):
    with pytest.raises(Refusal):
        services.state_from_results(review=round_of.an, version=0, actor=round_of.users["an"])
    assert not TaskTally.objects.exists()


def test_other_number_than_the_stated_one_is_pointed_out(round_of):
    put(round_of, result(round_of))
    services.state_from_results(review=round_of.an, version=0, actor=round_of.users["an"])
    put(round_of, result(round_of, product="Hai"))
    lines = selectors.ground_of(round_of.an, stated_tasks(round_of.an).tallies).lines
    differing = {line.which: (line.counted, line.stated) for line in lines if line.differs}
    assert differing == {"assigned": (2, 1), "done": (2, 1), "on_time": (2, 1)}


@pytest.mark.parametrize("name", ["binh", "chi", "giang", "nga", "khanh", "quan", "tu", "phuc"])
def test_ticking_belongs_to_the_author(round_of, name):
    row = result(round_of)
    (use,) = put(round_of, row)
    other = result(round_of, product="Hai")
    with pytest.raises(Forbidden):
        put(round_of, other, name=name)
    with pytest.raises(Forbidden):
        services.leave_result(use=use, actor=round_of.users[name])
    with pytest.raises(Forbidden):
        services.state_from_results(review=round_of.an, version=0, actor=round_of.users[name])
    assert ResultUse.objects.filter(taken_out_at=None).count() == 1


def test_results_of_another_are_not_ticked(round_of):
    foreign = result(round_of, "chi")
    with pytest.raises(Refusal) as refusal:
        put(round_of, foreign)
    assert refusal.value.field == "result"
    assert not ResultUse.objects.exists()


def test_same_result_is_counted_once(round_of):
    row = result(round_of)
    key = text_item(round_of.an)
    put(round_of, row, item=key)
    with pytest.raises(Refusal):
        put(round_of, row, item=key)
    assert content_of(round_of.an, key)["text"].count("\n") == 0
    assert ResultUse.objects.count() == 1


def test_item_that_takes_no_results_is_refused_and_nothing_is_counted(round_of):
    with pytest.raises(Refusal) as refusal:
        put(round_of, result(round_of), item="no_such_item")
    assert refusal.value.field == "item"
    assert not ResultUse.objects.exists()


def test_submitted_review_takes_no_more_results(round_of):
    row = result(round_of)
    Review.objects.filter(pk=round_of.an.pk).update(state="meeting")
    with pytest.raises(Forbidden):
        put(round_of, row)


def test_result_that_is_left_may_be_ticked_again_and_its_words_stay(round_of):
    key = text_item(round_of.an)
    row = result(round_of)
    (use,) = put(round_of, row, item=key)
    services.leave_result(use=use, actor=round_of.users["an"])
    with pytest.raises(Stale):
        services.leave_result(use=use, actor=round_of.users["an"])
    assert written.PRODUCT in content_of(round_of.an, key)["text"]
    assert list(selectors.candidates_of(round_of.an)) == [row]
    put(round_of, row)
    assert selectors.totals_of(round_of.an).assigned == 1


def test_collective_ticks_its_own_results(round_of):
    row = written.result(round_of.province, "an", subject="TT-SKH", done_on=SUMMER, planned_on=SUMMER)
    put(round_of, row, review=round_of.report)
    assert selectors.totals_of(round_of.report).done == 1
    assert selectors.totals_of(round_of.an).done == 0


def test_cause_of_a_collective_is_confirmed_by_the_officer_of_the_authority_that_rates_it(round_of):
    row = written.late(round_of.province, "an", subject="TT-SKH")
    assert written.confirmed(round_of.province, row, "giang").is_cause_objective is True
    own = written.late(round_of.province, "chi")
    with pytest.raises(Forbidden):
        written.confirmed(round_of.province, own, "khanh")


def test_history_names_the_results_and_not_their_words(round_of):
    row = result(round_of)
    put(round_of, row)
    event = AuditEvent.objects.get(action="review.results_put")
    assert str(row.uuid) in event.payload
    assert written.PRODUCT not in event.payload


def test_page_ticks_states_and_takes_out(round_of, client):
    client.force_login(round_of.users["an"])
    row = result(round_of, product="Đề án sắp xếp")
    address = reverse("reviews:review_results", args=[round_of.an.uuid])
    assert "Đề án sắp xếp" in client.get(address).text
    assert client.post(address, {"item": "", "idempotency_key": "p-0"}).status_code == 422
    body = {"result": str(row.uuid), "item": text_item(round_of.an), "idempotency_key": "p-1"}
    for _ in range(2):
        assert client.post(address, body).headers["Location"] == address
    assert ResultUse.objects.count() == 1
    page = client.get(address)
    assert "?which=on_time" in page.text
    stated = client.post(reverse("reviews:results_state", args=[round_of.an.uuid]), {"version": 0})
    assert stated.headers["Location"] == address
    assert client.post(reverse("reviews:results_state", args=[round_of.an.uuid]), {"version": 0}).status_code == 409
    use = ResultUse.objects.get()
    client.post(reverse("reviews:result_leave", args=[round_of.an.uuid, use.uuid]))
    assert selectors.totals_of(round_of.an).assigned == 0
    other = reverse("reviews:result_leave", args=[round_of.chi.uuid, use.uuid])
    assert client.post(other).status_code == 404


def test_reader_of_the_review_opens_each_number_and_ticks_nothing(round_of, client):
    first = result(round_of, product="Đề án sắp xếp")
    second = result(round_of, product="Báo cáo trễ hạn", planned_on=SPRING)
    put(round_of, first, second)
    Review.objects.filter(pk=round_of.an.pk).update(state="meeting")
    client.force_login(round_of.users["giang"])
    address = reverse("reviews:review_results", args=[round_of.an.uuid])
    page = client.get(f"{address}?which=on_time").text
    assert "Đề án sắp xếp" in page
    assert "Báo cáo trễ hạn" not in page
    assert reverse("registrations:result_detail", args=[first.uuid]) in page
    assert not re.search(r'name="result"', page)
    assert client.post(address, {"result": str(first.uuid), "item": ""}).status_code == 403
    rating = round_of.an.ratings.get(kind="cadre")
    shown = client.get(reverse("reviews:rating_detail", args=[rating.uuid])).text
    assert f"{address}?which=on_time" in shown
    client.force_login(round_of.users["tu"])
    assert client.get(address).status_code == 404


def test_page_costs_the_same_at_one_and_at_three_rows(round_of, client):
    client.force_login(round_of.users["an"])
    address = reverse("reviews:review_results", args=[round_of.an.uuid])

    def cost(number):
        put(round_of, result(round_of, product=f"Sản phẩm {number}"))
        result(round_of, product=f"Chưa tích {number}")
        client.get(address)
        with CaptureQueriesContext(connection) as made:
            assert client.get(address).status_code == 200
        return len(made)

    costs = [cost(number) for number in (1, 2, 3)]
    assert costs[0] == costs[2] <= 12
    assert YearResult.objects.count() == 6
