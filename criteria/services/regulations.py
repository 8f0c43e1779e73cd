"""Regulations into rows: those shipped with the product, loaded again and again without harm."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from criteria import rating, regulation
from criteria.models import FormRule, Regulation
from criteria.selectors import regulations as selectors
from orgs.models import Refusal
from orgs.services import audit

STEP = 10


@dataclass(frozen=True)
class LoadReport:
    """What loading did, by key; `refused` holds a sentence for each regulation that was left as it is."""

    created: tuple[str, ...]
    updated: tuple[str, ...]
    unchanged: tuple[str, ...]
    refused: tuple[str, ...]


def load_shipped() -> LoadReport:
    """Load every shipped regulation and, where a regulation has none, its rules of forms. Twice changes nothing."""
    done: dict[str, list[str]] = {"created": [], "updated": [], "unchanged": [], "refused": []}
    for key, data in regulation.shipped().items():
        try:
            outcome = store_regulation(data=data)
        except Refusal as refusal:
            done["refused"].append(refusal.message)
        else:
            done[outcome].append(key)
    return LoadReport(**{name: tuple(keys) for name, keys in done.items()})


@transaction.atomic
def store_regulation(*, data: regulation.Regulation) -> str:
    """Write one shipped regulation: "created", "updated" or "unchanged".

    Refusal when a cycle has used the row and its content would change, when the key is of a regulation made here, or
    when its rules do not fit the functions they name.
    """
    _refuse_unfit(data)
    content = regulation.to_data(data)
    digest = selectors.digest_of(content)
    row = Regulation.objects.select_for_update().filter(key=data.key).first()
    if row is not None and row.content_sha256 == digest:
        return "unchanged"
    if row is not None:
        _refuse_change(row)
    row = row or Regulation(key=data.key)
    outcome = "updated" if row.pk else "created"
    row.title, row.number = data.title, data.number
    row.issued_on, row.in_force_from, row.in_force_until = data.issued_on, data.in_force_from, data.in_force_until
    row.content, row.content_sha256, row.is_shipped = content, digest, True
    row.save()
    _write_form_rules(row, data)
    audit.record_event(
        actor=None,
        action=f"regulation.{outcome}",
        object_type=Regulation._meta.label,
        object_id=str(row.uuid),
        facts={"key": row.key, "sha256": digest},
    )
    return outcome


def _refuse_unfit(data: regulation.Regulation) -> None:
    if problems := rating.check_regulation(data):
        words = {"key": data.key, "problems": "; ".join(problems)}
        raise Refusal(_("The regulation %(key)s does not hold together: %(problems)s") % words)


def _refuse_change(row: Regulation) -> None:
    if row.used_at is not None:
        raise Refusal(
            _("The regulation %(key)s was used by a cycle and never changes. Give the new text a key of its own.")
            % {"key": row.key}
        )
    if not row.is_shipped:
        raise Refusal(
            _("The key %(key)s belongs to a regulation that was made here. It is not overwritten.") % {"key": row.key}
        )


def _write_form_rules(row: Regulation, data: regulation.Regulation) -> None:
    # Rules that are there were set or confirmed by the province: a new file never touches them.
    if row.form_rules.exists():
        return
    for number, form in enumerate(data.person_forms, start=1):
        asked = dict(form.conditions)
        FormRule.objects.create(
            regulation=row,
            order=number * STEP,
            provincial_code=form.key,
            form_key=form.base,
            is_leading=asked.get("holds_post"),
            is_head=asked.get("is_head"),
            is_managed_at_top=asked.get("managed_by_standing_committee"),
            is_confirmed=form.authority.is_confirmed,
            document=form.authority.cites,
            question=form.authority.question,
        )
