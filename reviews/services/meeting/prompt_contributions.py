"""What other bodies contribute to a prompt list: asked, given by themselves or on paper, or waived with a reason."""

from dataclasses import dataclass
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orgs import access, roles
from orgs.models import FilePurpose, Forbidden, Refusal, Stale, Unit, User
from orgs.services import files
from reviews.models import ContributionStatus, PromptContribution, PromptList
from reviews.selectors.meeting.prompt_lists import answers_for
from reviews.services import announcements
from reviews.services.meeting import prompt_lists


@dataclass(frozen=True)
class Given:
    """A contribution as it came; `document` names the paper where it came on paper."""

    text: str
    given_on: date
    document: str = ""


@transaction.atomic
def ask_contribution(
    *, prompt_list: PromptList, unit: Unit, actor: User, question: str = "", due_on: date | None = None
) -> PromptContribution:
    """Ask a body whom it would prompt and on what; it is told at once.

    Refuses: who is no officer of the advisory body, a list that is not being prepared, the advisory body itself, a body
    that was asked already, a last day in the past.
    """
    row = _list_of(prompt_list, actor)
    if unit.pk == row.advisory_unit_id:
        raise Refusal(_("Your own body prepares the list; it is not asked."), field="unit")
    if due_on and due_on < timezone.localdate():
        raise Refusal(_("The last day lies in the past."), field="due_on")
    try:
        with transaction.atomic():
            found = PromptContribution.objects.create(
                prompt_list=row, unit=unit, question=question.strip(), due_on=due_on, asked_by=actor
            )
    except IntegrityError:
        raise Refusal(_("%s was asked already.") % unit, field="unit") from None
    announcements.tell_contribution_asked(found)
    prompt_lists.record_act(actor, "prompt_list.ask", row, unit=str(unit), due_on=due_on)
    return found


@transaction.atomic
def give_contribution(
    *, contribution: PromptContribution, given: Given, version: int, actor: User, upload: UploadedFile | None = None
) -> PromptContribution:
    """Give what was asked: by the body itself here, or entered by the officer from its paper, which is then named.

    Refuses: anybody else, a list that went on, neither text nor file, a paper without its number, a day to come.
    """
    row = _locked(contribution, version)
    is_own = answers_for(actor, row)
    if not is_own:
        _list_of(row.prompt_list, actor)
    prompt_lists.refuse_closed(row.prompt_list)
    if not given.text.strip() and upload is None:
        raise Refusal(
            _("Write the contribution, or attach its document. “Nothing to prompt” is an answer too."), field="text"
        )
    if not is_own and not given.document.strip():
        raise Refusal(_("Give the number and date of the document."), field="document")
    if given.given_on > timezone.localdate():
        raise Refusal(_("The day lies in the future."), field="given_on")
    row.text, row.document, row.given_on = given.text.strip(), given.document.strip(), given.given_on
    row.status, row.given_by, row.version = ContributionStatus.GIVEN, actor, version + 1
    if upload is not None:
        row.file = files.store_file(
            upload=upload,
            purpose=FilePurpose.OPINION,
            owner=actor,
            object_type=row._meta.label,
            object_id=str(row.uuid),
        )
    row.save()
    prompt_lists.record_act(
        actor,
        "prompt_list.contribute",
        row.prompt_list,
        texts={"text": row.text},
        unit=str(row.unit),
        document=row.document,
    )
    return row


@transaction.atomic
def waive_contribution(*, contribution: PromptContribution, reason: str, version: int, actor: User) -> None:
    """Go on without a contribution, for a reason that stays with the list."""
    row = _locked(contribution, version)
    _list_of(row.prompt_list, actor)
    if row.status != ContributionStatus.ASKED:
        raise Stale(_("This contribution came in meanwhile."))
    if not reason.strip():
        raise Refusal(_("Give the reason of the waiver."), field="waiver_reason")
    row.status, row.waiver_reason, row.version = ContributionStatus.WAIVED, reason.strip(), version + 1
    row.save(update_fields=["status", "waiver_reason", "version"])
    prompt_lists.record_act(
        actor, "prompt_list.waive", row.prompt_list, texts={"reason": row.waiver_reason}, unit=str(row.unit)
    )


def _list_of(prompt_list: PromptList, actor: User) -> PromptList:
    rows = PromptList.objects.select_for_update(of=("self",)).select_related("cycle", "authority", "advisory_unit")
    row = rows.get(pk=prompt_list.pk)
    if roles.OFFICER not in access.roles_on(actor, row, fresh=True):
        raise Forbidden(_("You do not prepare the prompts of this body."))
    prompt_lists.refuse_closed(row)
    return row


def _locked(contribution: PromptContribution, version: int) -> PromptContribution:
    rows = PromptContribution.objects.select_for_update(of=("self",))
    row = rows.select_related("prompt_list__cycle", "prompt_list__authority", "unit").get(pk=contribution.pk)
    if row.version != version:
        raise Stale(_("Somebody else has changed this contribution since you opened it."))
    return row
