"""Vietnamese names: folding for search, keys for sorting, the same on every database."""

import unicodedata
from functools import lru_cache

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = {"\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0301": "5", "\u0323": "6"}
_BREVE, _CIRCUMFLEX, _HORN = "\u0306", "\u0302", "\u031b"
_SHAPED = {
    ("a", _BREVE): "ă",
    ("a", _CIRCUMFLEX): "â",
    ("e", _CIRCUMFLEX): "ê",
    ("o", _CIRCUMFLEX): "ô",
    ("o", _HORN): "ơ",
    ("u", _HORN): "ư",
}


def fold(text: str) -> str:
    """`text` for searching: no accents, no case, đ as d, single spaces ("Nguyễn Văn Á" -> "nguyen van a")."""
    plain = unicodedata.normalize("NFD", text.casefold()).replace("đ", "d")
    kept = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(kept.split())


def sort_key(text: str, *, given_name_first: bool = False) -> str:
    """A key of digits whose binary order is the order of the Vietnamese alphabet, letters before tones.

    Digits only, since every database collates them alike. With `given_name_first` the last word leads,
    as Vietnamese lists of people are sorted.
    """
    words = unicodedata.normalize("NFC", text).casefold().split()
    if given_name_first and words:
        words = [words[-1], *words[:-1]]
    letters, tones = [], []
    for word in words:
        for letter, tone in map(_letter_and_tone, word):
            letters.append(letter)
            tones.append(tone)
        letters.append("00")
    return ("".join(letters) + "00" + "".join(tones))[:400]


@lru_cache(maxsize=2048)
def _letter_and_tone(char: str) -> tuple[str, str]:
    base, *marks = unicodedata.normalize("NFD", char)
    tone = next((TONES[mark] for mark in marks if mark in TONES), "1")
    for mark in marks:
        base = _SHAPED.get((base, mark), base)
    place = ALPHABET.find(base)
    if place >= 0:
        return f"{place + 20:02d}", tone
    return (f"{10 + int(base)}" if base.isdecimal() and base.isascii() else "09"), tone
