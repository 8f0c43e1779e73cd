"""Grades before the deciding body: pending within the quota, then frozen when the body's conclusion is confirmed."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orgs import access, roles
from orgs.guards import reason_of_own
from orgs.models import Forbidden, Refusal, Stale, User
from orgs.services import audit
from reviews.models import ConclusionLine, Grade, Rating
from reviews.selectors.grading import grounds as recorded
from reviews.selectors.grading.suggestions import Explained, explained_for, explained_now, frozen_data, is_better
from reviews.services.grading import quotas

PREPARING = (roles.RECORDER, roles.OFFICER)
NOTIFYING = (roles.OFFICER, roles.CONFIRMER)


@dataclass(frozen=True)
class PendingChoice:
    """A grade put before the body for one rating, as the form had it (`version` of the rating when it was opened)."""

    rating: Rating
    grade: str
    version: int
    ground: str = ""
    document: str = ""


@transaction.atomic
def set_pending(*, choices: Iterable[PendingChoice], actor: User) -> list[Rating]:
    """Put grades before the body, all or none; answers the ratings that changed.

    Refuses with the subject's name: a stale row, a rating that is not before the body, one's own rating, a grade unlike
    the suggestion without a ground, one above it without a document, more excellent than the quota allows.
    """
    asked = {choice.rating.pk: choice for choice in choices}
    changed: list[Rating] = []
    groups = set(Rating.objects.filter(pk__in=asked).values_list("group_id", flat=True))
    quotas.change_within_quota(group_ids=groups, change=lambda: changed.extend(_write_pending(asked, actor)))
    for rating in changed:
        audit.record_event(
            actor=actor,
            action="rating.pending",
            object_type=rating._meta.label,
            object_id=str(rating.uuid),
            chain=rating.chain,
            by=PREPARING,
            facts={"grade": rating.pending_grade, "document": rating.pending_document},
            texts={"ground": rating.pending_ground},
        )
    return changed


def _write_pending(asked: dict[int, PendingChoice], actor: User) -> list[Rating]:
    rows = list(Rating.objects.select_for_update(of=("self",)).filter(pk__in=asked).order_by("id"))
    rows = list(_complete(rows))
    _refuse_out_of_reach(rows, actor)
    suggestions = explained_for(rows)
    _refuse_groundless(rows, asked)
    changed = []
    for rating in rows:
        choice = asked[rating.pk]
        wanted = (choice.grade, choice.ground.strip(), choice.document.strip())
        if wanted == (rating.pending_grade, rating.pending_ground, rating.pending_document):
            continue
        _refuse(rating, choice, suggestions[rating.pk])
        rating.pending_grade, rating.pending_ground, rating.pending_document = wanted
        rating.version += 1
        rating.save(update_fields=["pending_grade", "pending_ground", "pending_document", "version"])
        changed.append(rating)
    return changed


def _refuse_groundless(rows: list[Rating], asked: dict[int, PendingChoice]) -> None:
    """Where the installation has switched it on: an excellent without any recorded ground asks for one sentence."""
    if not recorded.asks_for_sentence():
        return
    open_rows = [row for row in rows if row.state == "decision" and row.version == asked[row.pk].version]
    wanted = {row.pk: (asked[row.pk].grade, asked[row.pk].ground) for row in open_rows}
    lacking = recorded.without_sentence(wanted, recorded.grounds_for(open_rows))
    if rating := next((row for row in open_rows if row.pk in lacking), None):
        raise Refusal(
            _("%s: excellent, and no ground is recorded. Say in one sentence why.") % rating.subject,
            field=f"ground-{rating.uuid}",
        )


def _complete(rows: list[Rating]) -> Iterable[Rating]:
    related = ("cycle__regulation", "review__unit", "person", "collective", "organisation", "group")
    return Rating.objects.select_related(*related).filter(pk__in=[row.pk for row in rows]).order_by("id")


def _refuse_out_of_reach(rows: list[Rating], actor: User) -> None:
    viewer = access.viewer_of(actor, fresh=True)
    total = access.NOTHING
    for role in PREPARING:
        if (reach := access.reach_of("reviews.Rating", role, viewer)) is not None:
            total |= reach
    reached = set(
        access.within(Rating.objects.all(), total).filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True)
    )
    for rating in rows:
        if rating.pk not in reached:
            raise Forbidden(_("%s: you do not prepare the decisions of this body.") % rating.subject)
        if reason := reason_of_own(rating.person_id, actor):
            raise Forbidden(reason)


def _refuse(rating: Rating, choice: PendingChoice, found: Explained) -> None:
    name = str(rating.subject)
    if rating.version != choice.version:
        raise Stale(_("%s: somebody else has changed this row since you opened it.") % name)
    if rating.state != "decision":
        raise Stale(_("%s is not before the deciding body now.") % name)
    if choice.grade and choice.grade not in Grade.values:
        raise Refusal(_("%s: unknown grade.") % name)
    if not choice.grade or choice.grade == found.grade:
        return
    if not choice.ground.strip():
        raise Refusal(
            _("%(name)s: the grade differs from the suggestion (%(suggested)s). Give the ground.")
            % {"name": name, "suggested": Grade(found.grade).label if found.grade else _("none")},
            field=f"ground-{rating.uuid}",
        )
    if is_better(choice.grade, found.grade) and not choice.document.strip():
        raise Refusal(
            _("%s: above the suggestion only with a document. Give its number and date.") % name,
            field=f"document-{rating.uuid}",
        )


def freeze_decision(rating: Rating, *, actor: User, note: str = "", document_ref: str = "") -> None:
    """Consequence of `decide`: grade, facts and suggestion are frozen together on the rating."""
    found = explained_now([rating])[rating.pk]
    line = ConclusionLine.objects.select_related("conclusion").get(
        rating=rating, conclusion__state="confirmed", is_in_force=False, revoked_by_document=""
    )
    line.is_in_force = True
    line.save(update_fields=["is_in_force"])
    rating.decided_grade = line.grade
    rating.decided_on = line.conclusion.concluded_on
    rating.facts = found.facts
    rating.suggestion = frozen_data(rating, found) | {"grounds": recorded.frozen_grounds(rating)}
    rating.notified_at = rating.published_at = rating.read_by_subject_at = None
    rating.save(
        update_fields=[
            "decided_grade",
            "decided_on",
            "facts",
            "suggestion",
            "notified_at",
            "published_at",
            "read_by_subject_at",
        ]
    )


def reopen_decision(rating: Rating, *, actor: User, note: str = "", document_ref: str = "") -> None:
    """Consequence of `revoke` and `regrade`: the grade in force becomes a pending one, so the quota still counts it.

    Its line names the document by which it fell: that of the act, else that of the answer to the petition.
    """
    answered = rating.petitions.exclude(document="").values_list("document", flat=True).first()
    reference = document_ref or answered or note
    ConclusionLine.objects.filter(rating=rating, is_in_force=True).update(
        is_in_force=False, revoked_by_document=reference[:300]
    )
    rating.pending_grade = rating.decided_grade
    rating.decided_grade, rating.decided_on = "", None
    rating.notified_at = rating.published_at = rating.read_by_subject_at = None
    rating.save(
        update_fields=[
            "pending_grade",
            "decided_grade",
            "decided_on",
            "notified_at",
            "published_at",
            "read_by_subject_at",
        ]
    )


def leave_decision(rating: Rating, *, actor: User, note: str = "", document_ref: str = "") -> None:
    """Consequence of `return` and `postpone`: a pending grade falls away, which the ledger must survive."""
    if not rating.pending_grade:
        return

    def forget() -> None:
        rating.pending_grade = rating.pending_ground = rating.pending_document = ""
        rating.save(update_fields=["pending_grade", "pending_ground", "pending_document"])

    quotas.change_within_quota(group_ids=[rating.group_id], change=forget)


@transaction.atomic
def notify(*, ratings: Iterable[Rating], actor: User) -> list[Rating]:
    """Mark results as notified to subject and managers (once each), and the grade as published."""
    now = timezone.now()
    rows = list(
        Rating.objects.select_for_update(of=("self",))
        .select_related("cycle")
        .filter(pk__in=[row.pk for row in ratings], state="notice", notified_at=None)
        .order_by("id")
    )
    for rating in rows:
        rating.notified_at = rating.published_at = now
        rating.version += 1
        rating.save(update_fields=["notified_at", "published_at", "version"])
    for rating in rows:
        audit.record_event(
            actor=actor,
            action="rating.notify",
            object_type=rating._meta.label,
            object_id=str(rating.uuid),
            chain=rating.chain,
            by=NOTIFYING,
            facts={"grade": rating.decided_grade},
        )
    return rows
