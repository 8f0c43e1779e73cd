"""What goes on record about the conformity of a framework: texts the superior confirmed, breaches that may stand."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from criteria.models import ConformityException, Criterion, Framework, Level, LevelConfirmation
from criteria.selectors.frameworks import conforming
from criteria.selectors.frameworks.conforming import digest_of
from criteria.selectors.frameworks.framework_pages import ENDED
from criteria.services.bodies import refuse_stranger
from orgs import access, roles
from orgs.models import Forbidden, Refusal, User
from orgs.services import audit


@transaction.atomic
def confirm_level(
    *,
    criterion: Criterion,
    level: str,
    text_sha256: str,
    above_sha256: str,
    document: str,
    confirmed_on: date,
    actor: User,
) -> LevelConfirmation:
    """An officer of the parent's issuer confirms that the text seen does not loosen the level, beside the one above.

    Both texts are known by their digests: where the parent's changes later, the confirmation ends. Forbidden to others;
    Refusal where either text was changed meanwhile, waits for nothing, or no document is named.
    """
    framework = _locked(criterion.group.framework_id)
    if roles.SUPERIOR not in access.roles_on(actor, framework, fresh=True):
        raise Forbidden(_("Only an officer of the body that issued the framework above confirms this."))
    _refuse_ended(framework)
    _refuse_without_document(document)
    row = criterion.levels.filter(level=level).first()
    seen = (text_sha256, above_sha256)
    if row is None or (digest_of(row.text), digest_of(conforming.text_above(framework, row))) != seen:
        raise Refusal(_("The text was changed since you opened the page. Read it again, then confirm."))
    waiting = conforming.changed_levels(framework, conforming.result_of(framework)).values()
    if row not in waiting:
        raise Refusal(_("This text waits for no confirmation."))
    confirmed = LevelConfirmation.objects.create(
        criterion=criterion,
        level=level,
        text_sha256=text_sha256,
        above_sha256=above_sha256,
        document=document,
        confirmed_on=confirmed_on,
        confirmed_by=actor,
    )
    facts = {"criterion": criterion.code, "level": str(Level(level)), "document": document}
    facts |= {"text": text_sha256, "above": above_sha256}
    _record(framework, "framework.level_confirmed", actor, facts)
    return confirmed


@transaction.atomic
def record_exception(
    *, framework: Framework, code: str, path: str, document: str, reason: str, actor: User
) -> ConformityException:
    """A breach that may stand, with the document that allows it and the reason; `path` as the check names it by codes.

    Refusal where there is no such breach now, or document or reason is missing.
    """
    refuse_stranger(actor=actor, body=framework.issuer)
    row = _locked(framework.pk)
    _refuse_ended(row)
    _refuse_without_document(document)
    if not reason.strip():
        raise Refusal(_("Give the reason."), field="reason")
    if (code, path) not in {(breach.code, breach.named) for breach in conforming.standing_breaches(row)}:
        raise Refusal(_("There is no such departure from the framework above any more."))
    made = ConformityException.objects.create(
        framework=row, code=code, path=path, document=document, reason=reason, recorded_by=actor
    )
    facts = {"code": code, "path": path, "document": document}
    _record(row, "framework.exception_recorded", actor, facts, reason=reason)
    return made


def _locked(pk: int) -> Framework:
    rows = Framework.objects.select_for_update(of=("self",))
    return rows.select_related("issuer", "regulation", "parent__issuer", "parent__regulation").get(pk=pk)


def _refuse_ended(framework: Framework) -> None:
    if framework.state in ENDED:
        raise Refusal(
            _("The framework “%(framework)s” is issued and does not change. Copy it as a new version.")
            % {"framework": framework}
        )


def _refuse_without_document(document: str) -> None:
    if not document.strip():
        raise Refusal(_("Give the number and date of the document."), field="document")


def _record(framework: Framework, action: str, actor: User, facts: dict[str, str], **texts: str) -> None:
    audit.record_event(
        actor=actor,
        action=action,
        object_type=Framework._meta.label,
        object_id=str(framework.uuid),
        unit_path=framework.issuer.code,
        facts=facts,
        texts=texts,
    )
