"""The one way in which facts, counts or questions are refused."""


class FactsRefused(ValueError):
    """Input that breaks the contract: `path` says where (`[3].tasks.done`), the message what is wrong."""

    def __init__(self, path: str, message: str) -> None:
        self.path = path
        self.message = message
        super().__init__(f"{path}: {message}" if path else message)

    def under(self, key: str) -> "FactsRefused":
        """The same refusal, seen from one level above."""
        joint = "" if not self.path or self.path.startswith("[") else "."
        return FactsRefused(f"{key}{joint}{self.path}", self.message)
