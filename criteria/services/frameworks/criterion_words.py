"""What a writing page sent for a criterion, made clean: what cannot be taken is said, the rest is saved."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from criteria.models import Criterion, CriterionLevel, Direction, Framework, Level
from criteria.selectors.frameworks.criterion_content import NAMES, YES, Content, figure
from criteria.selectors.frameworks.frameworks import item_choices
from orgs.services.open_pages import plain_text

LONGEST = 20_000
LINES = {name: Criterion._meta.get_field(name).max_length for name in ("number", "code", "concretises", "cites")}
FIGURES = {
    "weight": Criterion._meta.get_field("weight"),
    **{
        f"{kind}_{level}": CriterionLevel._meta.get_field(kind)
        for kind in ("target", "points")
        for level in Level.values
    },
}


def cleaned(saved: Content, sent: Mapping[str, str]) -> Content:
    """What is saved with what was sent over it, letters in normal form; fields that were not on the page stay."""
    words = {name: _words(sent[name]) for name in NAMES if name in sent}
    return {**saved, **words}


def problems_of(framework: Framework, criterion: Criterion, content: Content) -> dict[str, str]:
    """{field: why what stands in it cannot be saved}."""
    found = {name: _long(most) for name, most in LINES.items() if len(content[name]) > most}
    for name in ("title", *(f"text_{level}" for level in Level.values)):
        if len(content[name]) > LONGEST:
            found[name] = _long(LONGEST)
    for name in FIGURES:
        if sentence := _wrong_figure(name, content[name]):
            found[name] = sentence
    if content["direction"] not in ("", *Direction.values):
        found["direction"] = _("Choose one of the list.")
    if content["item_key"] not in dict(item_choices(framework, criterion.item_key)):
        found["item_key"] = _("The form has no such level.")
    return {**found, **_wrong_codes(framework, criterion, content)}


def number_of(text: str) -> Decimal | None:
    """12,5 or 12.5 or 1.250,5 as a number; None for an empty text, InvalidOperation for what is none."""
    plain = "".join(text.split())
    if "," in plain:
        plain = plain.replace(".", "").replace(",", ".")
    return Decimal(plain) if plain else None


def is_required(content: Content) -> bool:
    """Whether those below may not leave the criterion out."""
    return content["is_required"] == YES


def normal_figures(content: Content) -> Content:
    """The figures as they will be read back: 12,50 is 12,5."""
    return {**content, **{name: figure(number_of(content[name])) for name in FIGURES}}


def _words(raw: str) -> str:
    return plain_text(raw).strip()


def _long(most: int) -> str:
    return _("At most %(most)s letters.") % {"most": most}


def _wrong_figure(name: str, text: str) -> str:
    field = FIGURES[name]
    try:
        value = number_of(text)
    except InvalidOperation:
        return _("Write a number, for example 12,5.")
    if value is None:
        return ""
    if not value.is_finite() or value < 0:
        return _("Write a number, for example 12,5.")
    if value != round(value, field.decimal_places):
        return _("At most two digits after the comma.")
    if value >= 10 ** (field.max_digits - field.decimal_places):
        return _("This number is too large.")
    return ""


def _wrong_codes(framework: Framework, criterion: Criterion, content: Content) -> dict[str, str]:
    found = {}
    others = Criterion.objects.filter(group__framework=framework).exclude(pk=criterion.pk)
    if content["code"] and (twin := others.filter(code=content["code"]).first()):
        found["code"] = _("“%(criterion)s” has this code already.") % {"criterion": twin}
    above = content["concretises"]
    if above and above != criterion.concretises:
        rows = Criterion.objects.filter(group__framework=framework.parent_id)
        if not framework.parent_id or not any(above in (row.code, row.number) for row in rows):
            found["concretises"] = _("The framework above has no criterion with this code.")
    return found
