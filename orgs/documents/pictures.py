"""Photos and screenshots without what cameras and programs write about them; the picture itself is not touched."""

import re
from collections.abc import Iterator
from io import BytesIO
from zlib import crc32

from PIL import Image

SOI, EOI, SCAN = b"\xff\xd8", 0xD9, 0xDA
JFIF, ICC, ADOBE, EXIF = (0xE0, b"JFIF\0"), (0xE2, b"ICC_PROFILE\0"), (0xEE, b"Adobe"), b"Exif\0\0"
APPLICATION, COMMENT = range(0xE0, 0xF0), 0xFE
# Within the data of a picture FF stands before 00 or a restart mark; anything else begins the next segment.
NEXT_SEGMENT = re.compile(rb"\xff(?=[\x01-\xcf\xd8-\xfe])")
ORIENTATION, UPRIGHT = 0x0112, 1
PNG = b"\x89PNG\r\n\x1a\n"
LAST_CHUNK = b"IEND"
# What a PNG needs to look as it does, and to move; texts, times, EXIF and private chunks go.
KEPT_CHUNKS = {
    *(b"IHDR", b"PLTE", b"IDAT", LAST_CHUNK, b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP"),
    *(b"bKGD", b"hIST", b"pHYs", b"acTL", b"fcTL", b"fdAT"),
}


class Unreadable(Exception):
    """A file whose structure does not hold what its first bytes promise."""


def strip_jpeg(content: bytes) -> bytes:
    """The same compressed picture without EXIF, XMP, IPTC, comments and whatever hangs behind its end.

    How the camera was held is kept, for else the picture would lie on its side. Raises `Unreadable`.
    """
    kept = [SOI]
    turned = _orientation(content)
    for marker, segment in _segments(content):
        if turned is not None and marker != JFIF[0]:
            kept.append(turned)
            turned = None
        if _shows_something(marker, segment[4:]):
            kept.append(segment)
    return b"".join(kept)


def _shows_something(marker: int, body: bytes) -> bool:
    if marker in APPLICATION:
        return any(marker == found and body.startswith(name) for found, name in (JFIF, ICC, ADOBE))
    return marker != COMMENT


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """(marker, segment with its marker and the data after it), the end of the picture last, given or not."""
    place = len(SOI)
    while True:
        head = content[place : place + 4]
        if len(head) < 2 or head[0] != 0xFF:
            raise Unreadable
        marker = head[1]
        if marker == 0xFF:
            place += 1
            continue
        if marker == EOI:
            break
        end = place + 2 + int.from_bytes(head[2:], "big")
        if end < place + 4 or end > len(content):
            raise Unreadable
        if marker == SCAN:
            following = NEXT_SEGMENT.search(content, end)
            end = following.start() if following else len(content)
        yield marker, content[place:end]
        if end == len(content):
            break
        place = end
    yield EOI, bytes((0xFF, EOI))


def _orientation(content: bytes) -> bytes | None:
    """The one thing about a photo that changes how it looks, as a segment of its own; None where it stands upright."""
    try:
        with Image.open(BytesIO(content), formats=("JPEG",)) as image:
            value = image.getexif().get(ORIENTATION, UPRIGHT)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise Unreadable from None
    if value not in range(UPRIGHT + 1, 9):
        return None
    told = Image.Exif()
    told[ORIENTATION] = value
    body = told.tobytes()
    body = body if body.startswith(EXIF) else EXIF + body
    return b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body


def strip_png(content: bytes) -> bytes:
    """The same picture without texts, times, EXIF, private chunks and whatever hangs behind its end.

    Raises `Unreadable`, also where a checksum does not fit.
    """
    kept, place, kind = [PNG], len(PNG), b""
    while kind != LAST_CHUNK:
        length, kind = int.from_bytes(content[place : place + 4], "big"), content[place + 4 : place + 8]
        end = place + 12 + length
        if end > len(content) or crc32(content[place + 4 : end - 4]) != int.from_bytes(content[end - 4 : end], "big"):
            raise Unreadable
        if kind in KEPT_CHUNKS:
            kept.append(content[place:end])
        place = end
    return b"".join(kept)
