"""When two texts of a level are the same text, and the digest by which a confirmation knows one."""

import hashlib
import unicodedata


def normalised(text: str) -> str:
    """The text composed (NFC), every run of white space one space: what must agree for a level to be unchanged."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def fingerprint(text: str) -> str:
    """SHA-256 of the normalised text in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(normalised(text).encode()).hexdigest()
