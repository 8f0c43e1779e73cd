"""A framework as a file: written in the published schema, read back as a draft, every wrong place named."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from criteria import conformity
from criteria.models import ConformityException, Criterion, CriterionLevel, Framework
from criteria.selectors.frameworks import conforming
from criteria.selectors.frameworks.framework_files import found_by_key, key_of, record_of
from criteria.services.frameworks.framework_files import import_framework
from orgs.models import Forbidden, Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def rich(frames):
    """An issued framework with everything that a file may hold."""
    above = frames.issued()
    child = frames.child(above)
    province = frames.province
    Framework.objects.filter(pk=child.pk).update(
        legal_basis="Quy định 124-QĐ/TW", line="state", managing_authority=province.authorities["SO"]
    )
    child.covers.create(job=frames.job)
    child.covers.create(unit=province.units["SYT"])
    Criterion.objects.filter(group__framework=child, code="2").update(weight=70, direction="at_least", cites="Điều 4")
    CriterionLevel.objects.filter(criterion__group__framework=child, criterion__code="2").update(target="95.5")
    child.groups.filter(criteria__code="2").update(weight_sum=70, is_sum_fixed=True, cites="khoản 2")
    ConformityException.objects.create(
        framework=child, code="weight_sum", path="groups['II'].sum", document="CV 1", recorded_by=frames.user("khanh")
    )
    return frames.issue(Framework.objects.get(pk=child.pk), "khanh", "07-KH/SYT", date(2024, 10, 20))


def test_key_is_unit_number_and_day(frames, rich):
    assert key_of(rich) == "SYT/07-KH/SYT@2024-10-20"
    assert key_of(rich.parent) == "TU/01-HD/TU@2024-10-01"
    draft = frames.own(title="Nháp")
    assert key_of(draft) == f"TU/draft-{draft.uuid}@draft"
    assert list(found_by_key("SYT/07-KH/SYT@2024-10-20")) == [rich]
    assert list(found_by_key(key_of(draft))) == [draft]
    for wrong in ("SYT/07-KH/SYT@2024-10-21", "SKH/07-KH/SYT@2024-10-20", "07", "", "SYT@2024-10-20"):
        assert list(found_by_key(wrong)) == []


def test_file_reads_back_as_the_same_record(rich):
    record = record_of(Framework.objects.get(pk=rich.pk))
    assert conformity.read(conformity.to_json(record)) == record
    data = conformity.to_data(record)
    assert (data["parent"], data["form"], data["marking"]) == ("TU/01-HD/TU@2024-10-01", "02A", "levels")
    assert data["covers"] == [
        {"kind": "job", "code": "TCCB", "name": "Chuyên viên tổ chức cán bộ"},
        {"kind": "unit", "code": "SYT", "name": "Sở Y tế"},
        {"kind": "line", "code": "state", "name": "Nhà nước"},
        {"kind": "managing_authority", "code": "SO", "name": "Sở, ban, ngành quản lý"},
    ]
    row = next(row for group in data["groups"] for row in group["criteria"] if row["code"] == "2")
    assert (row["concretises"], row["required"], row["weight"], row["direction"]) == ("2", True, "70", "at_least")
    assert row["levels"]["good"]["target"] == "95.5"


def test_command_writes_what_the_check_reads(rich, tmp_path, capsys):
    parent, child = tmp_path / "parent.json", tmp_path / "child.json"
    call_command("export_framework", "TU/01-HD/TU@2024-10-01", "-o", str(parent))
    call_command("export_framework", "SYT/07-KH/SYT@2024-10-20", "-o", str(child))
    said = StringIO()
    call_command("export_framework", "SYT/07-KH/SYT@2024-10-20", stdout=said)
    assert said.getvalue() == child.read_text(encoding="utf-8")
    result = conformity.check(
        conformity.read(parent.read_text(encoding="utf-8")), conformity.read(child.read_text(encoding="utf-8"))
    )
    assert result.conforms == conforming.result_of(Framework.objects.get(pk=rich.pk)).conforms


def test_command_names_what_it_cannot_find_and_asks_for_the_form(frames, rich):
    with pytest.raises(CommandError, match="There is no framework SYT/1@2024-01-01"):
        call_command("export_framework", "SYT/1@2024-01-01")
    frames.issued(form_key="02B", rows=frames.example("02B"))
    with pytest.raises(CommandError, match="name one by --form: 02A .*, 02B"):
        call_command("export_framework", "TU/01-HD/TU@2024-10-01")
    said = StringIO()
    call_command("export_framework", "TU/01-HD/TU@2024-10-01", "--form", "02B", stdout=said)
    assert json.loads(said.getvalue())["form"] == "02B"


def exported(framework):
    return conformity.to_data(record_of(Framework.objects.get(pk=framework.pk)))


def brought(frames, data, name="khanh"):
    return import_framework(source=json.dumps(data), actor=frames.user(name))


def test_import_makes_a_draft_without_number_confirmations_and_exceptions(frames, rich):
    made = brought(frames, exported(rich))
    assert (made.state, made.number, made.issued_on, made.edition) == ("draft", "", None, rich.edition + 1)
    assert (made.parent, made.issuer, made.legal_basis) == (rich.parent, rich.issuer, "Quy định 124-QĐ/TW")
    assert not made.exceptions.exists()
    before, after = exported(rich), exported(made)
    for name in ("groups", "covers", "subject", "marking", "regulation", "form", "title"):
        assert after[name] == before[name]


def changed(data, path, value):
    *way, last = path
    place = data
    for step in way:
        place = place[step]
    place[last] = value
    return data


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("schema",), "framework/9", "schema: "),
        (("groups", 0, "criteria", 0, "weight"), 3.5, "groups[0].criteria[0].weight: "),
        (("groups", 0, "criteria", 0, "levels", "good", "target"), "-1", "groups[0].criteria[0].levels.good.target: "),
        (("issuer", "code"), "XYZ", "issuer.code: ở đây không có XYZ"),
        (("regulation",), "1@2024-01-01", "regulation: ở đây không có 1@2024-01-01"),
        (("form",), "99", "form: quy định có các mẫu: "),
        (("parent",), "TU/x@2024-01-01", "parent: ở đây không có TU/x@2024-01-01"),
        (("covers", 0, "code"), "LẠ", "covers[0].code: ở đây không có LẠ"),
        (("covers", 2, "code"), "sea", "covers[2].code: ở đây không có sea"),
        (("covers", 3, "code"), "sea", "covers[3].code: ở đây không có sea"),
        (("groups", 0, "title"), "d" * 301, "groups[0].title: dài quá 300 ký tự"),
        (("groups", 0, "code"), "d" * 11, "groups[0].code: dài quá 10 ký tự"),
        (("groups", 1, "criteria", 0, "code"), "1", "groups[1].criteria[0].code: Mã tiêu chí 1 đứng hai lần"),
    ],
)
def test_import_names_the_place_that_is_wrong_and_keeps_nothing(frames, rich, path, value, said):
    count = (Framework.objects.count(), Criterion.objects.count())
    with pytest.raises(Refusal) as refused:
        brought(frames, changed(exported(rich), path, value))
    assert said in refused.value.message
    assert refused.value.field == "file"
    assert (Framework.objects.count(), Criterion.objects.count()) == count


def test_import_is_for_who_prepares_for_the_issuer_of_the_file(frames, rich):
    for name in ("giang", "chi", "an", "tu"):
        with pytest.raises(Forbidden):
            brought(frames, exported(rich), name)


def test_file_is_taken_and_brought_in_on_the_pages(frames, login, rich):
    client = login("khanh")
    answer = client.get(reverse("criteria:framework_file", args=[rich.uuid]))
    assert answer["Content-Disposition"] == 'attachment; filename="syt-07-kh-syt2024-10-20.json"'
    assert json.loads(answer.content) == exported(rich)
    upload = SimpleUploadedFile("khung.json", answer.content)
    sent = client.post(reverse("criteria:framework_import"), {"file": upload, "idempotency_key": "1"})
    made = Framework.objects.latest("pk")
    assert sent.url == reverse("criteria:framework_detail", args=[made.uuid])
    for content in (b"{", b"\xff\xfe", b"0" * (2 * 1024 * 1024 + 1)):
        wrong = client.post(reverse("criteria:framework_import"), {"file": SimpleUploadedFile("k.json", content)})
        assert (wrong.status_code, "error-summary" in wrong.content.decode()) == (200, True)
    assert Framework.objects.latest("pk") == made
    assert login("an").get(reverse("criteria:framework_import")).status_code == 403
    draft = frames.own(title="Nháp")
    assert login("an").get(reverse("criteria:framework_file", args=[draft.uuid])).status_code == 404
