"""Carry the wording that came out of a consultation into the framework that was put out."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from criteria.models import Clause, ConsultedText, Criterion, Framework, Level
from criteria.selectors.consulting import synthesis
from criteria.selectors.frameworks import frameworks
from criteria.services.bodies import refuse_stranger
from criteria.services.frameworks.framework_rows import refuse_frozen, row_of, save_criterion
from criteria.services.frameworks.frameworks import lock_framework, record_change
from orgs.models import Refusal, User


@dataclass(frozen=True)
class Wording:
    """A criterion as a clause words it: its title and the text of each level that is written."""

    title: str
    texts: Mapping[str, str]


@transaction.atomic
def carry_wording(*, text: ConsultedText, actor: User) -> int:
    """Write every amended clause of `text` into its criterion; answers how many criteria changed.

    The text is a framework that is still being written. A clause that no longer shows a level of its criterion, or
    whose criterion is gone, is refused by its name and nothing is carried. Dropped clauses are left to the framework's
    own page: leaving a criterion out is decided there.
    """
    if text.framework is None:
        raise Refusal(_("“%(text)s” is no framework of the system.") % {"text": text})
    framework = Framework.objects.select_related("issuer").get(pk=text.framework_id)
    refuse_stranger(actor=actor, body=framework.issuer)
    lock_framework(framework)
    framework.refresh_from_db()
    refuse_frozen(framework)
    known = _criteria(framework)
    changed = sum(_carry(framework, clause, known) for clause in synthesis.amended_clauses(text))
    if changed:
        record_change(framework=framework, actor=actor)
    return changed


def wording_of(clause: Clause) -> Wording:
    """The clause read back as it was cut: first the title, then a line for each level ("Cấp độ tốt: …")."""
    parts: dict[str, list[str]] = {"": []}
    here = ""
    with override("vi"):
        heads = {f"{level.label}:": str(level.value) for level in Level}
    for line in clause.amended.split("\n"):
        head = next((words for words in heads if line.strip().startswith(words)), None)
        if head:
            here = heads[head]
            line = line.strip().removeprefix(head)
        parts.setdefault(here, []).append(line.strip())
    found = {level: "\n".join(lines).strip() for level, lines in parts.items()}
    return Wording(found.pop(""), found)


def _criteria(framework: Framework) -> dict[str, tuple]:
    return {
        row.code or row.number: (group, row)
        for group in frameworks.with_texts(framework)
        for row in group.criteria.all()
    }


def _carry(framework: Framework, clause: Clause, known: Mapping[str, tuple]) -> bool:
    if clause.source not in known:
        raise Refusal(_("“%(clause)s” shows no criterion of the framework any more.") % {"clause": clause})
    group, criterion = known[clause.source]
    wording = wording_of(clause)
    _refuse_gaps(clause, criterion, wording)
    row = row_of(group, criterion)
    texts = {**row.texts, **wording.texts}
    if (row.title, dict(row.texts)) == (wording.title, texts):
        return False
    save_criterion(framework=framework, row=replace(row, title=wording.title, texts=texts))
    return True


def _refuse_gaps(clause: Clause, criterion: Criterion, wording: Wording) -> None:
    written = {level for level, text in frameworks.texts_of(criterion).items() if text}
    missing = [str(level.label) for level in Level if level in written and not wording.texts.get(level)]
    if not wording.title:
        missing.insert(0, _("the title of the criterion"))
    if missing:
        words = {"clause": clause, "missing": ", ".join(missing)}
        raise Refusal(_("“%(clause)s” cannot be carried over: it no longer says %(missing)s.") % words)
