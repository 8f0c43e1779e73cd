"""A framework above has changed: each body below keeps, amends or replaces its own (letter 1823-CV/TU, 2.3)."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from criteria.models import Framework, Revisit, RevisitDecision
from criteria.selectors import preparers
from criteria.selectors.frameworks import revisits as selectors
from criteria.selectors.heads import heads_of
from criteria.services.frameworks.frameworks import draft_below, draft_next_edition
from orgs.models import Forbidden, Refusal, Stale, User
from orgs.services import audit, messages

DAYS = 30


def default_due(on: date) -> date:
    """Until when the bodies look again where nobody said otherwise: thirty days."""
    return on + timedelta(days=DAYS)


def ask_revisits(
    *, framework: Framework, successor: Framework | None, on: date, due_on: date, actor: User
) -> list[Revisit]:
    """One for each issued framework below, with the head of its issuer by name; each head gets a message.

    A framework that was kept when an earlier version went stands below the one that took its place.
    """
    kept = Revisit.objects.filter(parent_after=framework, decision=RevisitDecision.KEEP).values("framework")
    below = Framework.objects.filter(Q(parent=framework) | Q(pk__in=kept), state="issued")
    children = list(below.select_related("issuer").order_by("pk"))
    heads = heads_of((row.issuer_id for row in children), on)
    asked = [
        Revisit(
            framework=row,
            parent_before=framework,
            parent_after=successor,
            head=heads.get(row.issuer_id),
            asked_on=on,
            due_on=due_on,
        )
        for row in children
    ]
    Revisit.objects.bulk_create(asked)
    _tell(asked)
    for row in asked:
        _record(row, "revisit.asked", actor, due_on=due_on)
    return asked


@transaction.atomic
def decide_revisit(*, revisit: Revisit, decision: str, reason: str, version: int, actor: User) -> Revisit:
    """Keep the framework, amend it (a draft of its next edition), or replace it (a draft from the new parent).

    The head of the body decides, or who prepares for it (letter 1823-CV/TU, 2.3: the head answers for the review); its
    officers write the draft, and learn of a decision that is not their own. Forbidden for others; Stale where somebody
    else has decided it; Refusal without a reason, or without a new parent to replace by.
    """
    row = (
        Revisit.objects.select_for_update(of=("self",))
        .select_related("framework__issuer", "parent_after")
        .get(pk=revisit.pk)
    )
    if not selectors.decides(actor, row):
        raise Forbidden(_("Only who prepares for the body, and its head, decide."))
    if row.version != version or row.decision:
        raise Stale(_("Somebody else has decided this since you opened it."))
    if not reason.strip():
        raise Refusal(_("Give the reason."), field="reason")
    row.successor = _successor(row, decision, actor)
    row.decision, row.reason, row.decided_on, row.decided_by = decision, reason, timezone.localdate(), actor
    row.version += 1
    row.save()
    _record(row, "revisit.decided", actor, decision=decision)
    _tell_officers(row, actor)
    return row


def _successor(row: Revisit, decision: str, actor: User) -> Framework | None:
    if decision == RevisitDecision.AMEND:
        return draft_next_edition(framework=row.framework, parent=row.parent_after, actor=actor)
    if decision == RevisitDecision.REPLACE:
        if row.parent_after is None or row.parent_after.state != "issued":
            raise Refusal(
                _("No framework has taken the place of the one above: keep or amend yours."), field="decision"
            )
        return draft_below(framework=row.parent_after, issuer=row.framework.issuer, actor=actor)
    if decision != RevisitDecision.KEEP:
        raise Refusal(_("Choose one of the three decisions."), field="decision")
    return None


def _tell(asked: list[Revisit]) -> None:
    accounts = User.objects.filter(is_active=True, person__in=[row.head_id for row in asked if row.head_id])
    by_person = {user.person_id: user for user in accounts}
    messages.tell(
        messages.Letter(
            recipient=by_person[row.head_id],
            subject=_("To be reviewed: “%(framework)s”") % {"framework": row.framework},
            body=_(
                "“%(parent)s”, which it concretises, is no longer in force. Keep, amend or replace it until %(day)s."
            )
            % {"parent": row.parent_before, "day": f"{row.due_on:%d/%m/%Y}"},
            url=reverse("criteria:revisit_detail", args=[row.uuid]),
            dedup_key=f"revisit:{row.uuid}",
            due_on=row.due_on,
        )
        for row in asked
        if row.head_id in by_person
    )


def _tell_officers(row: Revisit, actor: User) -> None:
    page = row.successor or row.framework
    words = {"framework": row.framework, "decision": row.get_decision_display()}
    messages.tell(
        messages.Letter(
            recipient=user,
            subject=_("Decided on “%(framework)s”: %(decision)s") % words,
            body=row.reason,
            url=reverse("criteria:framework_detail", args=[page.uuid]),
            dedup_key=f"revisit:{row.uuid}:decided",
        )
        for user in preparers.officers_of(row.framework.issuer_id)
        if user.pk != actor.pk
    )


def _record(row: Revisit, action: str, actor: User, **facts: object) -> None:
    audit.record_event(
        actor=actor,
        action=action,
        object_type=Revisit._meta.label,
        object_id=str(row.uuid),
        unit_path=row.framework.issuer.code,
        facts={"framework": str(row.framework.uuid), "parent": str(row.parent_before.uuid), **facts},
        texts={"reason": row.reason},
    )
