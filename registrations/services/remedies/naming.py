"""Name a shortcoming: the act of a round (a meeting, a prompt, a decision) that found it makes it a row."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from criteria.models import Cycle
from orgs.models import Collective, Person, Refusal, Unit, User
from orgs.services import transitions
from registrations.models import Origin, Shortcoming
from registrations.services.register.facts import FIELD_OF, record_fact

Subject = Person | Collective | Unit


@dataclass(frozen=True)
class NamedIn:
    """What named it: its kind, the record ("reviews.PromptItem", its uuid), and that record in words that stay."""

    kind: str
    object_type: str
    object_id: str
    title: str


@dataclass(frozen=True)
class Plan:
    """What is to be done about it, by whom and until when; all of it may still be open."""

    measure: str = ""
    owner: Person | None = None
    due_on: date | None = None


NOTHING_PLANNED = Plan()


@transaction.atomic
def name_shortcoming(
    *,
    subject: Subject,
    text: str,
    named_in: NamedIn,
    document: str,
    document_on: date,
    actor: User,
    cycle: Cycle | None = None,
    plan: Plan = NOTHING_PLANNED,
) -> Shortcoming:
    """Name a shortcoming of `subject` in the act of another record, and answer its row; who may is asked by that act.

    Named again by the same record in the same words, the row that stands is answered and nothing is written. It counts
    from the cycle after `cycle` on. Refuses: no text, no document, a document of a day to come, a date to mend it by
    that lies before the document.
    """
    if not text.strip():
        raise Refusal(_("Write what was named."), field="text")
    if not document.strip():
        raise Refusal(_("Give the number and date of the document: nothing is a fact without one."), field="document")
    if document_on > timezone.localdate():
        raise Refusal(_("The date of the document lies in the future."), field="document_on")
    refuse_plan(plan, document_on)
    # One after another for a subject: two pages that name the same at once would both find nothing standing.
    type(subject)._base_manager.select_for_update(no_key=True).get(pk=subject.pk)
    if standing := _standing(subject, text, named_in):
        return standing
    row = Shortcoming(
        **{FIELD_OF[type(subject)]: subject},
        text=text.strip(),
        document=document.strip(),
        document_on=document_on,
        origin=Origin(named_in.kind),
        origin_type=named_in.object_type,
        origin_id=named_in.object_id,
        origin_title=named_in.title[:300],
        cycle=cycle,
        measure=plan.measure.strip(),
        owner=plan.owner,
        due_on=plan.due_on,
        entered_by=actor,
    )
    transitions.start(row, "remedy")
    row.save(force_insert=True)
    record_fact(actor, "remedy.name", row, origin=row.origin, named_in=row.origin_title, document=row.document)
    return row


def refuse_plan(plan: Plan, named_on: date) -> None:
    """Raise `Refusal` where the date to mend it by lies before the day on which it was named."""
    if plan.due_on and plan.due_on < named_on:
        raise Refusal(_("It cannot be mended by a day before it was named."), field="due_on")


def _standing(subject: Subject, text: str, named_in: NamedIn) -> Shortcoming | None:
    rows = Shortcoming.objects.filter(
        **{FIELD_OF[type(subject)]: subject}, origin_type=named_in.object_type, origin_id=named_in.object_id
    )
    return rows.filter(text=text.strip()).exclude(state="withdrawn").first()
