"""Remark on somebody during the year, answer a remark, take one's own back."""

from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from orgs.models import Collective, Forbidden, Person, Refusal, Stale, User
from orgs.services import audit
from orgs.services.messages import Letter, tell
from registrations.models import RemarkKind, RunningRemark
from registrations.selectors.register import remarks as selectors
from registrations.selectors.works.registrations import closed_on


@transaction.atomic
def make_remark(*, subject: Person | Collective, kind: str, text: str, made_on: date, actor: User) -> RunningRemark:
    """Remark on a person or collective under the actor, and tell who it is about.

    Refuses: who is not the superior, an empty remark, an unknown kind, a day to come, a day of a closed year.
    """
    is_person = isinstance(subject, Person)
    found = selectors.people_to_remark(actor) if is_person else selectors.collectives_to_remark(actor)
    if not found.filter(pk=subject.pk).exists():
        raise Forbidden(_("Only the head and the officers of the managing body remark on %s.") % subject)
    if kind not in RemarkKind.values:
        raise Refusal(_("Choose what the remark says."), field="kind")
    if not text.strip():
        raise Refusal(_("Write the remark."), field="text")
    if made_on > timezone.localdate():
        raise Refusal(_("The day of the remark lies in the future."), field="made_on")
    if closed := closed_on(made_on.year):
        told = _("The cycle of %(year)s was closed on %(closed)s: a remark of that year changes nothing any more.")
        raise Refusal(told % {"year": made_on.year, "closed": f"{closed:%d/%m/%Y}"}, field="made_on")
    remark = RunningRemark.objects.create(
        person=subject if is_person else None,
        collective=None if is_person else subject,
        kind=kind,
        text=text.strip(),
        made_on=made_on,
        author=actor,
        author_office=selectors.office_of(actor)[:300],
    )
    _record(actor, "remark.make", remark, text=remark.text)
    _tell_subject(remark, _("A remark was made on your work"), "made")
    return remark


@transaction.atomic
def answer_remark(*, remark: RunningRemark, answer: str, version: int, actor: User) -> RunningRemark:
    """Answer a remark about oneself or the own collective; a later answer takes the place of the one before."""
    locked = _locked(remark, version)
    if not selectors.may_answer(actor, locked):
        raise Forbidden(_("Only whom the remark is about answers it."))
    if not answer.strip():
        raise Refusal(_("Write the answer."), field="answer")
    locked.answer, locked.answered_at, locked.answered_by = answer.strip(), timezone.now(), actor
    locked.version = version + 1
    locked.save(update_fields=["answer", "answered_at", "answered_by", "version"])
    _record(actor, "remark.answer", locked, answer=locked.answer)
    words = _("%s answered your remark") % locked.subject
    tell([Letter(locked.author, words, f"remark:{locked.uuid}:answer:{locked.version}", url=_address())])
    return locked


@transaction.atomic
def withdraw_remark(*, remark: RunningRemark, reason: str, version: int, actor: User) -> RunningRemark:
    """Take back a remark of one's own; it stays, with the reason, for who has read it."""
    locked = _locked(remark, version)
    if locked.author_id != actor.pk:
        raise Forbidden(_("Only who made the remark takes it back."))
    if not reason.strip():
        raise Refusal(_("Give the reason."), field="reason")
    locked.withdrawn_at, locked.withdrawal_reason, locked.version = timezone.now(), reason.strip(), version + 1
    locked.save(update_fields=["withdrawn_at", "withdrawal_reason", "version"])
    _record(actor, "remark.withdraw", locked, reason=locked.withdrawal_reason)
    _tell_subject(locked, _("A remark on your work was taken back"), "withdrawn")
    return locked


def _locked(remark: RunningRemark, version: int) -> RunningRemark:
    locked = RunningRemark.objects.select_for_update(of=("self",)).get(pk=remark.pk)
    if locked.version != version or locked.withdrawn_at:
        raise Stale(_("Somebody else has changed this remark since you opened it."))
    return locked


def _tell_subject(remark: RunningRemark, subject: str, key: str) -> None:
    if remark.person_id:
        users = User.objects.filter(person=remark.person_id, is_active=True)
    else:
        seats = remark.collective.memberships.current(timezone.localdate())
        users = User.objects.filter(person__in=seats.values("person"), is_active=True)
    tell(Letter(user, subject, f"remark:{remark.uuid}:{key}", url=_address()) for user in users)


def _address() -> str:
    return reverse("registrations:remark_list")


def _record(actor: User, action: str, remark: RunningRemark, **texts: str) -> None:
    audit.record_event(
        actor=actor,
        action=action,
        object_type=remark._meta.label,
        object_id=str(remark.uuid),
        facts={"kind": remark.kind, "made_on": remark.made_on},
        texts=texts,
    )
