"""A draft to be studied, piece by piece: bodies picked by kind, line and level, taken off again, files taken off."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from criteria.models import Dissemination
from criteria.selectors.reaching import disseminations as selectors
from criteria.services.reaching import dissemination_drafts as drafts
from criteria.services.reaching import disseminations
from orgs.models import AuditEvent, Forbidden, Refusal, Stale, StoredFile, Unit, UnitKind
from orgs.services.transitions import advance
from tests.criteria.coverage import sent
from tests.uploads import PDF

pytestmark = pytest.mark.django_db
STRANGERS = ("an", "ha", "khanh", "nga", "oanh", "tu")


def fresh(row):
    return Dissemination.objects.get(pk=row.pk)


def codes(row):
    return set(row.units.values_list("unit__code", flat=True))


def page(name, row, *more):
    return reverse(f"criteria:{name}", args=[row.uuid, *more])


def with_file(province, name="tai-lieu.pdf"):
    """A draft to Sở Y tế with one file to be studied."""
    row = disseminations.create_dissemination(
        issuer=province.units["BTCTU"],
        words=sent.words(),
        bodies=[province.units["SYT"]],
        actor=province.users["giang"],
        upload=SimpleUploadedFile(name, PDF),
    )
    return row, selectors.materials_of(row).get()


@pytest.fixture
def row(province):
    return with_file(province)[0]


def add(province, row, *wanted, name="giang", version=None):
    return drafts.add_bodies(
        dissemination=row,
        bodies=[province.units[code] for code in wanted],
        version=fresh(row).version if version is None else version,
        actor=province.users[name],
    )


def remove(province, row, *wanted, name="giang", version=None):
    return drafts.remove_bodies(
        dissemination=row,
        bodies=[province.units[code] for code in wanted],
        version=fresh(row).version if version is None else version,
        actor=province.users[name],
    )


def test_bodies_are_added_and_who_is_addressed_stays(province, row):
    kept = row.units.get().pk
    assert [str(made.unit.code) for made in add(province, row, "SKH", "SYT", "SKH")] == ["SKH"]
    assert (codes(fresh(row)), row.units.get(unit__code="SYT").pk) == ({"SYT", "SKH"}, kept)
    assert fresh(row).version == row.version + 1
    assert AuditEvent.objects.filter(action="dissemination.bodies_added", chain=row.chain).count() == 1


def test_nothing_new_or_nothing_at_all_is_refused(province, row):
    for wanted, words in (((), "Đánh dấu các nơi cần gửi"), (("SYT",), "đã có trong nơi nhận")):
        with pytest.raises(Refusal, match=words):
            add(province, row, *wanted)
    for wanted in ((), ("SKH",)):
        with pytest.raises(Refusal, match="Đánh dấu các nơi cần bỏ"):
            remove(province, row, *wanted)
    assert (codes(fresh(row)), fresh(row).version) == ({"SYT"}, row.version)


def test_bodies_are_taken_off_a_draft(province, row):
    add(province, row, "SKH")
    assert remove(province, row, "SYT", "TU") == 1
    assert codes(fresh(row)) == {"SKH"}
    assert AuditEvent.objects.filter(action="dissemination.bodies_removed", chain=row.chain).count() == 1


def test_only_who_prepares_for_the_issuer_touches_the_draft(province, row):
    file = selectors.materials_of(row).get()
    for name in STRANGERS:
        for act in (add, remove):
            with pytest.raises(Forbidden):
                act(province, row, "SYT", name=name)
        with pytest.raises(Forbidden):
            drafts.remove_material(dissemination=row, file=file, version=row.version, actor=province.users[name])
    assert (codes(fresh(row)), fresh(row).version) == ({"SYT"}, row.version)


def test_stale_page_touches_nothing(province, row):
    add(province, row, "SKH")
    file = selectors.materials_of(row).get()
    for act in (add, remove):
        with pytest.raises(Stale):
            act(province, row, "TU", version=row.version)
    with pytest.raises(Stale):
        drafts.remove_material(dissemination=row, file=file, version=row.version, actor=province.users["giang"])
    assert (codes(fresh(row)), selectors.materials_of(row).count()) == ({"SYT", "SKH"}, 1)


def test_what_was_sent_out_does_not_change(province, row):
    file = selectors.materials_of(row).get()
    opened = advance(row, "open", actor=province.users["giang"], version=row.version)
    for act in (add, remove):
        with pytest.raises(Refusal, match="không còn là dự thảo"):
            act(province, opened, "SYT")
    with pytest.raises(Refusal, match="không còn là dự thảo"):
        drafts.remove_material(dissemination=opened, file=file, version=opened.version, actor=province.users["giang"])
    assert (codes(opened), selectors.materials_of(opened).count()) == ({"SYT"}, 1)


def test_body_outside_of_the_issuer_is_refused_by_name(province):
    row = disseminations.create_dissemination(
        issuer=province.units["SYT"], words=sent.words(), bodies=[], actor=province.users["khanh"]
    )
    with pytest.raises(Refusal, match="Sở Kế hoạch và Đầu tư"):
        add(province, row, "SKH", name="khanh")
    assert codes(row) == set()


def test_file_is_taken_off_a_draft_and_stays_with_who_brought_it(province):
    row, file = with_file(province)
    drafts.remove_material(dissemination=row, file=file, version=row.version, actor=province.users["giang"])
    assert selectors.materials_of(row).count() == 0
    left = StoredFile.objects.get(pk=file.pk)
    assert (left.object_type, left.object_id, left.owner) == ("", "", province.users["giang"])
    event = AuditEvent.objects.get(action="dissemination.file_removed", chain=row.chain)
    assert file.sha256 in event.payload
    with pytest.raises(Refusal, match="không thuộc"):
        drafts.remove_material(dissemination=row, file=file, version=fresh(row).version, actor=province.users["giang"])


def test_file_of_another_text_is_not_taken_off_here(province):
    row, _file = with_file(province)
    other, strange = with_file(province, "khac.pdf")
    with pytest.raises(Refusal, match="không thuộc"):
        drafts.remove_material(dissemination=row, file=strange, version=row.version, actor=province.users["giang"])
    assert selectors.materials_of(other).get() == strange


def test_page_takes_a_file_off_once(province, login):
    row, file = with_file(province)
    act = page("dissemination_file_remove", row, file.uuid)
    client = login("giang")
    assert act in client.get(page("dissemination_detail", row)).content.decode()
    sent_form = {"version": row.version, "idempotency_key": "k"}
    assert login("an").post(act, sent_form).status_code == 404
    client = login("giang")
    assert client.get(act).status_code == 405
    assert client.post(act, sent_form).url == page("dissemination_detail", row)
    assert selectors.materials_of(row).count() == 0
    assert client.post(act, sent_form).status_code == 302
    assert client.post(act, {"version": row.version, "idempotency_key": "other"}).status_code == 404
    assert file.name not in client.get(page("dissemination_detail", row)).content.decode()


def test_page_of_an_open_text_offers_no_way_to_take_files_off(province, login):
    row, file = with_file(province)
    advance(row, "open", actor=province.users["giang"], version=row.version)
    act = page("dissemination_file_remove", row, file.uuid)
    body = login("giang").get(page("dissemination_detail", row)).content.decode()
    assert (file.name in body, act in body) == (True, False)
    assert login("giang").post(act, {"version": 2}).status_code == 403
    assert selectors.materials_of(row).count() == 1


def found_on(client, row, **query):
    """Codes of the bodies that the picker offers."""
    body = client.get(page("dissemination_bodies", row), query).content.decode()
    return {unit.code for unit in Unit.objects.without_tree_fields() if f'id="u-{unit.uuid}"' in body}


def test_picker_finds_bodies_by_kind_line_level_and_superior(province, login, row):
    client, units = login("giang"), province.units
    everywhere = [unit for unit in Unit.objects.without_tree_fields() if unit.code != "SYT"]
    kind = UnitKind.objects.get(pk=units["SKH"].kind_id)
    assert found_on(client, row) == set()
    assert found_on(client, row, kind=kind.pk) == {unit.code for unit in everywhere if unit.kind_id == kind.pk}
    for line in ("party", "state"):
        wanted = {unit.code for unit in everywhere if unit.line == line}
        assert wanted
        assert found_on(client, row, line=line) == wanted
    assert found_on(client, row, level=1) == {unit.code for unit in everywhere if unit.parent_id is None}
    above = Unit.objects.without_tree_fields().get(pk=units["SKH"].parent_id)
    below = found_on(client, row, under=above.code)
    assert ("SKH" in below, above.code in below, "SYT" in below) == (True, False, False)
    assert found_on(client, row, q="ke hoach", line="state") <= {unit.code for unit in everywhere}


def test_everything_found_is_added_at_once_or_what_is_ticked(province, login, row):
    client, units = login("giang"), province.units
    act = page("dissemination_body_add", row)
    one = {"version": row.version, "unit": [units["SKH"].uuid, "kein-uuid"], "idempotency_key": "1"}
    assert client.post(act, one).url == page("dissemination_bodies", row)
    assert codes(row) == {"SYT", "SKH"}
    found = found_on(client, row, line="party")
    assert client.post(f"{act}?line=party", {"version": row.version + 1, "all": "1"}).status_code == 302
    assert codes(row) == {"SYT", "SKH"} | found
    body = client.get(page("dissemination_bodies", row)).content.decode()
    assert all(f'id="k-{units[code].uuid}"' in body for code in ("SYT", "SKH"))


def test_ticked_bodies_are_taken_off_on_the_page(province, login, row):
    client, act = login("giang"), page("dissemination_body_remove", row)
    answer = client.post(act, {"version": row.version}, follow=True)
    assert "Đánh dấu các nơi cần bỏ" in answer.content.decode()
    assert client.post(act, {"version": row.version, "unit": [province.units["SYT"].uuid]}).status_code == 302
    assert codes(row) == set()
    assert "Chưa chọn nơi nhận nào." in client.get(page("dissemination_bodies", row)).content.decode()
    stale = client.post(act, {"version": row.version, "unit": [province.units["SYT"].uuid]})
    assert stale.status_code == 409


def test_picker_is_closed_to_others_and_once_it_was_sent_out(province, login, row):
    address = page("dissemination_bodies", row)
    for name in STRANGERS:
        assert login(name).get(address).status_code == 404
    advance(row, "open", actor=province.users["giang"], version=row.version)
    assert login("giang").get(address).status_code == 403
    assert login("dung").get(address).status_code == 403
    assert login("giang").post(page("dissemination_body_add", row), {"version": 2}).status_code == 403


def test_edited_draft_keeps_what_was_picked(province, login, row):
    add(province, row, "SKH")
    body = login("giang").get(page("dissemination_edit", row)).content.decode()
    assert "SKH" in body
    assert page("dissemination_bodies", row) in login("giang").get(page("dissemination_detail", row)).content.decode()
