"""What is wrong or open in an answer, as a sentence that names the row, and at which field of the page it stands."""

from django.utils.translation import gettext as _

from criteria.regulation.answering import SINGLE, Problem
from criteria.regulation.form import Item
from criteria.regulation.parsing import shown_of


def field_name(item: Item, name: str = "") -> str:
    """The name of the field for the place `name` of an answer; the item's own key for what is asked for only once."""
    return item.key if not name or item.kind in SINGLE else f"{item.key}-{name}"


def problem_words(item: Item, problem: Problem) -> str:
    """The sentence; it names the task or the row where the item has several."""
    sentence = short_words(item, problem)
    if item.kind == "tasks" and problem.row:
        place = _("Task %(row)s") % {"row": problem.row}
        return f"{place}, {problem.label}: {sentence}" if problem.label else f"{place}: {sentence}"
    if problem.row:
        return f"{problem.row}. {problem.label}: {sentence}"
    return sentence


def errors_in(item: Item, found: tuple[Problem, ...]) -> dict[str, str]:
    """Each sentence under the name of its field; the first one for a field with several."""
    errors: dict[str, str] = {}
    for problem in found:
        errors.setdefault(field_name(item, problem.name), problem_words(item, problem))
    return errors


def short_words(item: Item, problem: Problem) -> str:
    """The sentence as it stands beside its own field, where the row needs no name."""
    words = {
        "unreadable_decimal": _("Write a number, such as 27.5."),
        "unreadable_whole": _("Write a whole number."),
        "unreadable_day": _("Write a day, such as 30/09/2026."),
        "above": _("At most %(limit)s points.") % {"limit": shown_of(problem.limit, "decimal")},
        "above_other": _("Not more than the number beside it (%(limit)s).") % {"limit": problem.limit},
        "weights": _("The weights together are %(limit)s, they must be 100.")
        % {"limit": shown_of(problem.limit, "decimal")},
        "no_weight": _("Write the weight of this axis too."),
        "no_task": _("Write what the task is, or remove the row."),
        "no_mark": _("Choose a mark."),
        "no_answer": _("Answer: none, or yes."),
        "no_note": _("Say what it is."),
        "no_points": _("Write the points."),
    }
    return words.get(problem.reason) or _open(item)


def _open(item: Item) -> str:
    words = {
        "level": _("Choose a level."),
        "grade_choice": _("Choose a grade."),
        "points": _("Write the weights and the points."),
        "tasks": _("Write at least one task."),
        "attestation": _("Tick this to attest it."),
    }
    return words.get(item.kind) or _("Write this item.")
