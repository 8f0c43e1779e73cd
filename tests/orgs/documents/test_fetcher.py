"""Nothing outside is ever read: neither by the fetcher, nor through anything somebody writes into a field."""

import http.server
import threading

import pikepdf
import pytest
from django.utils.html import escape
from weasyprint import HTML

from orgs.documents import (
    Addressees,
    Choice,
    Column,
    Fields,
    Head,
    Heading,
    Paragraph,
    Section,
    Sheet,
    Signature,
    Table,
    render_html,
    render_pdf,
)
from orgs.documents.fetcher import FONT_FILES, VendoredFetcher
from orgs.documents.pdf import write_pdf
from orgs.documents.qr import png_of
from tests.orgs.documents.reading import html_text, pdf_text

SECRET = "MAT-KHAU-KHONG-DUOC-LO"

REFUSED = [
    "file:///etc/passwd",
    "FILE:///etc/passwd",
    "http://127.0.0.1:1/x",
    "https://localhost/x.png",
    "ftp://localhost/x",
    "data:text/plain,abc",
    "data:image/svg+xml;base64,PHN2Zy8+",
    "jar:file:///x",
    "vendored:",
    "qr:",
    "qr:" + "a" * 101,
    "QR:abc",
    "vendored:../settings/base.py",
    "vendored:/etc/passwd",
    "vendored:Tinos-400-normal.ttf/../../../../etc/passwd",
    "vendored:LICENSE-tinos.txt",
    "Vendored:Tinos-400-normal.ttf",
    "Tinos-400-normal.ttf",
    "",
]


@pytest.mark.parametrize("url", REFUSED)
def test_fetcher_refuses_everything_that_is_not_a_vendored_font(url):
    with pytest.raises(ValueError, match="nothing but its own fonts"):
        VendoredFetcher().fetch(url)


@pytest.mark.parametrize("name", sorted(FONT_FILES))
def test_fetcher_serves_the_vendored_fonts(name):
    assert VendoredFetcher().fetch(f"vendored:{name}").read()[:4] == b"\x00\x01\x00\x00"


def test_fetcher_draws_the_symbol_of_a_code():
    assert VendoredFetcher().fetch("qr:2024-CB-000123").read() == png_of("2024-CB-000123", scale=6)
    assert VendoredFetcher().fetch("qr:M%C3%A3%201").read() == png_of("Mã 1", scale=6)


class _Trap(http.server.BaseHTTPRequestHandler):
    """A server that remembers who asked."""

    def do_GET(self):
        self.server.asked.append(self.path)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(SECRET.encode())

    def log_message(self, *arguments):
        pass


@pytest.fixture
def trap():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Trap)
    server.asked = []
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def secret_file(tmp_path):
    path = tmp_path / "secret.txt"
    path.write_text(SECRET, encoding="utf-8")
    return path


PAYLOADS = [
    '<link rel="attachment" href="{file}">',
    '<link rel=attachment href="{http}" title=a>',
    "</p></section></article><link rel=attachment href={file}><p>",
    '<a rel="attachment" href="{file}">tải</a>',
    '<img src="{http}">',
    '<img src="{file}" alt=a>',
    "<img src=x onerror=alert(1)>",
    '<iframe src="{http}"></iframe>',
    '<object data="{file}" type="text/plain"></object>',
    '<embed src="{http}">',
    '<link rel="stylesheet" href="{http}">',
    "<style>@import url({http});</style>",
    "<style>@font-face{{font-family:Tinos;src:url({http})}}</style>",
    '<p style="background:url({http})">a</p>',
    "<svg xmlns='http://www.w3.org/2000/svg'><image href='{http}' width='9' height='9'/></svg>",
    "<svg><use href='{file}#a'/></svg>",
    '<base href="{http}"><img src="x">',
    "<script src={http}></script>",
    "<meta http-equiv=refresh content='0;url={http}'>",
    "{{% include '{file}' %}}{{{{ settings.SECRET_KEY }}}}<!--<img src={http}>-->",
]


def sheet_full_of(text):
    return Sheet(
        title=text,
        subtitles=(text,),
        form_label=text,
        head=Head(body=(text, text), number=text, place=text, subject=text),
        sections=(
            Section(
                text,
                (
                    Heading(text),
                    Paragraph(text, lead=text),
                    Fields(((text, text),)),
                    Choice(text, (text, "Tốt"), text),
                    Addressees((text, text)),
                    Table((Column(text), Column(text)), ((text, text),), caption=text),
                ),
            ),
        ),
        signatures=(Signature(text, text, text, text, text),),
        recipients=(text,),
        watermark=text,
        author=text,
        code=text[:40],
    )


def parts_that_reach_out(pdf_bytes, tmp_path):
    """Embedded files, actions and link addresses of a PDF."""
    path = tmp_path / "document.pdf"
    path.write_bytes(pdf_bytes)
    with pikepdf.open(path) as pdf:
        found = [name for name in ("/AF", "/OpenAction", "/AA", "/AcroForm") if name in pdf.Root]
        found += ["/EmbeddedFiles"] if "/EmbeddedFiles" in pdf.Root.get("/Names", {}) else []
        for page in pdf.pages:
            found += [str(note.get("/A", "/Annot")) for note in page.get("/Annots", [])]
    return found


@pytest.mark.parametrize("payload", PAYLOADS)
def test_payload_stays_text_and_nothing_is_read(payload, trap, secret_file, tmp_path):
    text = payload.format(http=f"http://127.0.0.1:{trap.server_port}/x", file=secret_file.as_uri())
    sheet = sheet_full_of(text)
    pdf = render_pdf(sheet)
    assert trap.asked == []
    assert parts_that_reach_out(pdf, tmp_path) == []
    assert SECRET.encode() not in pdf
    assert SECRET not in pdf_text(pdf)
    page = render_html(sheet)
    assert html_text(page).count(" ".join(text.split())) >= 10
    assert escape(text) in page


def test_payloads_are_twenty():
    assert len(set(PAYLOADS)) == 20


@pytest.mark.parametrize("payload", [PAYLOADS[0], PAYLOADS[1], PAYLOADS[4], PAYLOADS[10]])
def test_fetcher_stops_the_payload_even_where_a_template_forgets_to_escape(payload, trap, secret_file, tmp_path):
    text = payload.format(http=f"http://127.0.0.1:{trap.server_port}/x", file=secret_file.as_uri())
    pdf = write_pdf(f'<html lang="vi"><body><p>a</p>{text}</body></html>')
    assert trap.asked == []
    assert parts_that_reach_out(pdf, tmp_path) == []


def test_control_the_trap_catches_an_engine_without_the_fetcher(trap, secret_file, tmp_path):
    text = PAYLOADS[0] + PAYLOADS[4]
    text = text.format(http=f"http://127.0.0.1:{trap.server_port}/x", file=secret_file.as_uri())
    pdf = HTML(string=f'<html lang="vi"><body>{text}</body></html>').write_pdf(pdf_variant="pdf/a-3a")
    assert trap.asked == ["/x"]
    assert "/EmbeddedFiles" in parts_that_reach_out(pdf, tmp_path)
