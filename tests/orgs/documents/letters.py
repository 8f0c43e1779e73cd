"""The page of all Vietnamese letters: its sheet, and how its committed picture is made anew.

``python -m tests.orgs.documents.letters FILE`` writes the picture. Look at it, letter by letter, before committing it.
"""

import sys
import unicodedata
from pathlib import Path

GOLDEN = Path(__file__).parent / "golden" / "letters.png"
VOWELS = "aăâeêioôơuưy"
TONES = {"ngang": "", "huyền": "\u0300", "sắc": "\u0301", "hỏi": "\u0309", "ngã": "\u0303", "nặng": "\u0323"}
# An accent is some pixels thick: one that is missing is seen, an edge that another release draws otherwise is not.
DPI = 300


def all_letters():
    """Twelve vowels in six tones and đ, small and capital: 146 letters, 134 of them beyond ASCII."""
    small = [unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES.values()] + ["đ"]
    return small + [letter.upper() for letter in small]


def letters_sheet(*, letters=None, width=10):
    """The page: every letter in four styles, in a paragraph and in a table with one column a tone."""
    from orgs.documents import Align, Column, Heading, Paragraph, Section, Sheet, Table

    letters = letters or all_letters()
    line = " ".join(letters)
    rows = [tuple(letters[place : place + 6]) for place in range(0, 72, 6)]
    return Sheet(
        title="BẢNG CHỮ CÁI TIẾNG VIỆT",
        sections=(
            Section(
                "Chữ thường và chữ hoa",
                (
                    Paragraph(line, align=Align.LEFT),
                    Paragraph(line, align=Align.LEFT, is_bold=True),
                    Paragraph(line, align=Align.LEFT, is_italic=True),
                    Heading(line, level=3),
                    Table(
                        (Column("Thanh ngang", width), *(Column(f"Thanh {tone}") for tone in list(TONES)[1:])),
                        rows,
                    ),
                ),
            ),
        ),
    )


if __name__ == "__main__":
    import django

    django.setup()
    from orgs.documents import render_pdf
    from tests.orgs.documents.reading import page_image

    page_image(render_pdf(letters_sheet()), dpi=DPI).save(sys.argv[1], optimize=True)
