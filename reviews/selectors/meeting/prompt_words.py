"""The acts upon prompts and prompt lists as the history names them."""


def _(text: str) -> str:
    return text


WORDS = {
    "prompt.draft": _("Drafted the prompt"),
    "prompt.edit": _("Changed the draft"),
    "prompt.members": _("Named the members who answer"),
    "prompt.receive": _("Confirmed the receipt"),
    "prompt.receipt": _("Recorded a delivery on paper"),
    "prompt.group": _("Named to the working group"),
    "prompt.group_release": _("Released from the working group"),
    "prompt.evidence": _("Attached evidence"),
    "prompt.evidence_withdraw": _("Took evidence away"),
    "prompt.note": _("Noted the explanation report"),
    "prompt.conclude": _("Concluded a matter"),
    "prompt_list.open": _("Began the list"),
    "prompt_list.ask": _("Asked a body for its contribution"),
    "prompt_list.contribute": _("Entered a contribution"),
    "prompt_list.waive": _("Went on without a contribution"),
    "prompt_list.note_needed": _("Switched the officer's note"),
}
