"""A confirmation that a text is not loosened: for these two texts alone, of the body and of the framework above."""

import importlib
from datetime import date

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse

from criteria import conformity
from criteria.models import Criterion, CriterionLevel, LevelConfirmation
from criteria.selectors.frameworks import conforming
from criteria.selectors.frameworks.framework_files import record_of
from criteria.services.frameworks import conformities, framework_outline, frameworks
from orgs.models import AuditEvent, Blocked, Refusal
from orgs.services.transitions import advance

pytestmark = pytest.mark.django_db
DOCUMENT = "CV 12-CV/BTCTU ngày 05/11/2024"
MINE, LATER = "Hoàn thành các nhiệm vụ được giao, có sản phẩm cụ thể.", "Hoàn thành toàn bộ nhiệm vụ, vượt tiến độ."


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def text_of(framework, code="2", level="good"):
    return CriterionLevel.objects.get(criterion__group__framework=framework, criterion__code=code, level=level)


def put(framework, text, code="2", level="good"):
    row = text_of(framework, code, level)
    row.text = text
    row.save()
    return row


def waiting(framework):
    return [(breach.code, breach.named) for breach in conforming.standing_breaches(fresh(framework))]


@pytest.fixture
def above(frames):
    return frames.issued()


@pytest.fixture
def child(frames, above):
    """A draft of Sở Y tế whose text of criterion 2, level good, reads otherwise than above."""
    made = frames.child(above)
    put(made, MINE)
    return made


def confirm(frames, child, **more):
    row = text_of(child)
    given = {
        "criterion": row.criterion,
        "level": row.level,
        "text_sha256": conforming.digest_of(row.text),
        "above_sha256": conforming.digest_of(conforming.text_above(child, row)),
        "document": DOCUMENT,
        "confirmed_on": date(2024, 11, 5),
    }
    return conformities.confirm_level(**{**given, **more}, actor=frames.user("giang"))


WAITS = [("level_changed", "criteria['2'].levels.good")]


def test_confirmation_keeps_both_texts_by_their_digests(frames, above, child):
    made = confirm(frames, child)
    assert made.text_sha256 == conforming.digest_of(MINE)
    assert made.above_sha256 == conforming.digest_of(text_of(above).text)
    assert waiting(child) == []
    payload = AuditEvent.objects.get(action="framework.level_confirmed").payload
    assert (made.text_sha256 in payload, made.above_sha256 in payload) == (True, True)


def test_confirmation_ends_when_the_text_above_changes(frames, above, child):
    confirm(frames, child)
    before = text_of(above).text
    put(above, LATER)
    assert waiting(child) == WAITS
    with pytest.raises(Blocked) as blocked:
        frames.issue(child, "khanh")
    assert f"đã được xác nhận là không nới lỏng theo {DOCUMENT}" in str(blocked.value)
    assert "cần xác nhận lại" in str(blocked.value)
    put(above, before)
    assert waiting(child) == []


def test_white_space_above_is_no_change(frames, above, child):
    confirm(frames, child)
    put(above, "  " + text_of(above).text.replace(" ", "\n  ", 1) + "\n")
    assert waiting(child) == []


def test_text_confirmed_again_beside_the_new_one_stands(frames, above, child):
    first = confirm(frames, child)
    put(above, LATER)
    second = confirm(frames, child, document="CV 20-CV/BTCTU")
    assert (first.text_sha256, first.above_sha256) != (second.text_sha256, second.above_sha256)
    assert LevelConfirmation.objects.count() == 2
    assert waiting(child) == []
    assert frames.issue(child, "khanh").state == "issued"


def test_confirmation_of_another_text_above_than_stands_there_is_refused(frames, above, child):
    seen = conforming.digest_of(text_of(above).text)
    put(above, LATER)
    for digest in (seen, "", "0" * 64):
        with pytest.raises(Refusal, match="đã thay đổi"):
            confirm(frames, child, above_sha256=digest)
    assert not LevelConfirmation.objects.exists()


def test_same_texts_are_confirmed_once(frames, child):
    confirm(frames, child)
    with pytest.raises(Refusal, match="không cần xác nhận"):
        confirm(frames, child)
    assert LevelConfirmation.objects.count() == 1


def test_change_of_another_level_above_ends_nothing(frames, above, child):
    confirm(frames, child)
    put(above, LATER, level="average")
    put(child, LATER, level="average")
    assert waiting(child) == []


def test_criterion_that_concretises_another_one_needs_its_own_confirmation(frames, above, child):
    confirm(frames, child)
    other = Criterion.objects.filter(group__framework=above).exclude(code="2").first()
    CriterionLevel.objects.filter(criterion=other, level="good").update(text=LATER)
    Criterion.objects.filter(group__framework=child, code="2").update(concretises=other.code)
    assert WAITS[0] in waiting(child)


def test_draft_below_the_next_edition_is_confirmed_anew(frames, above, child):
    """The parent is superseded by one that reads otherwise: what was confirmed beside the old text says nothing."""
    confirm(frames, child)
    newer = frameworks.copy_framework(framework=above, actor=frames.user("giang"))
    put(newer, LATER)
    newer = frames.issue(newer, number="02-HD/TU")
    type(child).objects.filter(pk=child.pk).update(parent=newer)
    assert waiting(child) == WAITS
    confirm(frames, fresh(child))
    assert waiting(child) == []


def test_page_says_what_was_confirmed_and_asks_again(frames, login, above, child):
    confirm(frames, child)
    advance(child, "submit", actor=frames.user("khanh"), version=1)
    address = reverse("criteria:level_confirm", args=[text_of(child).uuid])
    page = reverse("criteria:framework_detail", args=[child.uuid])
    assert address not in login("giang").get(page).content.decode()
    put(above, LATER)
    body = login("giang").get(page).content.decode()
    assert (address in body, "cần xác nhận lại" in body) == (True, True)
    form = login("giang").get(address).content.decode()
    sent = {name: form.split(f'name="{name}" value="')[1].split('"')[0] for name in ("text", "above")}
    sent |= {"document": DOCUMENT, "confirmed_on": "05/11/2024"}
    put(above, LATER + " Thêm.")
    assert "đã thay đổi" in login("giang").post(address, sent).content.decode()
    put(above, LATER)
    assert login("giang").post(address, sent).status_code == 302
    assert waiting(child) == []


def test_exported_file_says_beside_which_text_it_was_confirmed(frames, above, child):
    made = confirm(frames, child)
    read = conformity.read(conformity.to_json(record_of(fresh(child))))
    row = next(each for group in read.groups for each in group.criteria if each.code == "2").confirmed[0]
    assert (row.text_sha256, row.above_sha256) == (made.text_sha256, made.above_sha256)
    assert conformity.check(record_of(above), read).conforms
    put(above, LATER)
    assert [breach.code for breach in conformity.check(record_of(fresh(above)), read).breaches] == ["level_changed"]


def test_criterion_left_out_and_put_back_keeps_the_text_above(frames, child):
    made = confirm(frames, child)
    khanh = frames.user("khanh")
    kept = framework_outline.drop_criterion(criterion=text_of(child).criterion, actor=khanh)
    assert not LevelConfirmation.objects.exists()
    framework_outline.put_back_criterion(kept=kept, actor=khanh)
    assert LevelConfirmation.objects.get().above_sha256 == made.above_sha256
    assert waiting(child) == []


def test_criterion_left_out_before_the_text_above_was_kept_comes_back(frames, child):
    confirm(frames, child)
    khanh = frames.user("khanh")
    kept = framework_outline.drop_criterion(criterion=text_of(child).criterion, actor=khanh)
    kept.content["confirmed"] = [values[:5] for values in kept.content["confirmed"]]
    kept.save()
    framework_outline.put_back_criterion(kept=kept, actor=khanh)
    assert LevelConfirmation.objects.get().above_sha256 == ""
    assert waiting(child) == []


def test_migration_keeps_the_text_above_of_what_was_confirmed_before(frames, above, child):
    made = confirm(frames, child)
    own = put(child, "Câu chữ riêng.", "1")
    LevelConfirmation.objects.create(
        criterion=own.criterion, level="good", text_sha256="b" * 64, document=DOCUMENT,
        confirmed_on=date(2024, 11, 5), confirmed_by=frames.user("giang"),
    )  # fmt: skip
    Criterion.objects.filter(pk=own.criterion_id).update(concretises="")
    LevelConfirmation.objects.update(above_sha256="")
    migration = importlib.import_module("criteria.migrations.0012_add_digest_of_the_text_above")
    migration.keep_texts_above(apps, connection.schema_editor())
    found = dict(LevelConfirmation.objects.values_list("criterion__code", "above_sha256"))
    # A criterion of the body's own stands beside no text: its confirmation holds as it did.
    assert found == {"2": made.above_sha256, "1": ""}
    assert waiting(child) == [("missing_required", "parent.criteria['1']")]
    put(above, LATER)
    assert WAITS[0] in waiting(child)
