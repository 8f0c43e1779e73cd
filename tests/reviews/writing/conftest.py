"""A round in which An and Chi write, and the leadership of their department writes its report."""

import pickle
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from criteria.models import Cycle, FocusTopic, Milestone, Plan, Regulation
from criteria.regulation import find, to_data
from criteria.selectors.rules.regulations import digest_of
from orgs.models import RatingKind
from orgs.services.transitions import start
from reviews.models import PeerGroup, Rating, Review, Venue

KEY = "124-QĐ/TW@2023-10-04"


def form_data(key):
    return next(form for form in to_data(find(KEY))["forms"] if form["key"] == key)


def regulation_row():
    law = find(KEY)
    return Regulation.objects.create(
        key=law.key,
        title=law.title,
        number=law.number,
        issued_on=law.issued_on,
        in_force_from=law.in_force_from,
        content=to_data(law),
        content_sha256=digest_of(to_data(law)),
    )


def make_cycle(province, regulation, *, year=2024):
    plan = Plan(
        issuer=province.units["TU"], year=year, title=f"Kế hoạch kiểm điểm năm {year}", number=f"{year % 100}-KH/TU"
    )
    start(plan, "plan")
    plan.save()
    today = timezone.localdate()
    for step, days in (("self_review", 6), ("meeting", 12), ("finishing", 20), ("appraisal", 30), ("decision", 40)):
        Milestone.objects.create(plan=plan, step=step, due_on=today + timedelta(days=days))
    FocusTopic.objects.create(plan=plan, title="Thực hiện Quy định 144-QĐ/TW", document="Quy định 144-QĐ/TW")
    cycle = Cycle(
        code=str(year),
        title=f"Kiểm điểm, đánh giá, xếp loại năm {year}",
        plan=plan,
        regulation=regulation,
        period_start_on=date(year, 1, 1),
        period_end_on=date(year, 12, 31),
        roster_on=date(year, 11, 1),
        opened_at=timezone.now(),
    )
    start(cycle, "cycle")
    cycle.save()
    Cycle.objects.filter(pk=cycle.pk).update(state="open")
    return cycle


def make_review(province, cycle, short, form_key, *, kinds=(RatingKind.CADRE, RatingKind.PARTY_MEMBER), part=""):
    person = province.people.get(short)
    collective = province.collectives.get(short)
    review = Review(
        cycle=cycle,
        code=f"{cycle.code}-{'CB' if person else 'TT'}-{Review.objects.count() + 1:06d}",
        person=person,
        collective=collective,
        unit=province.units["SKH"] if short in ("an", "binh", "chi", "TT-SKH") else province.units["SYT"],
        part=part,
        is_leader=form_key == "02B",
        post_text="Giám đốc Sở" if form_key == "02B" else "",
        form_key=form_key,
        form=form_data(form_key),
        sort_key=short,
    )
    start(review, "review")
    review.save()
    home = "CU-SKH" if review.unit.code == "SKH" else "CU-SYT"
    for order, code in enumerate((home, home.replace("CU-", "TT-")), start=1):
        Venue.objects.create(review=review, collective=province.collectives[code], order=order)
    for kind in kinds:
        _rating(province, cycle, review, kind)
    return review


def _rating(province, cycle, review, kind):
    deciding = province.collectives["BTV-DUK" if kind == RatingKind.PARTY_MEMBER else "BTV-TU"]
    group, _ = PeerGroup.objects.get_or_create(
        cycle=cycle, rating_kind=kind, deciding_collective=deciding, code="chung", defaults={"title": "Nhóm chung"}
    )
    rating = Rating(
        cycle=cycle,
        kind=kind,
        review=review,
        person=review.person,
        collective=review.collective,
        subject_kind="collective" if review.collective else "leader" if review.is_leader else "non_leader",
        is_head=review.part == "head",
        proposing_collective=province.collectives["TT-SKH"],
        appraising_unit=province.units["BTCTU"],
        deciding_collective=deciding,
        authority_ground="QĐ 746-QĐ/TU",
        group=group,
        sort_key=review.sort_key,
    )
    start(rating, "rating")
    rating.save()
    return rating


def start_round(province):
    """The cycle with An's (02B), Chi's (02A) and Em's (02A) reviews and the collective's report (01)."""
    cycle = make_cycle(province, regulation_row())
    return SimpleNamespace(
        province=province,
        users=province.users,
        cycle=cycle,
        an=make_review(province, cycle, "an", "02B", part="head"),
        chi=make_review(province, cycle, "chi", "02A"),
        em=make_review(province, cycle, "em", "02A"),
        report=make_review(province, cycle, "TT-SKH", "01", kinds=(RatingKind.COLLECTIVE,)),
    )


@pytest.fixture(scope="module")
def _round(written_once, _province):
    with written_once(lambda: start_round(pickle.loads(_province))) as kept:
        yield kept


@pytest.fixture
def round_of(province, _round):
    """The round as objects that no other test has touched."""
    return pickle.loads(_round) if _round else start_round(province)


def full_answers(review):
    """An answer to every item of the review's form, by section key, as `whole_text` gives it."""
    found = {}
    for section in review.form["sections"]:
        content = {}
        for item in section["items"]:
            value = {
                "text": {"text": f"Nội dung mục {item['key']}"},
                "level": {"level": "good"},
                "grade_choice": {"grade": "good"},
            }[item["kind"]]
            content[item["key"]] = value
        found[section["key"]] = content
    return found
