"""Acts on ratings: grades, opinions, circumstances, quota, conclusion, notice and petition."""

from decimal import Decimal

from criteria.models import Cycle, Regulation
from orgs.models import RatingKind
from reviews.models import Circumstance, CircumstanceKind, Opinion, OpinionKind, PeerGroup, Petition, Rating
from reviews.selectors.grading.stated_levels import sheet_of
from reviews.services.grading import (
    circumstances,
    conclusions,
    decisions,
    former_comments,
    gradings,
    levels,
    notices,
    opinions,
    petitions,
    points,
    quotas,
    rating_tasks,
)
from reviews.services.papers import replays
from tests.access.played import listings
from tests.access.played.acts.act import DOCUMENT, Act, put


def at(made, state, **values):
    """The rating of An as cadre, taken back to a step before its decision."""
    return put(made.rating("an", RatingKind.CADRE), state, **{"decided_grade": "", "pending_grade": "", **values})


def graded(made, late):
    rating = at(made, "appraisal")
    opinion = gradings.Opinion("completed", "Còn khuyết điểm.", made.today)
    return {"rating": rating, "step": "appraisal", "opinion": opinion, "version": rating.version - late}


def pending(made, late):
    rating = at(made, "decision")
    choice = decisions.PendingChoice(
        rating, "completed", rating.version - late, ground="Đã khắc phục.", document=DOCUMENT
    )
    return {"choices": [choice]}


def concluded(made, late):
    rating = at(made, "decision", pending_grade="good")
    session = conclusions.Session("77-KL/TU", made.today, made.today, "Bùi Thị Quỳnh Vân", "BÍ THƯ")
    return {
        "cycle": made.cycle,
        "collective": made.province.collectives["BTV-TU"],
        "session": session,
        "ratings": [rating],
        "seen": {rating.pk: rating.version - late},
    }


def exception(made, late):
    ledger = made.rating("an", RatingKind.CADRE).group.ledger
    return {"ledger": ledger, "allowed": 2, "document": DOCUMENT, "version": ledger.version - late}


def party_share(made, late):
    group = made.rating("an", RatingKind.CADRE).group
    decree = Regulation.objects.get(key="90/2020/NĐ-CP@2020-08-13")
    PeerGroup.objects.filter(pk=group.pk).update(regulation=decree)
    words = {"percent": Decimal(20), "document": DOCUMENT}
    return {"ledger": group.ledger, "version": group.ledger.version - late, **words}


def stated_points(made, late):
    rating = at(made, "appraisal", regulation=Regulation.objects.get(key="366-QĐ/TW@2025-08-30"))
    words = {"common": Decimal(28), "results": Decimal(60), "document": DOCUMENT}
    return {"rating": rating, "version": rating.version - late, **words}


def stated_levels(made, late):
    rating = at(made, "appraisal")
    chosen = {row.key: "good" for row in sheet_of(rating).questions}
    return {"rating": rating, "version": rating.version - late, "levels": chosen, "document": DOCUMENT}


def replay(made, _late):
    cycle = put(Cycle.objects.get(pk=made.cycle.pk), "closed")
    return {"cycle": cycle, "regulation": Regulation.objects.get(key="132-QĐ/TW@2018-03-08")}


def notice(made, _late):
    conclusion = next(row for row in made.conclusions if row.lines.filter(rating__appraising_unit__code="BTCTU"))
    Rating.objects.filter(decisions__conclusion=conclusion).update(notified_at=None, published_at=None)
    return {"conclusion": conclusion}


def told(made, _late):
    return {"rating": made.rating("an", RatingKind.CADRE)}


def petition(made, late):
    rating = made.rating("an", RatingKind.CADRE)
    return {"rating": rating, "text": "Đề nghị xem xét lại.", "version": rating.version - late}


def answered(made, _late):
    rating = put(made.rating("an", RatingKind.CADRE), "petition")
    row = Petition.objects.create(rating=rating, text="Đề nghị.", filed_by=made.user("an"), filed_on=made.today)
    return {"petition": row, "answer": "Giữ nguyên mức xếp loại.", "document": DOCUMENT}


def circumstance(made, late):
    rating = at(made, "appraisal")
    kind = next(value for value in CircumstanceKind.values if not rating.circumstances.filter(kind=value))
    words = {"kind": kind, "document": DOCUMENT, "document_on": None}
    return {"rating": rating, "version": rating.version - late, **words}


def circumstance_standing(made, late):
    rating = at(made, "appraisal")
    row = Circumstance.objects.get(rating=rating, withdrawn_at=None)
    return {"circumstance": row, "document": DOCUMENT, "version": rating.version - late}


def new_opinion(made, _late):
    return {"rating": at(made, "appraisal"), "kind": OpinionKind.RELATED_BODY, "body_name": "Sở Tài chính"}


def asked(made, late, **more):
    row = Opinion.objects.create(
        rating=at(made, "appraisal"), kind=OpinionKind.RELATED_BODY, body_name="Sở X", entered_by=made.user("giang")
    )
    return {"opinion": row, "version": row.version - late, **more}


def received(made, late):
    return asked(made, late, received=opinions.Received("Nhất trí.", DOCUMENT, made.today))


def commented(made, late):
    row = Opinion.objects.create(
        rating=at(made, "appraisal"), kind=OpinionKind.FORMER_PLACE, unit=made.province.units["SYT"],
        entered_by=made.user("giang"),
    )  # fmt: skip
    words = opinions.Received("Hoàn thành tốt nhiệm vụ.", DOCUMENT, made.today)
    return {"opinion": row, "version": row.version - late, "received": words}


def state_grade(made, late):
    rating = at(made, "appraisal")
    words = {"status": opinions.KNOWN, "grade": "good", "document": DOCUMENT}
    return {"rating": rating, "version": rating.version - late, **words}


def organisation(made, late):
    rating = listings.copied(
        made.rating("TT-SKH"), kind=RatingKind.ORGANISATION, collective=None, review=None, decided_grade="",
        organisation=made.province.units["SKH"], subject_kind="organisation", state="appraisal",
    )  # fmt: skip
    return {"rating": rating, "tallies": {}, "version": 0 - late, "document_ref": DOCUMENT}


ACTS = (
    Act(gradings.write_grade, "giang", graded),
    Act(decisions.set_pending, "lan", pending),
    Act(conclusions.record_conclusion, "lan", concluded),
    Act(quotas.record_exception, "lan", exception),
    Act(quotas.record_party_share, "lan", party_share),
    Act(points.state_points, "giang", stated_points),
    Act(levels.state_levels, "giang", stated_levels),
    Act(notices.notify_conclusion, "giang", notice),
    Act(notices.confirm_reading, "an", told),
    Act(petitions.file_petition, "an", petition),
    Act(petitions.answer_petition, "minh", answered),
    Act(circumstances.add_circumstance, "giang", circumstance),
    Act(circumstances.withdraw_circumstance, "giang", circumstance_standing),
    Act(opinions.ask_opinion, "giang", new_opinion, again=True),
    Act(opinions.receive_opinion, "giang", received),
    Act(opinions.waive_opinion, "giang", lambda made, late: asked(made, late, reason="Cơ quan đã giải thể.")),
    Act(former_comments.give_comment, "dung", commented),
    Act(opinions.set_state_grade, "giang", state_grade),
    Act(rating_tasks.state_rating_tasks, "ha", organisation),
)
# It writes beside the round and decides upon nobody.
REPORTS = (Act(replays.start_replay, "giang", replay, again=True),)
