"""The words of a regulation file in the language of the page: its parts, its values, their closed lists."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
PARTS = {
    "head": gettext_lazy("The document"),
    "guidance": gettext_lazy("Guidance it rests on"),
    "ratings": gettext_lazy("Who is rated"),
    "subjects": gettext_lazy("Names of the kinds of subject"),
    "subject_groups": gettext_lazy("Groups of subjects"),
    "left_on": gettext_lazy("Kinds of subject that leave earlier"),
    "grades": gettext_lazy("Grades"),
    "levels": gettext_lazy("Levels"),
    "groups": gettext_lazy("Groups of criteria"),
    "points": gettext_lazy("Points"),
    "common_items": gettext_lazy("Common items"),
    "results_ways": gettext_lazy("Ways of counting results"),
    "requires": gettext_lazy("Required facts"),
    "rules": gettext_lazy("Rules"),
    "quota": gettext_lazy("Quota of the best grade"),
    "quota.groups": gettext_lazy("Groups of the quota"),
    "milestones": gettext_lazy("Deadlines"),
    "procedure": gettext_lazy("Procedure"),
    "workflows": gettext_lazy("Procedures followed"),
    "forms": gettext_lazy("Forms"),
    "person_forms": gettext_lazy("Which form each person writes on"),
}
NAMES = {
    "number": gettext_lazy("number"),
    "title": gettext_lazy("title"),
    "subtitle": gettext_lazy("subtitle"),
    "issued_on": gettext_lazy("issued on"),
    "in_force_from": gettext_lazy("in force from"),
    "in_force_until": gettext_lazy("in force until before"),
    "note": gettext_lazy("note"),
    "illustration": gettext_lazy("an illustration"),
    "derived_from": gettext_lazy("derived from"),
    "key": gettext_lazy("key of the row"),
    "label": gettext_lazy("label"),
    "letters": gettext_lazy("letters"),
    "points": gettext_lazy("points"),
    "places": gettext_lazy("decimals"),
    "mode": gettext_lazy("rounding"),
    "reading": gettext_lazy("counted on"),
    "percent": gettext_lazy("percent"),
    "percents": gettext_lazy("worth in percent"),
    "exception_percent": gettext_lazy("percent by exception"),
    "relative_to_party": gettext_lazy("follows the share on the Party side"),
    "way": gettext_lazy("way"),
    "shares": gettext_lazy("shares"),
    "ratings": gettext_lazy("ratings"),
    "subjects": gettext_lazy("whom"),
    "periods": gettext_lazy("periods"),
    "paths": gettext_lazy("facts"),
    "roles": gettext_lazy("roles"),
    "units": gettext_lazy("subordinate units"),
    "function": gettext_lazy("kind of rule"),
    "numbers": gettext_lazy("numbers"),
    "binds": gettext_lazy("binds"),
    "caps_at": gettext_lazy("at best"),
    "forces": gettext_lazy("grade that follows"),
    "outcome": gettext_lazy("what follows"),
    "warns": gettext_lazy("only warns"),
    "condition": gettext_lazy("condition"),
    "reason": gettext_lazy("reason"),
    "cites": gettext_lazy("clause"),
    "standing": gettext_lazy("standing"),
    "question": gettext_lazy("question to ask"),
    "level": gettext_lazy("level"),
    "line": gettext_lazy("line"),
    "unit_kinds": gettext_lazy("kinds of unit"),
    "month": gettext_lazy("month"),
    "day": gettext_lazy("before the day"),
    "next_year": gettext_lazy("of the next year"),
    "closing": gettext_lazy("refuses afterwards"),
    "step": gettext_lazy("step of the round"),
    "value": gettext_lazy("value"),
    "family": gettext_lazy("what it is for"),
    "draft": gettext_lazy("layout not seen on an official paper"),
    "intro": gettext_lazy("introduction"),
    "left": gettext_lazy("head, left side"),
    "right": gettext_lazy("head, right side"),
    "lines": gettext_lazy("lines"),
    "signer": gettext_lazy("signer"),
    "required": gettext_lazy("must be filled in"),
    "guidance": gettext_lazy("guidance"),
    "max_words": gettext_lazy("words at most (advice)"),
    "maximum": gettext_lazy("greatest points"),
    "heading": gettext_lazy("number of the common items"),
    "annex": gettext_lazy("an annex on paper of its own"),
    "sections": gettext_lazy("Sections"),
    "items": gettext_lazy("items"),
    "fields": gettext_lazy("Lines of the head"),
    "parts": gettext_lazy("Parts that others fill in"),
    "rows": gettext_lazy("rows"),
    "columns": gettext_lazy("columns"),
    "marks": gettext_lazy("marks"),
    "head": gettext_lazy("head of the paper"),
    "signature": gettext_lazy("signature"),
    "mapping": gettext_lazy("placing of the levels"),
    "marking": gettext_lazy("Marking of the common items"),
    "rounding": gettext_lazy("Rounding"),
    "deduction": gettext_lazy("Deduction"),
    "base": gettext_lazy("What the share is counted on"),
    "groups": gettext_lazy("groups"),
    "at_least": gettext_lazy("at least"),
    "above": gettext_lazy("above"),
    "consecutive": gettext_lazy("in a row"),
    "names": gettext_lazy("names"),
    "of": gettext_lazy("of what"),
    "part": gettext_lazy("part"),
    "whom": gettext_lazy("whom"),
    "kinds": gettext_lazy("kinds"),
    "forms": gettext_lazy("forms"),
    "common": gettext_lazy("common criteria"),
    "results": gettext_lazy("results"),
}
WORDS = {
    "law": gettext_lazy("law"),
    "guidance": gettext_lazy("guidance"),
    "local": gettext_lazy("local rule"),
    "to_be_confirmed": gettext_lazy("to be confirmed"),
    "good_only": gettext_lazy("of those rated good"),
    "good_and_above": gettext_lazy("of those rated good and excellent"),
    "all_rated": gettext_lazy("of all who are rated"),
    "floor": gettext_lazy("fractions are dropped"),
    "half_up": gettext_lazy("from one half rounded up"),
    "none": gettext_lazy("none"),
    "some": gettext_lazy("there are some"),
    "optional": gettext_lazy("where asked for"),
    "required": gettext_lazy("always"),
    "year": gettext_lazy("Year"),
    "quarter": gettext_lazy("Quarter"),
    "party": gettext_lazy("Party side"),
    "state": gettext_lazy("State side"),
    "cadre": gettext_lazy("as cadre"),
    "party_member": gettext_lazy("as Party member"),
    "collective": gettext_lazy("collective"),
    "organisation": gettext_lazy("organisation"),
    "exempt": gettext_lazy("not among those who are rated"),
    "postponed": gettext_lazy("rated later"),
    "not_rated": gettext_lazy("not rated"),
    "as_found": gettext_lazy("as the fact itself says"),
    "excellent": gettext_lazy("excellent"),
    "good": gettext_lazy("good"),
    "completed": gettext_lazy("completed"),
    "not_completed": gettext_lazy("not completed"),
    "average": gettext_lazy("average"),
    "poor": gettext_lazy("poor"),
    "ensured": gettext_lazy("ensured"),
    "not_ensured": gettext_lazy("not ensured"),
    "axes": gettext_lazy("by axes"),
    "shares": gettext_lazy("by shares"),
    "head": gettext_lazy("head"),
    "deputy": gettext_lazy("deputy"),
    "member": gettext_lazy("member"),
    "persons": gettext_lazy("persons"),
    "leaders": gettext_lazy("who leads or manages"),
    "non_leaders": gettext_lazy("who does not lead or manage"),
    "bodies": gettext_lazy("collectives and organisations"),
    "manager": gettext_lazy("the manager"),
    "cell": gettext_lazy("the Party cell"),
    "committee": gettext_lazy("the committee"),
    "personal_review": gettext_lazy("review of a person"),
    "collective_report": gettext_lazy("report of a collective"),
    "analysis": gettext_lazy("analysis sheet"),
    "state_sheet": gettext_lazy("sheet on the State side"),
}


def name_of(name: str) -> str:
    """The name of a value, or the word of the file where it has none."""
    return str(NAMES.get(name) or WORDS.get(name) or name)


def word_of(word: object, labels: Mapping[str, str] | None = None) -> str:
    """A word of a closed list; `labels` are the regulation's own names of its subjects."""
    return str((labels or {}).get(str(word)) or WORDS.get(str(word)) or word)


def value_of(value: Any, labels: Mapping[str, str] | None = None) -> str:
    """A value of the plain data as a reader sees it: yes and no, days, lists, whole rows by their first words."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Mapping):
        own = next((value[key] for key in ("condition", "label", "title", "number", "key") if value.get(key)), None)
        if own and "points" in value:
            return _("%(label)s (%(points)s points)") % {"label": own, "points": value["points"]}
        return str(own) if own else ", ".join(f"{name_of(key)}: {value_of(each)}" for key, each in value.items())
    if isinstance(value, list):
        return "; ".join(value_of(each, labels) for each in value)
    found = DAY.fullmatch(str(value))
    return f"{found[3]}/{found[2]}/{found[1]}" if found else word_of(value, labels)
