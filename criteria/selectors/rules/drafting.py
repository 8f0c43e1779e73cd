"""What is wrong with the text of a regulation, problem by problem, each with the place where it is mended."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as translated

from criteria import rating, regulation
from criteria.regulation.table import Path


def _(text: str) -> str:
    return text


RULE = re.compile(r"\[\[(?P<table>rules|requires)\]\] '(?P<key>[^']*)': (?P<rest>.*)")
UNREQUIRED = re.compile(r"\[\[requires\]\]: (?P<fact>\S+) is not required for .* rule '(?P<rule>[^']*)' rests on it")
# The sentences of the loader, which knows no languages, and how they are said on a page.
SAID: tuple[tuple[str, str], ...] = (
    (r"is missing: what is to be confirmed must say what to ask", _("What is to be confirmed must say what to ask.")),
    (r"is missing(?: for .*)?", _("This is missing.")),
    (r"must not be empty", _("This must not be empty.")),
    (r"and results must sum to 100", _("The points of both groups must sum to 100.")),
    (r"must be a whole number from (\d+) to (\d+)", _("This must be a whole number from %s to %s.")),
    (r"must be a day such as .*", _("This must be a day.")),
    (r"must be later than in_force_from", _("The end must come after the beginning.")),
    (r"stands in two rows", _("Another row has this key.")),
    (r"holds the same text twice", _("The same text stands here twice.")),
    (r"must be a fraction.*", _("This must be a fraction such as 2/3, above 0 and at most 1.")),
    (r"give (\S+) (\d+) points, must sum to (\d+)", _("For %s the common items give %s points; they must sum to %s.")),
    (r"need \[points.marking\].*", _("Common items need the worth of at least one mark.")),
    (r"hold the item '(.*)' twice", _("The item %s stands in the form twice.")),
    (r"finds no common item of this regulation", _("No common item has a key that begins with this number.")),
    (r"must mark the common item '(.*)' of (\S+) once", _("The form must mark the common item %s of %s once.")),
    (r"mark the common item '(.*)', on which .*", _("The form marks the common item %s, which is not there.")),
    (r"must be a plain decimal.*", _("This must be a number such as 70 or 27.5.")),
    (r"is '?(.*?)'?, must be one of (.*)", _("%s is not among: %s.")),
    (r"holds '(.*)', must hold only (.*)", _("%s is not among: %s.")),
    (r"must not end in (.*)", _("A key does not end in one of: %s.")),
    (r"is unknown (?:here|for .*)", _("The regulation has no such entry here.")),
    (r"function '(.*)' does not exist", _("There is no such kind of rule: %s.")),
    (r"does not fit (.*)", _("This number does not fit the kind of rule.")),
    (r"reason has the place (\{.*\}), which .* does not fill", _("The place %s is one that this rule does not fill.")),
    (r"paths names '(.*)', which is no fact", _("%s is no fact.")),
)


@dataclass(frozen=True)
class Problem:
    """What is wrong: the path of the value (rows by their key, empty for the whole text) and a translated sentence."""

    path: Path
    words: str


def problems_of(data: Mapping[str, Any]) -> tuple[Problem, ...]:
    """Everything that keeps this plain data from being a regulation: the loader's first refusal, else what the rule
    functions miss. Empty when it may stand."""
    try:
        law = regulation.from_data(dict(data))
    except regulation.RegulationRefused as refused:
        return (Problem(refused.path or (refused.key,), said(refused.message, data.get("subjects", {}))),)
    return problems_in(law)


def problems_in(law: regulation.Regulation) -> tuple[Problem, ...]:
    """What the rule functions miss in a regulation that could be read."""
    return tuple(dict.fromkeys(_problem(sentence) for sentence in rating.check_regulation(law)))


def said(message: str, labels: Mapping[str, str] | None = None) -> str:
    """A sentence of the loader in the language of the page, kinds of subject by their names in the regulation."""
    for pattern, words in SAID:
        if found := re.fullmatch(pattern, message):
            named = tuple((labels or {}).get(group, group) for group in found.groups())
            return translated(words) % named if "%s" in words else translated(words)
    return message


def _problem(sentence: str) -> Problem:
    if found := UNREQUIRED.fullmatch(sentence):
        words = _("The rule rests on the fact %(fact)s, which nobody must state. Require it under “Required facts”.")
        return Problem(("rules", found["rule"], "standing"), translated(words) % {"fact": found["fact"]})
    found = RULE.fullmatch(sentence)
    if found is None:
        return Problem((), sentence)
    place, _space, rest = found["rest"].partition(" ")
    words = said(found["rest"] if place in ("function", "reason", "paths") else rest)
    return Problem((found["table"], found["key"], *place.split(".")), words)
