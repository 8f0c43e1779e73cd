"""Refusals: what a service answers when it will not act, in the words of the user."""


class Refusal(Exception):
    """Bad input or a rule in the way. `message` is a translated sentence, `field` the form field it belongs to."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class Forbidden(Refusal):
    """The actor does not hold the pen for this act; shown as 403 with the reason."""


class Stale(Refusal):
    """Somebody else was faster: the version or the state is no longer the one the actor saw; shown as 409."""


class Blocked(Refusal):
    """A guard stands in the way; `reasons` holds every guard's sentence."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(str(reason) for reason in reasons))
        self.reasons = reasons
