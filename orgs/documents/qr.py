"""The version code of a document as a QR symbol: the code's text only, never an address or personal data."""

import io
from collections.abc import Iterable
from dataclasses import dataclass

import segno

QUIET_ZONE = 2


@dataclass(frozen=True)
class Symbol:
    """A QR symbol as one SVG path to be stroked one unit wide: `size` modules a side with the quiet zone."""

    size: int
    path: str


def symbol_of(code: str) -> Symbol:
    """The QR symbol of `code` (error correction M), to be drawn by a template."""
    qr = segno.make_qr(code, error="m", boost_error=False)
    rows = list(qr.matrix_iter(border=QUIET_ZONE))
    return Symbol(size=len(rows), path="".join(run for y, row in enumerate(rows) for run in dark_runs(row, y)))


def dark_runs(row: Iterable[int], y: int) -> list[str]:
    """The dark stretches of one row as lines through the middle of its modules."""
    runs = []
    start = None
    for x, is_dark in enumerate((*row, 0)):
        if is_dark and start is None:
            start = x
        elif not is_dark and start is not None:
            runs.append(f"M{start} {y}.5h{x - start}")
            start = None
    return runs


def png_of(code: str, *, scale: int = 4) -> bytes:
    """The QR symbol of `code` as a PNG, for DOCX."""
    target = io.BytesIO()
    segno.make_qr(code, error="m", boost_error=False).save(target, kind="png", scale=scale, border=QUIET_ZONE)
    return target.getvalue()
