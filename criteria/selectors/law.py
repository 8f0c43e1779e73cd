"""A regulation in readable form: what it says line by line, on what each line rests, what is still open."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from criteria.regulation import Authority, Form, Regulation, Rule, unconfirmed

STANDING_LABELS = {
    "law": _("law"),
    "guidance": _("guidance"),
    "local": _("local rule"),
    "to_be_confirmed": _("to be confirmed"),
}
STANDING_TONES = {"law": "ok", "guidance": "info", "local": "quiet", "to_be_confirmed": "warn"}
READING_LABELS = {
    "good_only": _("of those rated good"),
    "good_and_above": _("of those rated good and excellent"),
    "all_rated": _("of all who are rated"),
}
ROUNDING_LABELS = {"floor": _("fractions are dropped"), "half_up": _("from one half rounded up")}
# From the widest down, so that a sentence names as few as it can.
GROUP_LABELS = {
    "persons": _("persons"),
    "leaders": _("who leads or manages"),
    "bodies": _("collectives and organisations"),
}
BALLOT_LABELS = {"none": _("none"), "optional": _("where asked for"), "required": _("always")}


@dataclass(frozen=True)
class LawLine:
    """One line of the law: its sentence, whom it binds, clause, standing in words with a tone, the open question."""

    text: str
    cites: str
    standing: str
    tone: str
    question: str = ""
    binds: str = ""


@dataclass(frozen=True)
class LawChapter:
    """Lines under one heading."""

    title: str
    lines: tuple[LawLine, ...]


def line(text: str, authority: Authority, binds: str = "") -> LawLine:
    """A line resting on its authority."""
    return LawLine(
        text=text,
        cites=authority.cites,
        standing=str(STANDING_LABELS[authority.standing]),
        tone=STANDING_TONES[authority.standing],
        question=authority.question,
        binds=binds,
    )


def conditions(law: Regulation) -> list[LawChapter]:
    """The rules by what they do: not rated, conditions of each grade from the best down, warnings."""
    chapters = [LawChapter(str(_("Not rated, rated later, exempt")), _lines(law, (r for r in law.rules if r.is_gate)))]
    ceilings = [rule for rule in law.rules if rule.is_ceiling]
    for place, grade in enumerate(law.grades[:-1]):
        caps = law.grades[place + 1].key
        rules = [rule for rule in ceilings if rule.caps_at == caps]
        title = (
            _("Not completed when one of these is not met")
            if caps == law.lowest
            else _("Conditions of “%(grade)s”") % {"grade": grade.label}
        )
        chapters.append(LawChapter(str(title), _lines(law, rules)))
    chapters.append(
        LawChapter(str(_("As the fact itself says")), _lines(law, (r for r in ceilings if r.caps_at is None)))
    )
    chapters.append(
        LawChapter(str(_("Warnings, without effect on the grade")), _lines(law, (r for r in law.rules if r.is_warning)))
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
    lines = [
        line(str(share), found.authority),
        line(str(_("Counted: %(base)s.") % {"base": READING_LABELS[found.base]}), found.base_authority),
        line(str(_("Rounding: %(mode)s.") % {"mode": ROUNDING_LABELS[found.rounding]}), found.rounding_authority),
        *(line(group.label, group.authority) for group in found.groups),
    ]
    return LawChapter(str(_("Quota of the best grade")), tuple(lines))


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
        )
        for row in law.milestones
    ]
    return LawChapter(str(_("Deadlines")), tuple(lines))


def procedure(law: Regulation) -> LawChapter:
    """The parameters of meeting, circulation and ballot."""
    lines = [
        line(f"{setting.label}: {_value(setting.key, setting.value)}", setting.authority)
        for setting in law.procedure.settings.values()
    ]
    return LawChapter(str(_("Procedure")), tuple(lines))


def form_lines(forms: Iterable[Form]) -> tuple[LawLine, ...]:
    """Each form with its title, and on what the placing of its levels rests."""
    return tuple(line(f"{form.number}: {form.title}. {form.subtitle}", form.mapping) for form in forms)


def open_lines(law: Regulation) -> tuple:
    """What waits for the answer of the authority, each with its question."""
    return unconfirmed(law)


def _lines(law: Regulation, rules: Iterable[Rule]) -> tuple[LawLine, ...]:
    return tuple(line(f"{rule.condition}.", rule.authority, _whom(law, rule)) for rule in rules)


def _whom(law: Regulation, rule: Rule) -> str:
    left = [key for key in law.subject_labels if key in rule.subjects]
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
    return str(BALLOT_LABELS.get(str(value), value)) if key == "ballot" else str(value)
