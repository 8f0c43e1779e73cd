"""The one way in which the text of a framework is refused."""


class MalformedFramework(ValueError):
    """Data that is no framework: `path` says where (`groups[0].criteria[2].weight`), the message what is wrong."""

    def __init__(self, path: str, message: str) -> None:
        self.path = path
        self.message = message
        super().__init__(f"{path}: {message}" if path else message)

    def under(self, key: str) -> "MalformedFramework":
        """The same refusal, seen from one level above."""
        joint = "" if not self.path or self.path.startswith("[") else "."
        return MalformedFramework(f"{key}{joint}{self.path}", self.message)
