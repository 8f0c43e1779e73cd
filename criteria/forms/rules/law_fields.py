"""The field of one value of a regulation, built from what the loader asks there; and the value back from the field."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.utils.translation import gettext_lazy as _

from criteria import rating
from criteria.rating import facts
from criteria.regulation import vocabulary
from criteria.regulation.table import Asked
from criteria.selectors.rules.law_words import name_of, word_of
from orgs.forms.fields import DayField

LONG = ("condition", "reason", "cites", "question", "guidance", "intro", "note", "title", "label")
# Whatever a number of a rule may be a word of; the function itself says which of them it takes.
SPOKEN = tuple(
    dict.fromkeys(
        word
        for words in (
            *(facts.CIRCUMSTANCES, facts.WHOM, facts.FORMS_OF_DISCIPLINE, facts.FINDINGS, facts.FOUND_WITH),
            *(facts.ROLES, facts.CRITERIA_GROUPS, vocabulary.LEVELS, vocabulary.GRADES),
            ("tasks", "units_led", "members_graded", "same_level_bodies", "collective_tasks"),
            ("assigned", "done", "on_time", "beyond", "total", "completed_or_better", "good_or_better"),
            ("some", "none"),
        )
        for word in words
    )
)


def field_of(asked: Asked, value: Any, labels: Mapping[str, str], function: str = "") -> forms.Field:
    """The form field for what is asked; `labels` name the subjects, `function` is the kind of the rule around it."""
    name = asked.path[-1]
    given = {"label": name_of(name), "required": asked.is_required}
    if asked.kind == "numbers":
        return _number(asked, value, given, function)
    if asked.kind == "integer":
        return forms.IntegerField(min_value=asked.low, max_value=asked.high, **given)
    if asked.kind == "flag":
        return forms.BooleanField(**(given | {"required": False}))
    if asked.kind == "day":
        return DayField(**given)
    if asked.kind == "choice":
        blank = [] if asked.is_required else [("", "–")]
        return forms.ChoiceField(choices=blank + [(word, word_of(word, labels)) for word in asked.words], **given)
    if asked.kind == "choices":
        everything = {} if asked.is_required else {"help_text": _("None chosen: all of them.")}
        return _several(asked.words, labels, given | everything)
    if asked.kind == "texts":
        rows = AdminTextareaWidget(attrs={"rows": max(2, len(value or ()))})
        return forms.CharField(widget=rows, help_text=_("One in each line."), **given)
    return forms.CharField(widget=_text_widget(name, value), **given)


def initial_of(asked: Asked, value: Any) -> Any:
    """What the field shows for the value as it is written."""
    if asked.kind == "flag":
        return asked.default if value is None else value
    if asked.kind == "texts":
        return "\n".join(value or ())
    if asked.kind == "day" and value:
        return date.fromisoformat(value)
    return value


def written(asked: Asked, cleaned: Any, before: Any) -> Any:
    """The value as the loader reads it; None where nothing is to be written."""
    if asked.kind == "flag":
        return None if before is None and cleaned is asked.default else bool(cleaned)
    if asked.kind == "texts":
        lines = [line.strip() for line in str(cleaned or "").splitlines() if line.strip()]
        return lines or None
    if asked.kind == "day":
        return cleaned.isoformat() if cleaned else None
    if isinstance(cleaned, list):
        return cleaned if cleaned or asked.kind == "numbers" else None
    if isinstance(cleaned, str):
        return cleaned.strip() or None
    return cleaned


def _several(words: tuple[str, ...], labels: Mapping[str, str], given: dict[str, Any]) -> forms.Field:
    choices = [(word, word_of(word, labels)) for word in words]
    return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **given)


def _text_widget(name: str, value: Any) -> forms.Widget:
    if name in LONG or len(str(value or "")) > 60:
        return AdminTextareaWidget(attrs={"rows": min(8, 2 + len(str(value or "")) // 60)})
    return AdminTextInputWidget()


def _number(asked: Asked, value: Any, given: dict[str, Any], function: str) -> forms.Field:
    takes = rating.FUNCTIONS[function].numbers.get(asked.path[-1]) if function in rating.FUNCTIONS else None
    if isinstance(value, bool):
        return forms.BooleanField(**(given | {"required": False}))
    if isinstance(value, int):
        return forms.IntegerField(**given)
    if isinstance(value, list):
        words = tuple(word for word in SPOKEN if takes and takes([word])) or tuple(value)
        return _several(words, {}, given | {"required": False})
    words = tuple(word for word in SPOKEN if takes and takes(word)) or (str(value),)
    return forms.ChoiceField(choices=[(word, word_of(word)) for word in words], **given)
