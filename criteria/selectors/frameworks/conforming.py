"""Whether a framework conforms to the one that it concretises, and what is on record about it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from criteria import conformity
from criteria.conformity import Breach, Result
from criteria.conformity.vocabulary import BREACHES, LEVEL_CHANGED, LEVEL_MISSING
from criteria.models import CriterionLevel, Framework
from criteria.selectors.frameworks.framework_files import record_of
from criteria.selectors.frameworks.frameworks import remember as remember_texts
from criteria.selectors.frameworks.frameworks import with_texts
from orgs.selectors import word_differences

REMEMBERED = "_result_as_read"


def result_of(framework: Framework) -> Result:
    """The check against its parent, or by itself where it has none."""
    if REMEMBERED in framework.__dict__:
        return framework.__dict__[REMEMBERED]
    own = record_of(framework)
    if framework.parent is None:
        return conformity.check_alone(own)
    return conformity.check(record_of(framework.parent, as_parent=True), own)


def remember(framework: Framework) -> Result:
    """For a page that only reads: texts and result of this very object are not asked of the database again."""
    framework.__dict__[REMEMBERED] = result_of(remember_texts(framework))
    return framework.__dict__[REMEMBERED]


def standing_breaches(framework: Framework) -> list[Breach]:
    """What bars the issue; missing texts are named by the check of completeness already."""
    return [breach for breach in result_of(framework).breaches if breach.code != LEVEL_MISSING]


def changed_levels(framework: Framework, result: Result) -> dict[str, CriterionLevel]:
    """{named place: level} of the texts that wait for a confirmation."""
    waiting = {breach.named for breach in result.breaches if breach.code == LEVEL_CHANGED}
    if not waiting:
        return {}
    places = {
        f"criteria['{criterion.code or criterion.number}'].levels.{row.level}": row
        for group in with_texts(framework)
        for criterion in group.criteria.all()
        for row in criterion.levels.all()
    }
    return {named: places[named] for named in waiting if named in places}


@dataclass(frozen=True)
class Point:
    """A breach on the page: with the level that the superior may confirm, and whether an exception may be recorded."""

    breach: Breach
    level: CriterionLevel | None = None
    may_except: bool = False


def points_of(framework: Framework, result: Result) -> list[Point]:
    """What bars the issue, in the order of the check; what stands in one framework alone is mended, not excepted."""
    levels = changed_levels(framework, result)
    is_below = framework.parent_id is not None
    return [
        Point(breach, levels.get(breach.named), is_below and breach.code in BREACHES)
        for breach in result.breaches
        if breach.code != LEVEL_MISSING
    ]


def text_above(framework: Framework, level: CriterionLevel) -> str:
    """The text of the same level in the criterion that the level's one concretises; empty where there is none."""
    rows = CriterionLevel.objects.filter(criterion__group__framework=framework.parent_id, level=level.level)
    found = rows.filter(criterion__code=level.criterion.concretises).first()
    return found.text if found else ""


def differences(before: Framework, after: Framework) -> tuple[conformity.Row, ...]:
    """What `after` changes in `before`: two versions, or a child beside its parent."""
    return conformity.difference(record_of(before), record_of(after))


@dataclass(frozen=True)
class Change:
    """One difference; texts that were reworded are shown word by word, anything else as before and after."""

    row: conformity.Row
    pieces: tuple[word_differences.Piece, ...] = ()


@dataclass(frozen=True)
class Part:
    """The differences of one kind, under their title; `tone` is the colour of the chip."""

    title: str
    tone: str
    changes: tuple[Change, ...]


def difference_parts(before: Framework, after: Framework) -> list[Part]:
    """The differences by kind, in the order in which people ask: what came, what is stricter, what is looser."""
    titles = {
        "added": (pgettext("difference", "Added"), "ok"),
        "tightened": (_("Tightened"), "ok"),
        "loosened": (_("Loosened"), "bad"),
        "reworded": (_("Reworded"), "warn"),
        "removed": (_("Removed"), "bad"),
        "reweighted": (_("Other weight"), "warn"),
        "moved": (pgettext("difference", "Moved"), "quiet"),
    }
    rows = differences(before, after)
    return [
        Part(title, tone, found)
        for kind, (title, tone) in titles.items()
        if (found := tuple(_change(row) for row in rows if row.kind == kind))
    ]


def _change(row: conformity.Row) -> Change:
    is_text = row.kind == "reworded"
    return Change(row, tuple(word_differences.pieces(row.before, row.after)) if is_text else ())


def digest_of(text: str) -> str:
    """The digest by which a confirmation knows the text of a level."""
    return conformity.fingerprint(text)
