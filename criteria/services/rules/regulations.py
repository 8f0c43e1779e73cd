"""Regulations into rows: those shipped with the product, loaded again and again without harm."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from criteria import regulation
from criteria.models import FormRule, Regulation
from criteria.selectors.rules import confirmations, drafting
from criteria.selectors.rules import regulations as selectors
from orgs.models import Forbidden, Refusal, Stale, User
from orgs.services import audit

STEP = 10


@dataclass(frozen=True)
class LoadReport:
    """What loading did, by key; `refused` holds a sentence for each regulation that was left as it is, `kept` one for
    each line that stays as it was confirmed here while the file says otherwise."""

    created: tuple[str, ...]
    updated: tuple[str, ...]
    unchanged: tuple[str, ...]
    refused: tuple[str, ...]
    kept: tuple[str, ...] = ()


def load_shipped() -> LoadReport:
    """Load every shipped regulation and, where a regulation has none, its rules of forms. Twice changes nothing."""
    done: dict[str, list[str]] = {"created": [], "updated": [], "unchanged": [], "refused": []}
    kept: list[str] = []
    for key, data in regulation.shipped().items():
        try:
            outcome = store_regulation(data=data)
        except Refusal as refusal:
            done["refused"].append(refusal.message)
        else:
            done[outcome].append(key)
            kept += confirmations.differing(data)
    return LoadReport(**{name: tuple(keys) for name, keys in done.items()}, kept=tuple(kept))


@transaction.atomic
def store_regulation(*, data: regulation.Regulation) -> str:
    """Write one shipped regulation: "created", "updated" or "unchanged".

    Refusal when a cycle has used the row and its content would change, when the key is of a regulation made here, or
    when its rules do not fit the functions they name.
    """
    refuse_problems(data.key, drafting.problems_in(data))
    row = Regulation.objects.select_for_update().filter(key=data.key).first()
    content = confirmations.kept_in(row, regulation.to_data(data)) if row else regulation.to_data(data)
    digest = selectors.digest_of(content)
    if row is not None and row.content_sha256 == digest:
        return "unchanged"
    if row is not None:
        _refuse_change(row)
        refuse_unfit(data.key, content)
    row = row or Regulation(key=data.key)
    outcome = "updated" if row.pk else "created"
    row.title, row.number = data.title, data.number
    row.issued_on, row.in_force_from = data.issued_on, data.in_force_from
    # Where a successor was named here, its day stays.
    row.in_force_until = row.in_force_until if row.successor_id else data.in_force_until
    row.content, row.content_sha256, row.is_shipped = content, digest, True
    row.parent = Regulation.objects.filter(key=data.derived_from).first() if data.derived_from else None
    row.save()
    _write_form_rules(row, data)
    record_regulation(row, f"regulation.{outcome}", actor=None)
    return outcome


def refuse_unfit(key: str, content: Mapping[str, Any]) -> None:
    """Refusal, at the path of the first problem, unless the plain data is a regulation that can be applied."""
    refuse_problems(key, drafting.problems_of(content))


def refuse_problems(key: str, problems: tuple[drafting.Problem, ...]) -> None:
    """Refusal, at the path of the first of these problems; nothing where there are none."""
    if problems:
        words = {"key": key, "problems": " ".join(problem.words for problem in problems)}
        raise Refusal(
            _("The regulation %(key)s does not hold together: %(problems)s") % words, field="/".join(problems[0].path)
        )


def locked_regulation(row: Regulation, *, actor: User, seen: str) -> Regulation:
    """The row, locked, as the administrator `actor` saw it; `seen` is `version_of` the row then.

    Forbidden to anybody else, Stale when it has changed since.
    """
    if not actor.has_perm("criteria.change_regulation"):
        raise Forbidden(_("Only an administrator changes regulations."))
    locked = Regulation.objects.select_for_update().get(pk=row.pk)
    if selectors.version_of(locked) != seen:
        raise Stale(_("Somebody else has changed this regulation since you opened it."))
    return locked


def write_content(row: Regulation, content: Mapping[str, Any]) -> None:
    """Store this text, which was found fit, with what the columns repeat of it."""
    law = regulation.from_data(dict(content))
    row.content, row.content_sha256 = regulation.to_data(law), selectors.digest_of(regulation.to_data(law))
    row.title, row.in_force_from = law.title, law.in_force_from
    row.in_force_until = row.in_force_until if row.successor_id else law.in_force_until
    row.save()


def record_regulation(row: Regulation, action: str, *, actor: User | None, **facts: Any) -> None:
    """One event in the history, with the key and the digest of the text as it is now."""
    audit.record_event(
        actor=actor,
        action=action,
        object_type=Regulation._meta.label,
        object_id=str(row.uuid),
        facts={"key": row.key, "sha256": row.content_sha256, **facts},
    )


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
