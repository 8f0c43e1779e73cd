"""Files with what programs and cameras write about their makers: the maker goes, what the file shows stays."""

import zipfile
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from openpyxl.comments import Comment
from openpyxl.packaging.custom import StringProperty
from pikepdf import Array, Dictionary, Encryption, Name, Pdf
from PIL import Image

from orgs.documents.pictures import ICC, Unreadable, strip_jpeg, strip_png
from orgs.documents.stripping import Locked, strip_office, strip_pdf
from orgs.models import FilePurpose
from orgs.services import files
from tests.uploads import GPS, JPG, MAKER, PDF, PNG, TURNED, jpg, pdf, png

WHERE = "Tổ dân phố 5"


def saved(document):
    sink = BytesIO()
    document.save(sink)
    return sink.getvalue()


def word(*paragraphs):
    """A Word file that names its maker in its properties, in a remark and in a preview."""
    made = Document()
    for text in paragraphs:
        run = made.add_paragraph(text).runs[0]
    made.add_comment(run, text="Xem lại số liệu", author=MAKER, initials="NVL")
    made.add_picture(BytesIO(jpg(maker=MAKER)))
    about = made.core_properties
    about.author = about.last_modified_by = MAKER
    about.comments, about.keywords = WHERE, WHERE
    return saved(made)


def excel():
    """A workbook that names its maker in its properties, one of them made by himself, and in a remark."""
    made = openpyxl.Workbook()
    made.active["A1"], made.active["B1"] = "Chỉ tiêu", 98.5
    made.active["B1"].comment = Comment("Số liệu đến 30/11", MAKER)
    made.properties.creator = made.properties.lastModifiedBy = MAKER
    made.custom_doc_props.append(StringProperty(name="Đơn vị", value=WHERE))
    return saved(made)


def parts_of(content):
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def with_parts(content, **parts):
    """The same archive with parts put in; "__" stands for a stroke, "_dot_" for a dot."""
    named = {name.replace("__", "/").replace("_dot_", "."): part for name, part in parts.items()}
    sink = BytesIO()
    with zipfile.ZipFile(sink, "w") as made:
        for name, part in (parts_of(content) | named).items():
            made.writestr(name, part)
    return sink.getvalue()


def says(content, *names):
    """Which of the names stand in the file, in any part of an archive, in any stream of a PDF."""
    if content.startswith(b"PK"):
        content = b"".join(parts_of(content).values())
    elif content.startswith(b"%PDF"):
        content = opened(content)
    return {name for name in names if name.encode() in content or name.encode("utf-16-be") in content}


def opened(content):
    with Pdf.open(BytesIO(content)) as found:
        sink = BytesIO()
        found.save(sink, compress_streams=False, deterministic_id=True)
    return sink.getvalue()


KINDS = {
    "a.pdf": lambda: pdf(maker=MAKER),
    "a.jpg": lambda: jpg(maker=MAKER),
    "a.png": lambda: png(maker=MAKER),
    "a.docx": lambda: word("Báo cáo kết quả"),
    "a.xlsx": excel,
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(KINDS))
def test_upload_of_every_kind_names_its_maker_before_and_not_after(name):
    content = KINDS[name]()
    assert says(content, MAKER) == {MAKER}
    file = files.store_file(upload=SimpleUploadedFile(name, content), purpose=FilePurpose.EVIDENCE, owner=None)
    kept = files.path_of(file).read_bytes()
    assert says(kept, MAKER, WHERE) == set()
    assert file.size == len(kept)


@pytest.mark.parametrize(("strip", "made"), [(strip_jpeg, "a.jpg"), (strip_png, "a.png"), (strip_office, "a.xlsx")])
def test_what_is_stripped_already_stays_byte_for_byte(strip, made):
    content = KINDS[made]()
    once = strip(content)
    assert once != content
    assert strip(once) == once


@pytest.mark.parametrize("strip", [strip_pdf, strip_jpeg, strip_png, strip_office])
def test_what_is_no_file_of_the_kind_is_unreadable(strip):
    for content in (b"", b"%PDF-1.7", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04", b"\0" * 100):
        with pytest.raises(Unreadable):
            strip(content)


def test_pdf_keeps_its_pages_and_remarks_but_not_who_wrote_them():
    with Pdf.open(BytesIO(strip_pdf(pdf("Biên bản kiểm phiếu", maker=MAKER)))) as kept:
        page = kept.pages[0]
        assert page.Contents.read_bytes() == "% Biên bản kiểm phiếu\n".encode()
        assert str(page.Annots[0].Contents) == "Đã đọc"
        assert "/T" not in page.Annots[0]
        assert "/Metadata" not in kept.Root
        assert "/Info" not in kept.trailer


def changed(content, change):
    with Pdf.open(BytesIO(content)) as made:
        change(made)
        return saved(made)


def test_field_of_a_form_keeps_its_name():
    def with_field(made):
        field = Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T="ho_ten", Rect=[0, 0, 9, 9])
        made.pages[0].Annots = Array([made.make_indirect(field)])

    with Pdf.open(BytesIO(strip_pdf(changed(PDF, with_field)))) as kept:
        assert str(kept.pages[0].Annots[0].T) == "ho_ten"


def test_photo_inside_a_pdf_is_stripped_like_any_other():
    def with_photo(made):
        photo = made.make_stream(jpg(maker=MAKER), Type=Name.XObject, Subtype=Name.Image, Width=8, Height=4,
                                 ColorSpace=Name.DeviceRGB, BitsPerComponent=8, Filter=Name.DCTDecode)  # fmt: skip
        made.pages[0].Resources = Dictionary(XObject=Dictionary(Im0=photo))

    content = changed(PDF, with_photo)
    assert says(content, MAKER)
    kept = strip_pdf(content)
    assert not says(kept, MAKER)
    with Pdf.open(BytesIO(kept)) as found:
        assert found.pages[0].Resources.XObject.Im0.read_raw_bytes().startswith(b"\xff\xd8")


def test_earlier_state_that_a_program_left_behind_is_gone():
    first = pdf("Bản cũ: tự xếp loại xuất sắc")
    content = first + first[: first.index(b"endobj")].replace(b"%PDF", b"%old")
    assert b"%old" not in strip_pdf(content)


def test_pdf_that_was_signed_digitally_stays_as_it_was_signed():
    def signed(made):
        made.Root.AcroForm = Dictionary(
            SigFlags=3, Fields=Array([made.make_indirect(Dictionary(ByteRange=[0, 1, 2, 3], Contents=b"x"))])
        )

    content = changed(pdf(maker=MAKER), signed)
    assert strip_pdf(content) == content


def test_pdf_that_everybody_may_open_but_nobody_change_is_stripped_too():
    with Pdf.open(BytesIO(pdf(maker=MAKER))) as made:
        sink = BytesIO()
        made.save(sink, encryption=Encryption(owner="chu", user=""))
    assert not says(strip_pdf(sink.getvalue()), MAKER)


def test_locked_is_a_kind_of_unreadable_that_has_its_own_words():
    assert issubclass(Locked, Unreadable)


def pixels(content):
    with Image.open(BytesIO(content)) as image:
        return image.size, image.tobytes()


@pytest.mark.parametrize(
    "content",
    [jpg(maker=MAKER), jpg(maker=MAKER, progressive=True), jpg(maker=MAKER, quality=30), jpg(icc_profile=b"x" * 300)],
    ids=["plain", "progressive", "small", "profile"],
)
def test_photo_looks_the_same_to_the_point(content):
    assert pixels(strip_jpeg(content)) == pixels(content)


def test_photo_loses_its_place_and_keeps_how_it_was_held():
    about = Image.Exif()
    about[TURNED], about[GPS] = 6, {1: "N", 2: (15.0, 7.0, 12.0)}
    sink = BytesIO()
    Image.new("RGB", (8, 4)).save(sink, "JPEG", exif=about)
    with Image.open(BytesIO(strip_jpeg(sink.getvalue()))) as kept:
        assert dict(kept.getexif()) == {TURNED: 6}
        assert not kept.getexif().get_ifd(GPS)


def test_upright_photo_says_nothing_at_all_about_itself():
    with Image.open(BytesIO(strip_jpeg(jpg(maker=MAKER)))) as kept:
        assert not dict(kept.getexif())
        assert "comment" not in kept.info


def test_profile_of_colours_is_part_of_how_a_photo_looks():
    kept = strip_jpeg(jpg(icc_profile=b"mau" * 100))
    assert ICC[1] in kept
    assert b"mau" * 100 in kept


def test_second_picture_behind_the_first_is_cut_off_and_a_missing_end_is_added():
    assert strip_jpeg(JPG + jpg(maker=MAKER)) == strip_jpeg(JPG)
    assert strip_jpeg(JPG[:-2]) == strip_jpeg(JPG)


@pytest.mark.parametrize(
    "content",
    [JPG[:3], JPG[:6], JPG[:20], JPG[:2] + b"\xff\xe0\x00\x01" + JPG[2:], JPG[:2] + b"no" + JPG[2:]],
    ids=["mark", "length", "segment", "too short", "no mark"],
)
def test_photo_with_broken_segments_is_unreadable(content):
    with pytest.raises(Unreadable):
        strip_jpeg(content)


def test_png_looks_the_same_and_keeps_what_it_needs_for_that():
    sink = BytesIO()
    with Image.open(BytesIO(png(maker=MAKER))) as image:
        image.quantize(4).save(sink, "PNG", transparency=1, gamma=0.5, dpi=(96, 96), exif=b"Exif\0\0" + MAKER.encode())
    content = sink.getvalue()
    kept = strip_png(content)
    assert pixels(kept) == pixels(content)
    assert all(chunk in kept for chunk in (b"PLTE", b"tRNS", b"pHYs"))
    assert b"eXIf" in content
    assert b"eXIf" not in kept


@pytest.mark.parametrize("place", [20, 40, -6])
def test_png_with_a_wrong_checksum_is_unreadable(place):
    spoilt = bytearray(PNG)
    spoilt[place] ^= 1
    with pytest.raises(Unreadable):
        strip_png(bytes(spoilt))


def test_word_file_opens_and_reads_as_before():
    content = word("Báo cáo kết quả", "Đã bàn giao 45/45 hộ")
    kept = Document(BytesIO(strip_office(content)))
    assert [row.text for row in kept.paragraphs][:2] == ["Báo cáo kết quả", "Đã bàn giao 45/45 hộ"]
    assert [(row.text, row.author, row.initials) for row in kept.comments] == [("Xem lại số liệu", "Tác giả", "")]
    about = kept.core_properties
    assert (about.author, about.last_modified_by, about.comments, about.created) == ("", "", "", None)
    assert len(kept.inline_shapes) == 1


def test_changes_and_people_in_a_word_file_lose_their_names():
    change = f'<w:p><w:ins w:id="1" w:author="{MAKER}" w:date="2024-01-01T00:00:00Z"><w:r/></w:ins></w:p>'
    person = f'<w15:person w15:author="{MAKER}"><w15:presenceInfo w15:userId="{WHERE}"/></w15:person>'
    content = with_parts(
        word("x"), word__footnotes_dot_xml=change, word__people_dot_xml=f"<w15:people>{person}</w15:people>"
    )
    kept = parts_of(strip_office(content))
    assert kept["word/people.xml"] == b"<w15:people></w15:people>"
    assert 'w:author="Tác giả"' in kept["word/footnotes.xml"].decode()
    assert 'w:date="2024-01-01T00:00:00Z"' in kept["word/footnotes.xml"].decode()


def test_words_that_look_like_a_name_of_an_author_stay_in_the_text():
    text = 'Khai báo w:author="Trần" và <author>'
    kept = Document(BytesIO(strip_office(word(text))))
    assert kept.paragraphs[0].text == text


def test_properties_are_found_wherever_the_file_says_they_lie():
    content = word("x")
    parts = parts_of(content)
    relations = parts["_rels/.rels"].replace(b"docProps/core.xml", b"package/about.psmdcp")
    parts["package/about.psmdcp"] = parts.pop("docProps/core.xml")
    sink = BytesIO()
    with zipfile.ZipFile(sink, "w") as made:
        for name, part in (parts | {"_rels/.rels": relations}).items():
            made.writestr(name, part)
    assert says(sink.getvalue(), WHERE)
    assert not says(strip_office(sink.getvalue()), MAKER, WHERE)


def test_preview_goes_with_its_relation():
    content = word("x")
    assert "docProps/thumbnail.jpeg" in parts_of(content)
    kept = parts_of(strip_office(content))
    assert "docProps/thumbnail.jpeg" not in kept
    assert b"thumbnail" not in kept["_rels/.rels"]


def test_workbook_opens_with_its_cells_and_remarks():
    kept = openpyxl.load_workbook(BytesIO(strip_office(excel())))
    assert [cell.value for cell in kept.active[1]] == ["Chỉ tiêu", 98.5]
    assert kept.active["B1"].comment.text == "Số liệu đến 30/11"
    assert kept.active["B1"].comment.author == "Tác giả"
    assert not kept.properties.lastModifiedBy
    assert len(kept.custom_doc_props) == 0


@pytest.mark.parametrize(
    ("part", "content", "kept"),
    [
        ("xl__workbook_dot_xml", '<x15ac:absPath url="C:\\Users\\Lo\\"/>', '<x15ac:absPath url=""/>'),
        ("xl__workbook_dot_xml", '<fileSharing userName="Lo" readOnlyRecommended="1"/>',
         '<fileSharing userName="" readOnlyRecommended="1"/>'),
        ("xl__persons__person_dot_xml", '<person displayName="Lo" id="{1}" userId="lo@qn" providerId="AD"/>',
         '<person displayName="" id="{1}" userId="" providerId=""/>'),
    ],
)  # fmt: skip
def test_paths_and_people_of_a_workbook_go(part, content, kept):
    name = part.replace("__", "/").replace("_dot_", ".")
    assert parts_of(strip_office(with_parts(excel(), **{part: content})))[name].decode() == kept


def test_days_on_which_the_parts_were_written_are_nobodys_business():
    with zipfile.ZipFile(BytesIO(strip_office(excel()))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_office_file_that_was_signed_digitally_stays_as_it_was_signed():
    content = with_parts(word("x"), _xmlsignatures__sig1_dot_xml="<Signature/>")
    assert strip_office(content) == content


def test_picture_inside_that_we_cannot_read_stays_in_the_document():
    odd = b"\xff\xd8\xff" + b"?" * 40
    content = with_parts(word("x"), word__media__odd_dot_jpeg=odd)
    assert parts_of(strip_office(content))["word/media/odd.jpeg"] == odd
