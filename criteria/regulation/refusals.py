"""The one way in which a regulation is refused."""


class RegulationRefused(ValueError):
    """A regulation that cannot be used: the sentence names the table and the key that must be mended;
    `path` where it stands, rows by their key."""

    def __init__(self, table: str, key: str, message: str, path: tuple[str, ...] = ()) -> None:
        self.table = table
        self.path = path
        self.key = key
        self.message = message
        super().__init__(f"{table}: {key} {message}" if key else f"{table} {message}")
