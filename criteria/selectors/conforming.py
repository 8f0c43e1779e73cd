"""Whether a framework conforms to the one that it concretises, and what is on record about it."""

from criteria import conformity
from criteria.conformity import Breach, Result
from criteria.conformity.vocabulary import LEVEL_CHANGED, LEVEL_MISSING
from criteria.models import Framework
from criteria.selectors.framework_files import record_of


def result_of(framework: Framework) -> Result:
    """The check against its parent, or by itself where it has none."""
    own = record_of(framework)
    if framework.parent is None:
        return conformity.check_alone(own)
    return conformity.check(record_of(framework.parent), own)


def standing_breaches(framework: Framework) -> list[Breach]:
    """What bars the issue; missing texts are named by the check of completeness already."""
    return [breach for breach in result_of(framework).breaches if breach.code != LEVEL_MISSING]


def changed_levels(framework: Framework, result: Result) -> dict[str, tuple[str, str]]:
    """{named place: (code of the criterion, level)} of the texts that wait for a confirmation."""
    places = {
        f"criteria['{criterion.code or criterion.number}'].levels.{row.level}": (criterion.code, str(row.level))
        for group in framework.groups.prefetch_related("criteria__levels")
        for criterion in group.criteria.all()
        for row in criterion.levels.all()
    }
    waiting = (breach.named for breach in result.breaches if breach.code == LEVEL_CHANGED)
    return {named: places[named] for named in waiting if named in places}


def differences(before: Framework, after: Framework) -> tuple[conformity.Row, ...]:
    """What `after` changes in `before`: two versions, or a child beside its parent."""
    return conformity.difference(record_of(before), record_of(after))


def digest_of(text: str) -> str:
    """The digest by which a confirmation knows the text of a level."""
    return conformity.fingerprint(text)
