"""A regulation in readable form: what it says line by line, on what each line rests, what is still open."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from criteria.regulation import (
    Authority,
    Form,
    PeerGroup,
    QuotaReading,
    Regulation,
    Rule,
    Unconfirmed,
    unconfirmed,
)
from criteria.regulation.vocabulary import READINGS
from criteria.selectors.rules.law_words import word_of

PLACE = re.compile(r"\{[^{}]*\}")
STANDING_TONES = {"law": "ok", "guidance": "info", "local": "quiet", "to_be_confirmed": "warn"}
ANCHORS = {
    "rules": "rule",
    "points": "points",
    "results_ways": "way",
    "quota": "quota",
    "quota.groups": "quota-group",
    "milestones": "milestone",
    "procedure": "procedure",
    "forms": "form",
    "person_forms": "person-form",
}
# From the widest down, so that a sentence names as few as it can.
GROUP_LABELS = {
    "persons": _("persons"),
    "leaders": _("who leads or manages"),
    "bodies": _("collectives and organisations"),
}


@dataclass(frozen=True)
class LawLine:
    """One line of the law: its sentence, whom it binds, clause, standing in words with a tone, the open question.

    `anchor` is its place on the page: rule-<key>, milestone-<key> and so on; `detail` a second sentence.
    """

    text: str
    cites: str
    standing: str
    tone: str
    question: str = ""
    binds: str = ""
    anchor: str = ""
    detail: str = ""


@dataclass(frozen=True)
class LawChapter:
    """Lines under one heading; `anchor` names the chapter in the table of contents."""

    title: str
    lines: tuple[LawLine, ...]
    anchor: str = ""


def line(text: str, authority: Authority, binds: str = "", anchor: str = "", detail: str = "") -> LawLine:
    """A line resting on its authority."""
    return LawLine(
        text=text,
        cites=authority.cites,
        standing=word_of(authority.standing),
        tone=STANDING_TONES[authority.standing],
        question=authority.question,
        binds=binds,
        anchor=anchor,
        detail=detail,
    )


def conditions(law: Regulation) -> list[LawChapter]:
    """The rules by what they do: not rated, conditions of each grade from the best down, warnings."""
    chapters = [
        LawChapter(str(_("Not rated, rated later, exempt")), _lines(law, (r for r in law.rules if r.is_gate)), "gates")
    ]
    ceilings = [rule for rule in law.rules if rule.is_ceiling]
    for place, grade in enumerate(law.grades[:-1]):
        caps = law.grades[place + 1].key
        rules = [rule for rule in ceilings if rule.caps_at == caps]
        title = (
            _("Not completed when one of these is not met")
            if caps == law.lowest
            else _("Conditions of “%(grade)s”") % {"grade": grade.label}
        )
        chapters.append(LawChapter(str(title), _lines(law, rules), f"conditions-{grade.key}"))
    chapters.append(
        LawChapter(
            str(_("As the fact itself says")), _lines(law, (r for r in ceilings if r.caps_at is None)), "as-found"
        )
    )
    chapters.append(
        LawChapter(
            str(_("Warnings, without effect on the grade")),
            _lines(law, (r for r in law.rules if r.is_warning)),
            "warnings",
        )
    )
    return [chapter for chapter in chapters if chapter.lines]


def quota(law: Regulation) -> LawChapter:
    """The quota of the best grade: share, what it is a share of, rounding, groups."""
    found = law.quota
    share = _("Excellent at most %(percent)s%%.") % {"percent": found.percent}
    if found.exception_percent is not None:
        share = _("Excellent at most %(percent)s%%, by exception with a document %(more)s%%.") % {
            "percent": found.percent,
            "more": found.exception_percent,
        }
    base = str(_("Counted: %(base)s.") % {"base": word_of(found.base)})
    rounding = str(_("Rounding: %(mode)s.") % {"mode": word_of(found.rounding)})
    others = "; ".join(word_of(reading) for reading in READINGS if reading != found.base)
    lines = [
        line(str(share), found.authority, anchor="quota-percent", detail=_relative(found)),
        line(base, found.base_authority, anchor="quota-base", detail=_("Other readings of the sentence: %s.") % others),
        line(rounding, found.rounding_authority, anchor="quota-rounding"),
        *(_group(group) for group in found.groups),
    ]
    return LawChapter(str(_("Quota of the best grade")), tuple(lines), "quota")


def _relative(found: QuotaReading) -> str:
    if not found.relative_to_party:
        return ""
    return str(_("It follows the share on the Party side: without that share no number can be said."))


def _group(group: PeerGroup) -> LawLine:
    whom = "; ".join(word_of(rating) for rating in group.ratings)
    return line(group.label, group.authority, whom, anchor=f"quota-group-{group.key}")


def dates(law: Regulation) -> LawChapter:
    """The deadlines, as "before" a day."""
    lines = [
        line(
            _("before %(day)s%(next)s: %(what)s")
            % {
                "day": f"{row.day:02d}/{row.month:02d}",
                "next": _(" of the next year") if row.next_year else "",
                "what": row.label,
            },
            row.authority,
            anchor=f"milestone-{row.key}",
        )
        for row in law.milestones
    ]
    return LawChapter(str(_("Deadlines")), tuple(lines), "dates")


def procedure(law: Regulation) -> LawChapter:
    """The parameters of meeting, circulation and ballot."""
    lines = [
        line(
            f"{setting.label}: {_value(setting.key, setting.value)}",
            setting.authority,
            anchor=f"procedure-{setting.key}",
        )
        for setting in law.procedure.settings.values()
    ]
    return LawChapter(str(_("Procedure")), tuple(lines), "procedure")


def form_lines(forms: Iterable[Form]) -> tuple[LawLine, ...]:
    """Each form with its title, and on what the placing of its levels rests."""
    return tuple(
        line(
            PLACE.sub("…", f"{form.number}: {form.title}. {form.subtitle}".strip()),
            form.mapping,
            anchor=f"form-{form.key}",
            detail=_draft(form),
        )
        for form in forms
    )


def _draft(form: Form) -> str:
    return str(_("Draft layout: not seen on an official paper.")) if form.is_draft else ""


def open_lines(law: Regulation) -> tuple[Unconfirmed, ...]:
    """What waits for the answer of the authority, each with its question."""
    return unconfirmed(law)


def anchor_of(table: str, key: str) -> str:
    """Where a line stands on the page of the regulation, by the names that `unconfirmed` gives it."""
    return f"{ANCHORS[table]}-{key}" if table in ANCHORS else ""


def _lines(law: Regulation, rules: Iterable[Rule]) -> tuple[LawLine, ...]:
    return tuple(
        line(f"{rule.condition}.", rule.authority, _whom_of(law, rule), anchor=f"rule-{rule.key}") for rule in rules
    )


def _whom_of(law: Regulation, rule: Rule) -> str:
    whom = whom_of(law, rule.subjects)
    if rule.periods < set(law.period_kinds):
        whom += "; " + ", ".join(word_of(period).lower() for period in law.period_kinds if period in rule.periods)
    return whom


def whom_of(law: Regulation, subjects: Collection[str]) -> str:
    """Kinds of subject in as few words as there are."""
    left = [key for key in law.subject_labels if key in subjects]
    if len(left) == len(law.subject_labels):
        return str(_("everybody"))
    words = []
    for group, label in GROUP_LABELS.items():
        members = law.subject_groups.get(group, ())
        if members and set(members) <= set(left):
            words.append(str(label))
            left = [key for key in left if key not in members]
    return "; ".join([*words, *(law.subject_labels[key] for key in left)])


def _value(key: str, value: str | int | bool) -> str:
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    return word_of(value) if key == "ballot" else str(value)
