"""Every service that a person calls: refused to a stranger and on a stale page without a trace, carried out once.

The table stands in `acts/`; a service that takes an actor and stands neither there nor among the exceptions fails.
"""

import importlib
import inspect
import pkgutil

import pytest
from django.db import transaction

from orgs.models import Forbidden, Refusal, Stale
from tests.access.played.acts import ACTS, deciding
from tests.access.played.tables import changed, everything
from tests.access.scene import OURS

STRANGER = "tu"
# Services with an actor that stand in no row, and why.
EXCEPTIONS = {
    "orgs.services.audit.record_event": "the history itself",
    "orgs.services.configuration.save_row": "the administration has asked for the right",
    "orgs.services.imports.write_people": "the workbook asks row by row: tests/orgs/imports",
    "orgs.services.imports.write_units": "the workbook asks row by row: tests/orgs/imports",
    "orgs.services.transfers.appoint": "a part of make_change, which asks",
    "orgs.services.transfers.end_posts": "a part of make_change, which asks",
    "orgs.services.transfers.join_cell": "a part of make_change, which asks",
    "orgs.services.transfers.leave_register": "a part of make_change, which asks",
    "orgs.services.transfers.seat": "a part of make_change, which asks",
    "orgs.services.transfers.unseat": "a part of make_change, which asks",
    "orgs.services.versions.attach_scan": "tests/reviews/papers/test_signed_scans.py",
    "orgs.services.versions.keep_version": "a part of producing, which asks",
    "orgs.services.versions.produce": "a paper is made for a reader who was asked: tests/reviews/papers",
    "criteria.services.bodies.refuse_stranger": "asks, writes nothing",
    "criteria.services.consulting.remarks.keep_remark": "keeps a text for its own author",
    "criteria.services.consulting.remarks.save_remark": "keeps what it refuses: tests/criteria/consulting",
    "criteria.services.consulting.remarks.settle_kept_remark": "acts on a text of the actor alone",
    "criteria.services.frameworks.criterion_writing.write_criterion": "keeps what it refuses: writing_frameworks",
    "criteria.services.frameworks.criterion_writing.keep_criterion": "keeps a text for its own author",
    "criteria.services.frameworks.criterion_writing.settle_kept_criterion": "acts on a text of the actor alone",
    "criteria.services.frameworks.frameworks.add_illustrations": "calls create_framework, which asks",
    "criteria.services.frameworks.frameworks.draft_below": "a part of concretise and decide_revisit, which ask",
    "criteria.services.frameworks.frameworks.draft_next_edition": "a part of copy and decide_revisit, which ask",
    "criteria.services.frameworks.frameworks.record_change": "the administration has asked for the right",
    "criteria.services.frameworks.revisits.ask_revisits": "follows from superseding a framework, which asks",
    "registrations.services.remedies.naming.name_shortcoming": "follows from an act that was asked for",
    "reviews.services.writing.answers.save_section": "keeps the text it refuses: tests/reviews/writing/test_answers.py",
    "reviews.services.enrolling.changes.foresee_change": "carries make_change out and takes it back",
    "reviews.services.grading.decisions.notify": "called by notify_conclusion, which asks",
    "reviews.services.papers.dossiers.produce_dossier": "lays a paper out: tests/reviews/papers/test_dossiers.py",
    "reviews.services.enrolling.endings.end_rating": "follows from an act that was asked for",
    "reviews.services.enrolling.endings.end_ratings": "follows from an act that was asked for",
    "reviews.services.writing.kept_texts.keep_text": "keeps a text for its own author",
    "reviews.services.writing.kept_texts.settle_kept_text": "acts on a text of the actor alone",
    "reviews.services.meeting.explanations.keep_refused": "keeps a text for its own author",
    "reviews.services.writing.snapshots.take_snapshot": "follows from an act that was asked for",
}
# Whom the law gives a part in the decision upon An, and who must not take another's: subject, colleagues, secretaries,
# officers of every body, recorder, confirmer, inspector, keeper of accounts, administrator.
TEMPTED = ("an", "binh", "dung", "giang", "ha", "khanh", "lan", "minh", "nga", "oanh", "quan", "son", "phuc")
GRADING = [*deciding.ACTS, *(act for act in ACTS if act.service.__module__ == "reviews.services.meeting.tallies")]
# Who holds the right besides the one named in the row.
ALSO = {"set_pending": {"giang"}, "notify_conclusion": {"minh"}, "enter_tally": {"an"}}
VERSIONED = [act for act in ACTS if {"version", "seen"} & set(inspect.signature(act.service).parameters)] + [
    act for act in ACTS if act.service.__name__ in {"set_pending", "record_conclusion", "answer_notes"}
]


def services_with_an_actor():
    """The full names of the public services that are called by name with an actor."""
    for app in OURS:
        package = importlib.import_module(f"{app}.services")
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".demo" in found.name:
                continue
            module = importlib.import_module(found.name)
            for name, function in inspect.getmembers(module, inspect.isfunction):
                rows = inspect.signature(function).parameters.values()
                by_name = all(row.kind in (row.KEYWORD_ONLY, row.VAR_KEYWORD) for row in rows)
                is_own = function.__module__ == found.name and not name.startswith("_")
                if is_own and by_name and "actor" in {row.name for row in rows}:
                    yield f"{found.name}.{name}"


def refused(act, given, user):
    """The refusal of the act, or None where it was carried out."""
    try:
        act.service(**given, actor=user)
    except Refusal as refusal:
        return refusal
    return None


def test_every_service_with_an_actor_stands_in_the_table():
    assert set(services_with_an_actor()) == {act.name for act in ACTS} | set(EXCEPTIONS)


@pytest.mark.parametrize("act", ACTS, ids=str)
def test_act_is_refused_to_a_stranger_without_a_trace(made, act):
    given = act.given(made, 0)
    before = everything()
    # Of many rows those out of reach are left out; nothing is left of them then.
    expected = Refusal if act.service.__name__ == "start_batch" else Forbidden
    assert isinstance(refused(act, given, made.user(STRANGER)), expected)
    assert changed(before) == []


@pytest.mark.parametrize("act", VERSIONED, ids=str)
def test_act_is_refused_on_a_stale_page_without_a_trace(made, act):
    given = act.given(made, 1)
    before = everything()
    assert isinstance(refused(act, given, made.user(act.who)), Stale)
    assert changed(before) == []


@pytest.mark.parametrize("act", ACTS, ids=str)
def test_act_is_carried_out_once_by_who_holds_the_right(made, act):
    given, user = act.given(made, 0), made.user(act.who)
    before = everything()
    assert refused(act, given, user) is None
    assert changed(before) != []
    then = everything()
    refused(act, given, user)
    assert (changed(then) != []) == act.again


@pytest.mark.parametrize("act", GRADING, ids=str)
def test_act_upon_a_grade_is_open_to_its_holders_alone(made, act):
    given, found = act.given(made, 0), set()
    for short in TEMPTED:
        with transaction.atomic():
            if not isinstance(refused(act, given, made.user(short)), Forbidden):
                found.add(short)
            transaction.set_rollback(True)
    assert found == {act.who} | ALSO.get(act.service.__name__, set())
