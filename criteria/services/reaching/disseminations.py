"""Disseminations: drafted, sent out, studied by an act of one's own or recorded with the attendance list, closed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from criteria.models import Acknowledgement, Dissemination, DisseminationUnit, Framework, Regulation
from criteria.selectors.reaching import disseminations as selectors
from criteria.services.bodies import locked_draft, refuse_stranger
from criteria.services.reaching.letters import accounts_leading
from orgs.models import FilePurpose, Forbidden, ManagingAuthority, Person, Refusal, Unit, User, record
from orgs.selectors.unit_tree import UnitTree
from orgs.services import audit, files, transitions
from orgs.services.messages import Letter, tell


@dataclass(frozen=True)
class DisseminationWords:
    """What the letter says: one text, regulation or framework, what to study of it, number and day, the last day."""

    title: str
    regulation: Regulation | None = None
    framework: Framework | None = None
    materials: str = ""
    number: str = ""
    sent_on: date | None = None
    due_on: date | None = None


@dataclass(frozen=True)
class Session:
    """A sitting at which people studied together: its day, its name, its attendance list."""

    studied_on: date
    session: str
    attendance: UploadedFile | None


@transaction.atomic
def create_dissemination(
    *,
    issuer: Unit,
    words: DisseminationWords,
    bodies: Iterable[Unit],
    actor: User,
    upload: UploadedFile | None = None,
    is_demo: bool = False,
) -> Dissemination:
    """A draft of `issuer` addressed to `bodies`. Refusal names the field, Forbidden a stranger."""
    refuse_stranger(actor=actor, body=issuer)
    row = Dissemination(issuer=issuer, is_demo=is_demo)
    transitions.start(row, "dissemination")
    _fill(row, words)
    row.save()
    _address(row, bodies)
    _keep_material(row, upload, actor)
    record_act(row, "dissemination.created", actor, bodies=row.units.count())
    return row


@transaction.atomic
def update_dissemination(
    *,
    dissemination: Dissemination,
    words: DisseminationWords,
    bodies: Iterable[Unit],
    actor: User,
    version: int,
    upload: UploadedFile | None = None,
) -> Dissemination:
    """Write the whole draft; its bodies become exactly `bodies`, a file is added to the others."""
    refuse_stranger(actor=actor, body=dissemination.issuer)
    row = locked_draft(dissemination, version=version)
    _fill(row, words)
    row.version += 1
    row.save()
    _address(row, bodies)
    _keep_material(row, upload, actor)
    record_act(row, "dissemination.updated", actor, version=row.version, bodies=row.units.count())
    return row


@transaction.atomic
def acknowledge(*, dissemination: Dissemination, actor: User) -> Acknowledgement:
    """One's own act: I have studied it, today. Forbidden to who is not asked; a second time changes nothing."""
    row = _locked_open(dissemination)
    body = selectors.body_of(row, actor)
    if body is None:
        raise Forbidden(_("You are not among those who are asked to study this."))
    made, is_new = Acknowledgement.objects.get_or_create(
        dissemination=row,
        person_id=actor.person_id,
        defaults={"unit": body.unit, "studied_on": timezone.localdate()},
    )
    if is_new:
        record_act(row, "dissemination.acknowledged", actor, unit=body.unit.code)
    return made


@transaction.atomic
def record_session(
    *, dissemination: Dissemination, unit: Unit, people: Iterable[Person], session: Session, actor: User
) -> list[Acknowledgement]:
    """What a secretary records after a sitting of the body: who studied, by the attendance list; answers the new ones.

    Who has studied already keeps what stands. Refusal without a list, for a future day, for a person of another body.
    """
    if not selectors.keeps(actor, unit, fresh=True):
        raise Forbidden(_("Only the head, the secretary or an officer of “%(body)s” records this.") % {"body": unit})
    row = _locked_open(dissemination)
    body = row.units.filter(unit=unit).first()
    if body is None:
        raise Refusal(_("“%(body)s” is not addressed.") % {"body": unit})
    _refuse_wrong_session(session)
    done = set(row.acknowledgements.values_list("person_id", flat=True))
    chosen = [person for person in _of_body(unit, people) if person.pk not in done]
    if not chosen:
        raise Refusal(_("Everybody chosen has studied it already."), field="people")
    kept = files.store_file(
        upload=session.attendance,
        purpose=FilePurpose.SOURCE,
        owner=actor,
        object_type=selectors.BODY_LABEL,
        object_id=str(body.uuid),
    )
    made = Acknowledgement.objects.bulk_create(
        Acknowledgement(
            dissemination=row,
            person=person,
            unit=unit,
            studied_on=session.studied_on,
            session=session.session,
            attendance=kept,
            recorded_by=actor,
        )
        for person in chosen
    )
    record_act(row, "dissemination.recorded", actor, unit=unit.code, people=len(made), sha256=kept.sha256)
    return made


def on_open(dissemination: Dissemination, *, actor: User, **data: Any) -> None:
    """The heads of the addressed bodies are told; everybody else finds the task on his own page."""
    bodies = Unit.objects.without_tree_fields().filter(disseminated__dissemination=dissemination)
    address = reverse("criteria:dissemination_detail", args=[dissemination.uuid])
    subject = _("To be studied in your body: %(title)s") % {"title": dissemination.title}
    tell(
        Letter(user, subject, f"dissemination:{dissemination.pk}", url=address, due_on=dissemination.due_on)
        for user in accounts_leading(bodies)
    )


def register() -> None:
    """Register the consequence of sending out; called from `AppConfig.ready`."""
    transitions.register_consequence("dissemination.open", on_open)


def _fill(row: Dissemination, words: DisseminationWords) -> None:
    if not words.title.strip():
        raise Refusal(_("Say what is to be studied."), field="title")
    if bool(words.regulation) == bool(words.framework):
        raise Refusal(_("Choose either a regulation or a framework."), field="regulation")
    if words.framework and words.framework.state != "issued":
        raise Refusal(_("Only an issued framework is given out to be studied."), field="framework")
    if words.sent_on and words.due_on and words.due_on < words.sent_on:
        raise Refusal(_("The last day must not come before the letter."), field="due_on")
    for name in ("title", "regulation", "framework", "materials", "number", "sent_on", "due_on"):
        setattr(row, name, getattr(words, name))


def _address(row: Dissemination, bodies: Iterable[Unit]) -> None:
    wanted = {unit.pk: unit for unit in bodies}
    refuse_outside(row.issuer, wanted)
    # Nothing was sent yet: the rows are only the choice.
    row.units.exclude(unit__in=wanted).delete()
    known = set(row.units.values_list("unit_id", flat=True))
    DisseminationUnit.objects.bulk_create(
        DisseminationUnit(dissemination=row, unit=unit) for pk, unit in wanted.items() if pk not in known
    )


def refuse_outside(issuer: Unit, bodies: dict[int, Unit]) -> None:
    """The topmost bodies and who advises on cadres address the whole province, any other what stands below it."""
    if issuer.parent_id is None or ManagingAuthority.objects.filter(advisory_unit=issuer).exists():
        return
    below = UnitTree().subtree([issuer.pk])
    if outside := next((unit for pk, unit in bodies.items() if pk not in below), None):
        raise Refusal(
            _("“%(body)s” does not stand below “%(issuer)s”.") % {"body": outside, "issuer": issuer}, field="units"
        )


def _keep_material(row: Dissemination, upload: UploadedFile | None, actor: User) -> None:
    if upload is not None:
        files.store_file(
            upload=upload,
            purpose=FilePurpose.SOURCE,
            owner=actor,
            object_type=selectors.LABEL,
            object_id=str(row.uuid),
        )


def _locked_open(dissemination: Dissemination) -> Dissemination:
    row = Dissemination.objects.select_for_update(of=("self",)).select_related("issuer").get(pk=dissemination.pk)
    if row.state != selectors.OPEN:
        raise Refusal(_("“%(title)s” is not under way: nothing is recorded any more.") % {"title": row})
    return row


def _refuse_wrong_session(session: Session) -> None:
    if session.studied_on > timezone.localdate():
        raise Refusal(_("The sitting lies in the future."), field="studied_on")
    if not record.nfc(session.session):
        raise Refusal(_("Name the sitting."), field="session")
    if session.attendance is None:
        raise Refusal(_("Attach the attendance list."), field="attendance")


def _of_body(unit: Unit, people: Iterable[Person]) -> list[Person]:
    wanted = {person.pk: person for person in people}
    if not wanted:
        raise Refusal(_("Choose at least one person."), field="people")
    found = list(selectors.people_of(unit).filter(pk__in=wanted))
    if len(found) != len(wanted):
        strange = next(person for pk, person in wanted.items() if pk not in {row.pk for row in found})
        raise Refusal(_("%(person)s is not of “%(body)s”.") % {"person": strange, "body": unit}, field="people")
    return found


def record_act(row: Dissemination, action: str, actor: User, **facts: Any) -> None:
    """Keep an act on a dissemination in its history."""
    audit.record_event(
        actor=actor,
        action=action,
        object_type=Dissemination._meta.label,
        object_id=str(row.uuid),
        chain=row.chain,
        unit_path=row.issuer.code,
        facts=facts,
    )
