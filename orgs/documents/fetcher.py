"""What the PDF engine may read: the vendored font files by name, QR symbols drawn here, and nothing else in the world.

The engine asks for every address it meets in a document or a stylesheet. This fetcher knows two forms of address:
``vendored:NAME`` for the files listed in `FONT_FILES` and ``qr:CODE``, which opens nothing but draws the symbol of a
code (as a picture it is laid into the file once; as lines it would be drawn anew on every page). Files, hosts, data
addresses and everything unnamed are refused.
"""

from pathlib import Path
from urllib.parse import unquote

from weasyprint.urls import URLFetcher, URLFetcherResponse

from .qr import png_of

FONT_FOLDER = Path(__file__).resolve().parents[2] / "static" / "fonts"
FONT_FILES = frozenset(
    {
        "Tinos-400-normal.ttf",
        "Tinos-700-normal.ttf",
        "Tinos-400-italic.ttf",
        "Tinos-700-italic.ttf",
        "DejaVuSans-signs.ttf",
    }
)
LONGEST_CODE = 100


class VendoredFetcher(URLFetcher):
    """Serves the vendored fonts and QR symbols; raises ValueError for any other address, before anything is opened."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=("vendored", "qr"), allow_redirects=False)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """The font file that `url` names, or the symbol of the code in it."""
        if url.startswith("qr:") and 0 < len(code := unquote(url.removeprefix("qr:"))) <= LONGEST_CODE:
            return URLFetcherResponse(url, png_of(code, scale=6), {"Content-Type": "image/png"})
        name = url.removeprefix("vendored:")
        if name == url or name not in FONT_FILES:
            raise ValueError(f"A document reads nothing but its own fonts: {url[:200]}")
        return URLFetcherResponse(url, (FONT_FOLDER / name).read_bytes(), {"Content-Type": "font/ttf"})
