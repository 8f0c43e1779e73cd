"""A zoo of uploads: what is let in, what is kept out and why; who may open a file; signed scans."""

import hashlib
import zipfile
import zlib
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pikepdf import Encryption, Pdf

from orgs import roles
from orgs.access import viewer_of
from orgs.models import (
    AuditEvent,
    DocumentVersion,
    FilePurpose,
    Forbidden,
    Refusal,
    RoleGrant,
    StoredFile,
    Unit,
)
from orgs.selectors.files import SIGNERS
from orgs.services import files, versions
from tests import cast
from tests.uploads import JPG, PDF, PNG, pdf

pytestmark = pytest.mark.django_db
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
JUST_ENOUGH = pdf(size=files.LARGEST - len(pdf(size=10_400_000)) + 10_400_000)
TYPES = '<Types><Default ContentType="application/xml"/></Types>'


def member(name, method=zipfile.ZIP_STORED):
    """An entry of a fixed day: the same bytes, and so the same test names, in every process."""
    info = zipfile.ZipInfo(name, date_time=(2024, 12, 1, 8, 0, 0))
    info.compress_type = method
    return info


def archive(method=zipfile.ZIP_DEFLATED, **parts):
    sink = BytesIO()
    with zipfile.ZipFile(sink, "w", method) as made:
        for name, content in parts.items():
            made.writestr(member(name.replace("__", "/").replace("_dot_", "."), method), content)
    return sink.getvalue()


def office(**parts):
    named = archive(**parts)
    sink = BytesIO(named)
    with zipfile.ZipFile(sink, "a") as made:
        made.writestr(member("[Content_Types].xml"), TYPES)
    return sink.getvalue()


def docx(*paragraphs, part="word__document_dot_xml", **more):
    text = "".join(f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>" for words in paragraphs)
    base = {"word__document_dot_xml": "<w:p/>"}
    return office(**(base | {part: f"<w:document>{text}</w:document>"} | more))


def xlsx(*cells, **more):
    text = "".join(f"<si><t>{words}</t></si>" for words in cells)
    return office(xl__sharedStrings_dot_xml=f"<sst>{text}</sst>", xl__workbook_dot_xml="<workbook/>", **more)


def lying(content):
    """The same archive whose word part says it is smaller than it is."""
    spoilt = bytearray(content)
    place = spoilt.find(b"PK\x01\x02")
    spoilt[place + 24 : place + 28] = (3).to_bytes(4, "little")
    return bytes(spoilt)


def locked():
    with Pdf.open(BytesIO(PDF)) as made:
        sink = BytesIO()
        made.save(sink, encryption=Encryption(owner="chu", user="khach", R=2, aes=False, metadata=False))
        return sink.getvalue()


def store(name, content, owner=None, **more):
    asked = {"purpose": FilePurpose.EVIDENCE, "owner": owner} | more
    return files.store_file(upload=SimpleUploadedFile(name, content), **asked)


@pytest.mark.parametrize(
    ("name", "content", "content_type"),
    [
        ("Quyết định 12.pdf", PDF, "application/pdf"),
        ("anh.JPG", JPG, "image/jpeg"),
        ("anh.jpeg", JPG, "image/jpeg"),
        ("so-do.png", PNG, "image/png"),
        ("Báo cáo.docx", docx("Báo cáo kết quả"), WORD),
        ("Số liệu.xlsx", xlsx("Số liệu"), EXCEL),
        ("Công tác bảo mật thông tin.pdf", PDF, "application/pdf"),
        ("Giữ bí mật nhà nước (tuyên truyền).pdf", PDF, "application/pdf"),
        ("Mật độ dân số.pdf", PDF, "application/pdf"),
        ("Đổi mật khẩu.pdf", PDF, "application/pdf"),
        ("Họp mặt cuối năm.pdf", PDF, "application/pdf"),
        ("Mất điện tại trụ sở.pdf", PDF, "application/pdf"),
        ("so do mat bang.pdf", PDF, "application/pdf"),
        ("HOP MAT 2024.pdf", PDF, "application/pdf"),
        ("Hướng dẫn.docx", docx("Công tác bảo mật", "Độ mật của tài liệu do đơn vị soạn thảo xác định"),
         WORD),
        ("vừa đủ.pdf", JUST_ENOUGH, "application/pdf"),
    ],
)  # fmt: skip
def test_ordinary_file_is_kept_under_its_digest(name, content, content_type):
    file = store(name, content)
    kept = files.path_of(file).read_bytes()
    assert kept[:4] == content[:4]
    assert (file.content_type, file.size, file.name) == (content_type, len(kept), name)
    assert file.sha256 == hashlib.sha256(kept).hexdigest() == files.path_of(file).name
    assert name not in str(files.path_of(file))


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("rong.pdf", b"", "là tệp rỗng"),
        ("to.pdf", PDF + b"0" * (files.LARGEST + 1 - len(PDF)), "lớn hơn 10 MB"),
        ("bao-cao.pdf", JPG, "thực ra là tệp JPG"),
        ("anh.png", PDF, "thực ra là tệp PDF"),
        ("bao-cao.docx", xlsx("x"), "thực ra là tệp XLSX"),
        ("bao-cao.pdf.exe", PDF, "thực ra là tệp PDF"),
        ("khong-duoi", PDF, "thực ra là tệp PDF"),
        ("trang.pdf", b"<html><script>alert(1)</script></html>", "không phải PDF"),
        ("anh.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "không phải PDF"),
        ("cu.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 64, "không phải PDF"),
        ("chay.exe", b"MZ\x90\0", "không phải PDF"),
        ("nen.zip", archive(a="1"), "không phải PDF"),
        ("gia.docx", archive(word__document_dot_xml="x"), "không phải PDF"),
        ("sach.docx", office(OEBPS__a="x"), "không phải PDF"),
        ("hong.docx", docx("x")[:40], "bị hỏng"),
        ("hai-loai.pdf", PDF + archive(a="1"), "hai loại tệp"),
        ("hai-loai.jpg", JPG + docx("x"), "hai loại tệp"),
        ("macro.docx", docx("x", word__vbaProject_dot_bin=b"\0"), "macro"),
        ("macro.xlsx", xlsx("x", xl__vbaProject_dot_bin=b"\0"), "macro"),
        ("bom.docx", docx("x", word__bom_dot_bin=b"\0" * (files.LARGEST_UNPACKED + 1)), "lớn hơn 100 MB"),
        ("cut.pdf", PDF[:200], "bị hỏng: không thể xóa"),
        ("trong.pdf", b"%PDF-1.7\n%%EOF", "bị hỏng: không thể xóa"),
        ("cut.png", PNG[:-20], "bị hỏng: không thể xóa"),
        ("doi-diem.png", PNG.replace(b"IDAT", b"IDAT\0", 1), "bị hỏng: không thể xóa"),
        ("cut.jpg", JPG[:30], "bị hỏng: không thể xóa"),
        ("khoa.pdf", locked(), "mật khẩu"),
        ("noi-doi.docx", lying(docx("x" * 1000)), "bị hỏng"),
        ("TUYỆT MẬT.pdf", PDF, "dấu mật"),
        ("12-BC_MẬT.pdf", PDF, "dấu mật"),
        ("Công văn mật số 5.pdf", PDF, "dấu mật"),
        ("cong van mat so 5.pdf", PDF, "dấu mật"),
        ("[Mat] bao cao.pdf", PDF, "dấu mật"),
        ("CV_MAT_12.pdf", PDF, "dấu mật"),
        ("to trinh toi mat.pdf", PDF, "dấu mật"),
        ("bao-cao.docx", docx("Số 12", "TỐI MẬT", "Báo cáo"), "dấu mật"),
        ("bao-cao.docx", docx("MẬT", part="word__header1_dot_xml"), "dấu mật"),
        ("bao-cao.docx", docx("M</w:t></w:r><w:r><w:t>ẬT"), "dấu mật"),
        ("so-lieu.xlsx", xlsx("Số liệu", "TUYỆT MẬT"), "dấu mật"),
    ],
)
def test_strange_file_is_refused_by_name_and_leaves_nothing(name, content, words):
    with pytest.raises(Refusal, match=words) as found:
        store(name, content)
    assert f"“{name}”" in str(found.value)
    assert found.value.field == "file"
    assert not StoredFile.objects.exists()


def test_macros_are_seen_in_the_list_of_types_too():
    sink = BytesIO(archive(word__document_dot_xml="x"))
    with zipfile.ZipFile(sink, "a") as made:
        made.writestr("[Content_Types].xml", TYPES.replace("xml", "vnd.ms-word.document.macroEnabled.main+xml"))
    with pytest.raises(Refusal, match="macro"):
        store("a.docx", sink.getvalue())


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("bao\u202efdp.pdf", "baofdp.pdf"),
        ('a"b<c>d|e?.pdf', "abcde.pdf"),
        ("Bа́o.pdf".replace("а́", "a\u0301"), "Báo.pdf"),
    ],
)
def test_name_is_made_plain(given, kept):
    upload = SimpleUploadedFile("x.pdf", PDF)
    upload._name = given
    assert files.store_file(upload=upload, purpose=FilePurpose.EVIDENCE, owner=None).name == kept


def test_same_bytes_lie_on_disk_once():
    one, other = store("a.pdf", PDF), store("b.pdf", PDF)
    assert one.path == other.path
    assert one.pk != other.pk


def test_file_is_open_to_its_owner_and_to_nobody_by_its_address(province, client):
    file = store("a.pdf", PDF, owner=province.users["chi"])
    page = reverse("orgs:file_open", args=[file.uuid])
    assert client.get(page).status_code == 302
    for short, status in (("chi", 200), ("an", 404), ("giang", 404), ("phuc", 404)):
        client.force_login(province.users[short])
        assert client.get(page).status_code == status
    client.force_login(province.users["chi"])
    answer = client.get(page)
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    files.path_of(file).unlink()
    assert client.get(page).status_code == 404


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.pdf", PDF), ("a.png", PNG), ("a.jpg", JPG), ("a.docx", docx("x")), ("a.xlsx", xlsx("x"))],
    ids=["pdf", "png", "jpg", "docx", "xlsx"],
)
@pytest.mark.parametrize("purpose", [row for row in FilePurpose if row != FilePurpose.PRODUCED])
def test_what_somebody_brought_is_never_shown_inside_the_page(province, client, name, content, purpose):
    file = store(name, content, owner=province.users["chi"], purpose=purpose)
    client.force_login(province.users["chi"])
    answer = client.get(reverse("orgs:file_open", args=[file.uuid]))
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'


@pytest.mark.usefixtures("_officers_sign")
def test_our_own_paper_opens_in_the_browser_and_its_signed_scan_is_saved(province, client):
    kept, giang = version(province), province.users["giang"]
    versions.attach_scan(version=kept, upload=SimpleUploadedFile("ky.pdf", PDF), chain="system", actor=giang)
    kept.refresh_from_db()
    for row in (kept.file, kept.signed_scan):
        row.object_type, row.owner = "", giang
        row.save()
    client.force_login(giang)

    def shown(row, **query):
        answer = client.get(reverse("orgs:file_open", args=[row.uuid]), query)
        return answer.headers["Content-Disposition"].split(";")[0]

    assert shown(kept.file) == "inline"
    assert shown(kept.file, download="1") == "attachment"
    assert shown(kept.signed_scan) == "attachment"


def text_of(path):
    with Pdf.open(path) as found:
        return found.pages[0].Contents.read_bytes()


def version(province):
    return versions.keep_version(
        code=versions.new_code(),
        kind="dossier",
        title="Hồ sơ",
        object_type="orgs.Unit",
        object_id=str(province.units["SKH"].uuid),
        content=PDF,
        content_type="application/pdf",
        file_name="ho-so.pdf",
        digest=versions.content_digest({"a": 1}),
        chain="system",
        actor=province.users["giang"],
    )


def test_version_is_found_again_while_it_says_the_same(province):
    kept = version(province)
    asked = {"object_type": "orgs.Unit", "object_id": str(province.units["SKH"].uuid), "kind": "dossier"}
    assert versions.latest(**asked, digest=versions.content_digest({"a": 1})) == kept
    assert versions.latest(**asked, digest=versions.content_digest({"a": 2})) is None
    assert AuditEvent.objects.get(action="document.produce").object_id == asked["object_id"]


def test_version_codes_can_be_read_from_paper():
    codes = {versions.new_code() for _place in range(200)}
    assert len(codes) == 200
    assert all(len(code) == 9 and not set(code) & set("01IO") for code in codes)


@pytest.fixture
def _officers_sign(province):
    """Officers of a unit carry its papers to be signed; Giang is one of Sở Kế hoạch và Đầu tư."""
    SIGNERS["orgs.Unit"] = lambda user: Unit.objects.filter(pk__in=viewer_of(user).subtree_of(roles.OFFICER))
    unit, giang = province.units["SKH"], province.users["giang"]
    RoleGrant.objects.create(user=giang, role=roles.OFFICER, unit=unit, document="QĐ 01", started_on=cast.SINCE)
    yield
    del SIGNERS["orgs.Unit"]


def test_signed_scan_of_a_paper_without_a_pen_is_attached_by_nobody(province):
    asked = {"version": version(province), "chain": "system", "actor": province.users["giang"]}
    with pytest.raises(Forbidden, match="người trình ký"):
        versions.attach_scan(**asked, upload=SimpleUploadedFile("a.pdf", PDF))


@pytest.mark.usefixtures("_officers_sign")
def test_signed_scan_is_attached_once_and_checked_like_any_upload(province):
    kept = version(province)
    asked = {"version": kept, "chain": "system", "actor": province.users["giang"]}
    with pytest.raises(Refusal, match="không phải PDF"):
        versions.attach_scan(**asked, upload=SimpleUploadedFile("a.pdf", b"text"))
    done = versions.attach_scan(**asked, upload=SimpleUploadedFile("a.pdf", pdf("đã ký")))
    assert done.signed_scan.purpose == FilePurpose.SIGNED_SCAN
    with pytest.raises(Refusal, match="đã có bản quét"):
        versions.attach_scan(**asked, upload=SimpleUploadedFile("b.pdf", PDF))
    assert DocumentVersion.objects.get().signed_scan == done.signed_scan
    assert "đã ký".encode() in text_of(files.path_of(done.signed_scan))


def test_scan_page_is_closed_to_who_does_not_see_the_record(province, client):
    kept = version(province)
    page = reverse("orgs:version_scan", args=[kept.code])
    client.force_login(province.users["chi"])
    assert client.post(page, {"file": SimpleUploadedFile("a.pdf", PDF)}).status_code == 404
    assert DocumentVersion.objects.get().signed_scan is None


def test_control_the_bomb_of_the_zoo_is_small_on_the_wire():
    bomb = docx("x", word__bom_dot_bin=b"\0" * (files.LARGEST_UNPACKED + 1))
    assert len(bomb) < files.LARGEST / 10
    assert zlib.crc32(bomb)
