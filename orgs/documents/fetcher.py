"""What the PDF engine may read: the vendored font files by name, and nothing else in the world.

The engine asks for every address it meets in a document or a stylesheet. This fetcher knows the address form
``vendored:NAME`` for the files listed in `FONT_FILES`; files, hosts, data addresses and everything unnamed are refused.
"""

from pathlib import Path

from weasyprint.urls import URLFetcher, URLFetcherResponse

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


class VendoredFetcher(URLFetcher):
    """Serves the vendored fonts; raises ValueError for any other address, before anything is opened."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=("vendored",), allow_redirects=False)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """The font file that `url` names."""
        name = url.removeprefix("vendored:")
        if name == url or name not in FONT_FILES:
            raise ValueError(f"A document reads nothing but its own fonts: {url[:200]}")
        return URLFetcherResponse(url, (FONT_FOLDER / name).read_bytes(), {"Content-Type": "font/ttf"})
