"""Real small files that people could bring, with what programs and cameras write about their makers."""

from io import BytesIO

import pikepdf
from PIL import Image, PngImagePlugin

MAKER = "Nguyễn Văn Lộ"
GPS, ARTIST, TURNED = 0x8825, 0x013B, 0x0112


def pdf(text="Minh chứng", *, maker="", size=0):
    """One page; with a maker it names him in the document information, in XMP and in a remark on the page."""
    with pikepdf.new() as made:
        page = made.add_blank_page(page_size=(200, 200))
        page.Contents = made.make_stream(b"% " + text.encode() + b"\n" + b" " * size)
        if maker:
            with made.open_metadata() as about:
                about["dc:creator"] = [maker]
            made.docinfo["/Author"] = maker
            page.Annots = pikepdf.Array(
                [made.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, T=maker,
                                                       Rect=[0, 0, 9, 9], Contents=pikepdf.String("Đã đọc")))]
            )  # fmt: skip
        sink = BytesIO()
        made.save(sink, deterministic_id=True, compress_streams=False)
        return sink.getvalue()


def jpg(*, maker="", turned=1, **more):
    """A picture of 8 by 4 points; with a maker it names him in EXIF, in a comment and behind its end."""
    sink, about = BytesIO(), Image.Exif()
    if maker:
        about[ARTIST] = maker
        more["comment"] = maker
    if turned != 1:
        about[TURNED] = turned
    Image.new("RGB", (8, 4), (200, 20, 20)).save(sink, "JPEG", exif=about, **more)
    return sink.getvalue() + maker.encode()


def png(*, maker=""):
    """A picture of 4 by 4 points; with a maker it names him in a text and behind its end."""
    sink, about = BytesIO(), PngImagePlugin.PngInfo()
    if maker:
        about.add_itxt("Author", maker)
    Image.new("RGBA", (4, 4), (20, 20, 200, 120)).save(sink, "PNG", pnginfo=about)
    return sink.getvalue() + maker.encode()


PDF, JPG, PNG = pdf(), jpg(), png()
