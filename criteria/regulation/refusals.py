"""The one way in which a regulation is refused."""


class RegulationRefused(ValueError):
    """A regulation that cannot be used: the sentence names the table and the key that must be mended."""

    def __init__(self, table: str, key: str, message: str) -> None:
        self.table = table
        self.key = key
        self.message = message
        super().__init__(f"{table}: {key} {message}" if key else f"{table} {message}")
