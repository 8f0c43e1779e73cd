"""The agenda of a session in the legal order, and who is summoned to it."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import F

from reviews.models import AgendaItem, Attendance, Meeting, MeetingMode
from reviews.selectors.meeting.meetings import in_legal_order, reviews_to_hear

OUT_OF_THE_WAY = 100_000


@transaction.atomic
def refresh_agenda(meeting: Meeting) -> None:
    """Put what is still to be heard on the agenda of a session that has not closed, and its subjects on the summons.

    Nothing leaves the agenda; what was not heard yet is put in the legal order behind what was.
    """
    if meeting.mode == MeetingMode.RATING:
        return
    known = list(meeting.agenda.select_related("review__person", "review__collective"))
    heard = [item for item in known if item.is_heard]
    waiting = {review.pk: review for review in reviews_to_hear(meeting)}
    waiting |= {item.review_id: item.review for item in known if not item.is_heard}
    # Orders are unique within a session: the old ones are moved out of the way first.
    meeting.agenda.filter(is_heard=False).update(order=F("order") + OUT_OF_THE_WAY)
    first = max((item.order for item in heard), default=0) + 1
    for place, review in enumerate(in_legal_order(meeting, waiting.values()), start=first):
        AgendaItem.objects.update_or_create(meeting=meeting, review=review, defaults={"order": place})
    summon(meeting, [review.person_id for review in waiting.values() if review.person_id])


def summon(meeting: Meeting, person_ids: Iterable[int]) -> None:
    """Put people on the list of those summoned, each once."""
    known = set(meeting.attendance.values_list("person_id", flat=True))
    fresh = dict.fromkeys(pk for pk in person_ids if pk not in known)
    Attendance.objects.bulk_create(Attendance(meeting=meeting, person_id=pk) for pk in fresh)
