"""A regulation of one's own: derived as a draft, changed while it is one, issued, and put in the place of another."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from criteria.models import FormRule, Regulation
from criteria.regulation import difference
from criteria.selectors.rules import regulations as selectors
from criteria.services.rules.regulations import locked_regulation, record_regulation, refuse_unfit, write_content
from orgs.models import Forbidden, Refusal, User, record

COPIED = (
    "order", "provincial_code", "form_key", "is_leading", "is_head", "managing_authority", "is_managed_at_top",
    "position", "line", "question", "is_confirmed", "document",
)  # fmt: skip


@dataclass(frozen=True)
class Head:
    """What a regulation of one's own is called, and when it was issued and begins to hold."""

    number: str
    issued_on: date
    in_force_from: date
    title: str

    @property
    def key(self) -> str:
        """Number and day, because numbers begin again."""
        return f"{record.nfc(self.number)}@{self.issued_on.isoformat()}"


@transaction.atomic
def derive_regulation(*, parent: Regulation, head: Head, actor: User) -> Regulation:
    """A draft with the newest text of `parent`, under a key of its own; the rules of forms come along.

    Forbidden to anybody but an administrator; Refusal names the field.
    """
    if not actor.has_perm("criteria.add_regulation"):
        raise Forbidden(_("Only an administrator changes regulations."))
    _refuse_wrong_head(parent, head)
    content = _text_of(parent, head)
    refuse_unfit(head.key, content)
    row = Regulation(key=head.key, number=head.number, issued_on=head.issued_on, parent=parent, is_draft=True)
    write_content(row, content)
    _copy_form_rules(parent, row)
    record_regulation(row, "regulation.derived", actor=actor, parent=parent.key)
    return row


@transaction.atomic
def change_regulation(*, row: Regulation, content: Mapping[str, Any], actor: User, seen: str) -> Regulation:
    """Write the whole text of a draft. Stale when it has changed since `seen`; Refusal at the path of what is wrong."""
    locked = locked_regulation(row, actor=actor, seen=seen)
    if not locked.is_draft:
        raise Refusal(_("The regulation %(key)s is issued; only drafts are changed.") % {"key": locked.key})
    if (content["key"], content.get("derived_from")) != (locked.key, locked.content.get("derived_from")):
        raise Refusal(_("The key of a regulation stays."))
    refuse_unfit(locked.key, content)
    changed = difference.between(locked.content, content)
    if changed:
        write_content(locked, content)
        paths = sorted({"/".join(change.path) for change in changed})
        record_regulation(locked, "regulation.changed", actor=actor, changed=paths)
    return locked


@transaction.atomic
def rename_regulation(*, row: Regulation, head: Head, actor: User, seen: str) -> Regulation:
    """Another number, day or title for a draft, and with them another key. Refusals name the field."""
    locked = locked_regulation(row, actor=actor, seen=seen)
    if not locked.is_draft:
        raise Refusal(_("The regulation %(key)s is issued; only drafts are changed.") % {"key": locked.key})
    _refuse_wrong_number(head, Regulation.objects.exclude(pk=locked.pk))
    content = locked.content | _own(head, title=locked.title)
    refuse_unfit(head.key, content)
    before, locked.key, locked.number, locked.issued_on = locked.key, head.key, head.number, head.issued_on
    write_content(locked, content)
    record_regulation(locked, "regulation.renamed", actor=actor, before=before)
    return locked


@transaction.atomic
def issue_regulation(*, row: Regulation, actor: User, seen: str) -> Regulation:
    """The draft may be chosen by cycles from now on and is no longer changed line by line."""
    locked = locked_regulation(row, actor=actor, seen=seen)
    if not locked.is_draft:
        raise Refusal(_("The regulation %(key)s is issued already.") % {"key": locked.key})
    refuse_unfit(locked.key, locked.content)
    known = {form.key for form in selectors.parsed(locked).forms}
    if stray := sorted(set(locked.form_rules.values_list("form_key", flat=True)) - known):
        raise Refusal(
            _("The rules of forms name forms that the regulation does not have: %(forms)s.")
            % {"forms": ", ".join(stray)}
        )
    locked.is_draft = False
    locked.save()
    record_regulation(locked, "regulation.issued", actor=actor)
    return locked


@transaction.atomic
def supersede_regulation(*, row: Regulation, successor: Regulation, on: date, actor: User, seen: str) -> Regulation:
    """From the day `on` the successor rates what this one rated; the text that cycles have used stays as it was."""
    locked = locked_regulation(row, actor=actor, seen=seen)
    _refuse_wrong_successor(locked, successor, on)
    before = locked.in_force_until
    locked.successor, locked.in_force_until = successor, on
    locked.save()
    facts = {"successor": successor.key, "before": before, "until": on}
    record_regulation(locked, "regulation.superseded", actor=actor, **facts)
    return locked


@transaction.atomic
def restore_regulation(*, row: Regulation, actor: User, seen: str) -> Regulation:
    """Take a successor back: the regulation holds again as long as its own text says."""
    locked = locked_regulation(row, actor=actor, seen=seen)
    if locked.successor is None:
        raise Refusal(_("Nothing has taken the place of this regulation."))
    before = locked.successor.key
    locked.successor, locked.in_force_until = None, selectors.parsed(locked).in_force_until
    locked.save()
    record_regulation(locked, "regulation.restored", actor=actor, successor=before)
    return locked


def _refuse_wrong_head(parent: Regulation, head: Head) -> None:
    if parent.is_draft:
        raise Refusal(_("Derive from a regulation that is issued."))
    _refuse_wrong_number(head, Regulation.objects.all())


def _refuse_wrong_number(head: Head, others: QuerySet[Regulation]) -> None:
    if not head.number.strip() or "@" in head.number:
        raise Refusal(_("Give the number of the document, such as 15-QĐ/TU."), field="number")
    if others.filter(key=head.key).exists():
        raise Refusal(_("There is already a regulation %(key)s.") % {"key": head.key}, field="number")


def _text_of(parent: Regulation, head: Head) -> dict[str, Any]:
    newest = dict(difference.newest_text(selectors.parsed(parent)))
    for name in ("in_force_until", "illustration", "note"):
        newest.pop(name, None)
    return newest | _own(head, title=newest["title"]) | {"derived_from": parent.key}


def _own(head: Head, *, title: str) -> dict[str, Any]:
    return {
        "key": head.key,
        "number": record.nfc(head.number),
        "title": record.nfc(head.title) or title,
        "issued_on": head.issued_on.isoformat(),
        "in_force_from": head.in_force_from.isoformat(),
    }


def _copy_form_rules(parent: Regulation, row: Regulation) -> None:
    for rule in parent.form_rules.order_by("order", "id"):
        FormRule.objects.create(regulation=row, **{name: getattr(rule, name) for name in COPIED})


def _refuse_wrong_successor(row: Regulation, successor: Regulation, on: date) -> None:
    law, other = selectors.parsed(row), selectors.parsed(successor)
    if row.is_draft or successor.is_draft:
        raise Refusal(_("A draft neither takes the place of a regulation nor is replaced: issue it first."))
    if successor.pk == row.pk or other.side != law.side:
        raise Refusal(_("The successor must be another regulation of the same side."), field="successor")
    if other.is_illustration:
        raise Refusal(_("An illustration takes nobody's place."), field="successor")
    if on <= row.in_force_from or on < successor.in_force_from:
        raise Refusal(
            _("The successor cannot begin before it is in force, nor before the other one has begun."), field="on"
        )
    if law.in_force_until is not None and on > law.in_force_until:
        raise Refusal(
            _("The regulation ends on %(day)s by its own text.") % {"day": f"{law.in_force_until:%d/%m/%Y}"}, field="on"
        )
