"""Notice of results to subjects and managers, and publication of the grade (Điều 15.2 QĐ 124-QĐ/TW)."""

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from orgs import access, roles
from orgs.models import Appointment, Forbidden, Membership, Stale, User
from orgs.models.names import fold
from orgs.services import audit
from orgs.services.messages import Letter, tell
from reviews.models import Conclusion, Rating
from reviews.selectors.grading.ratings import is_told
from reviews.services.grading.decisions import notify


def to_notify(conclusion: Conclusion, user: User) -> QuerySet[Rating]:
    """What this conclusion decided, was not notified yet, and is for `user` to notify."""
    viewer = access.viewer_of(user)
    return _waiting(conclusion).filter(
        Q(appraising_unit__in=viewer.units_of(roles.OFFICER))
        | Q(deciding_collective__in=viewer.collectives_of(roles.CONFIRMER))
    )


def _waiting(conclusion: Conclusion) -> QuerySet[Rating]:
    return Rating.objects.filter(decisions__conclusion=conclusion, decisions__is_in_force=True, notified_at=None)


@transaction.atomic
def notify_conclusion(*, conclusion: Conclusion, actor: User) -> int:
    """Notify what this conclusion decided and was not notified yet; answers how many. The officer does it."""
    access.viewer_of(actor, fresh=True)
    mine = list(to_notify(conclusion, actor))
    if not mine and _waiting(conclusion).exists():
        raise Forbidden(_("Only the officer of the appraising body notifies these results."))
    done = notify(ratings=mine, actor=actor)
    full = Rating.objects.filter(pk__in=[rating.pk for rating in done]).select_related(
        "cycle", "person__account", "collective", "organisation", "deciding_collective", "review"
    )
    tell(letter for rating in full for letter in _letters(rating))
    return len(done)


@transaction.atomic
def confirm_reading(*, rating: Rating, actor: User) -> Rating:
    """The subject states once that he read the result; whoever stands in for him or appraises him cannot.

    Said again, it stays as it was. Raises `Forbidden` for anybody else, `Stale` when the result is not his to read (any
    more).
    """
    row = Rating.objects.select_for_update(of=("self",)).select_related("cycle").get(pk=rating.pk)
    if row.person_id is None or row.person_id != actor.person_id:
        raise Forbidden(_("Only the subject confirms having read the result."))
    if not is_told(actor, row):
        raise Stale(_("This result is not notified now."))
    if row.read_by_subject_at is None:
        row.read_by_subject_at = timezone.now()
        row.save(update_fields=["read_by_subject_at"])
        audit.record_event(
            actor=actor,
            action="rating.read",
            object_type=row._meta.label,
            object_id=str(row.uuid),
            chain=row.chain,
            role=roles.SUBJECT,
            unit_path=row.unit_path,
            facts={"grade": row.decided_grade},
        )
    return row


def _letters(rating: Rating) -> list[Letter]:
    subject = _("%(cycle)s: %(name)s was rated “%(grade)s”.") % {
        "cycle": rating.cycle.title,
        "name": rating.subject,
        "grade": rating.get_decided_grade_display(),
    }
    body = _("Decided by %(body)s on %(day)s.") % {
        "body": rating.deciding_collective,
        "day": rating.decided_on.strftime("%d/%m/%Y"),
    }
    url = reverse("reviews:rating_detail", args=[rating.uuid])
    key = f"result:{rating.uuid}:{rating.decided_on}:{rating.decided_grade}"
    return [Letter(user, subject, key, body, url, is_urgent=True) for user in _recipients(rating)]


def _recipients(rating: Rating) -> list[User]:
    """The subject; for a person also who directly manages him, for a collective its members."""
    if rating.person_id:
        unit = rating.review.unit_id if rating.review_id else None
        heads = Appointment.objects.filter(unit=unit, is_head=True, ended_on=None).values("person")
        people = Q(person=rating.person_id) | Q(person__in=heads)
    elif rating.collective_id:
        people = Q(
            person__in=Membership.objects.filter(collective=rating.collective_id, ended_on=None).values("person")
        )
    else:
        heads = Appointment.objects.filter(unit=rating.organisation_id, is_head=True, ended_on=None).values("person")
        people = Q(person__in=heads)
    return list(User.objects.filter(people, is_active=True))


def matching(rows: QuerySet[Rating], text: str) -> QuerySet[Rating]:
    """Ratings whose subject matches a search without accents."""
    folded = fold(text)
    return rows.filter(
        Q(person__search__contains=folded)
        | Q(organisation__search__contains=folded)
        | Q(collective__unit__search__contains=folded)
    )
