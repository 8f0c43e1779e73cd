"""What must always hold is checked, and what is broken is named, with exit status 1."""

import json

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from orgs.models import CollectivePart, FilePurpose, Membership, QueuedJob, QueueState, Unit
from orgs.selectors import first_steps, settings
from orgs.selectors.history import history_of
from orgs.services import audit, files, invariants
from tests.cast import SINCE

pytestmark = pytest.mark.django_db


def check(capsys):
    try:
        call_command("check_invariants", "--json")
    except SystemExit as ended:
        return ended.code, json.loads(capsys.readouterr().out)
    return 0, json.loads(capsys.readouterr().out)


def test_installation_in_order_has_nothing_to_say(province, capsys):
    audit.record_event(actor=None, action="test.act", object_type="orgs.Unit", object_id="1")
    files.keep_bytes(content=b"x", name="a", content_type="application/pdf", purpose=FilePurpose.PRODUCED, owner=None)
    code, answer = check(capsys)
    assert (code, answer["ok"], answer["broken"]) == (0, True, {})
    assert {"history_is_whole", "files_are_whole", "units_are_trees"} <= set(answer["checks"])


def break_history(province):
    audit.record_event(actor=None, action="test.act", object_type="orgs.Unit", object_id="1")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE orgs_chainhead SET seq = 9")


def break_file(province):
    file = files.keep_bytes(
        content=b"x", name="a", content_type="application/pdf", purpose=FilePurpose.PRODUCED, owner=None
    )
    files.path_of(file).write_bytes(b"y")


def lose_file(province):
    file = files.keep_bytes(
        content=b"x", name="a", content_type="application/pdf", purpose=FilePurpose.PRODUCED, owner=None
    )
    files.path_of(file).unlink()


def break_job(province):
    QueuedJob.objects.create(kind="x", dedup_key="x", status=QueueState.RUNNING, next_at=timezone.now())


def break_tree(province):
    Unit.objects.filter(code="TU").update(parent=province.units["CB-SKH"])


def two_heads(province):
    Membership.objects.create(
        collective=province.collectives["TT-SKH"],
        person=province.people["chi"],
        part=CollectivePart.HEAD,
        started_on=SINCE,
    )


@pytest.mark.parametrize(
    ("harm", "name", "words"),
    [
        (break_history, "history_is_whole", "chain system: event 2 truncated"),
        (break_file, "files_are_whole", "was changed on disk"),
        (lose_file, "files_are_whole", "is missing"),
        (break_job, "jobs_are_settled", "is running with lease None"),
        (break_tree, "units_are_trees", "is below itself"),
        (two_heads, "collectives_have_one_head", "collective TT-SKH has several heads"),
    ],
)
def test_breach_is_named_with_exit_status_1(province, capsys, harm, name, words):
    harm(province)
    code, answer = check(capsys)
    assert (code, answer["ok"], list(answer["broken"])) == (1, False, [name])
    assert any(words in sentence for sentence in answer["broken"][name])


def test_breach_is_named_in_plain_words_too(province, capsys):
    two_heads(province)
    with pytest.raises(SystemExit) as ended:
        call_command("check_invariants")
    assert ended.value.code == 1
    assert "collectives_have_one_head: collective TT-SKH has several heads" in capsys.readouterr().out


def test_every_check_is_known_by_its_name():
    assert set(invariants.CHECKS) >= {"accounts_have_people_in_register", "jobs_are_settled"}


def test_first_steps_of_an_empty_installation_are_all_open_and_in_order(db):
    rows = first_steps.statuses()
    assert [row.step.order for row in rows] == sorted(row.step.order for row in rows)
    own = [row for row in rows if row.step.order <= 90 and row.step.url_name.startswith(("orgs:", "admin:orgs"))]
    assert len(own) == 9
    assert not any(row.is_done for row in own)


def test_first_steps_are_done_when_their_rows_are_there(province):
    done = {row.step.url_name for row in first_steps.statuses() if row.is_done}
    assert {"orgs:import_units", "orgs:import_people", "orgs:account_list", "admin:orgs_rolegrant_changelist"} <= done


def test_setting_is_the_default_until_it_is_set(db):
    assert settings.setting("petition_days") == 0
    settings.Setting.objects.create(key="petition_days", value=15)
    assert settings.setting("petition_days") == 15
    with pytest.raises(KeyError):
        settings.setting("nothing")


def test_history_shows_who_did_what_and_notes_only_to_who_may_read_them(province):
    audit.record_event(
        actor=province.users["an"],
        action="rating.postpone",
        object_type="reviews.Rating",
        object_id="7",
        facts={"from": "proposal", "document": "QĐ 4"},
        texts={"note": "Đang điều trị"},
    )
    (row,) = history_of("reviews.Rating", "7")
    assert (row.who, row.what, row.note) == ("Nguyễn Văn Ấn", "Tạm hoãn (QĐ 4)", "Đang điều trị")
    (hidden,) = history_of("reviews.Rating", "7", shows_notes=False)
    assert hidden.note == ""
