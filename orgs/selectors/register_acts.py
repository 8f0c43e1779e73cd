"""The acts on the register and on papers in words, for the histories that show them."""

from orgs.selectors.history import register_words


def _(text: str) -> str:
    return text


def register() -> None:
    """Name the acts; called from `AppConfig.ready`."""
    register_words(
        {
            "person.create": _("Added to the register"),
            "person.change": _("Record changed"),
            "person.end": _("Left the register"),
            "appointment.create": _("Post given"),
            "appointment.end": _("Post ended"),
            "membership.create": _("Seat in a collective given"),
            "membership.end": _("Seat in a collective ended"),
            "unit.create": _("Unit added"),
            "unit.change": _("Unit changed"),
            "unit.end": _("Unit ended"),
            "unit.succeed": _("Merged into another unit"),
            "unit.receive": _("Took over other units"),
            "units.import": _("Units imported"),
            "people.import": _("People imported"),
            "document.produce": _("Paper produced to be signed"),
            "document.attach_scan": _("Signed scan attached"),
        }
    )
