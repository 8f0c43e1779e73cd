"""What is done at once through the year: each job of a storm names one of `ACTS` (tests/storms.py)."""

from importlib import import_module

from tests.storms import WAIT_SECONDS


def _found(model, pk):
    from django.apps import apps

    return apps.get_model(model)._base_manager.get(pk=pk)


def _user(pk):
    from orgs.models import User

    return User.objects.get(pk=pk)


def _prepared(user, rows, days, values):
    """The arguments of a service: who acts, the rows as everybody sees them before the gate, and what is typed."""
    from datetime import date

    seen = {name: _found(model, pk) for name, (model, pk) in rows.items()}
    return values | seen | {name: date.fromisoformat(day) for name, day in days.items()} | {"actor": _user(user)}


def _service(path):
    module, name = path.rsplit(".", 1)
    return getattr(import_module(f"registrations.services.{module}"), name)


def move(gate, model, pk, name, user, note="", document=""):
    """One move of a document, as seen by everybody at the same version."""
    from orgs.services.transitions import advance

    row, actor = _found(model, pk), _user(user)
    gate.wait(WAIT_SECONDS)
    return advance(row, name, actor=actor, version=row.version, note=note, document_ref=document).state


def serve(gate, service, user, rows, days=None, **values):
    """One act of a service, from the version at which everybody opened the page."""
    arguments = _prepared(user, rows, days or {}, values)
    gate.wait(WAIT_SECONDS)
    _service(service)(**arguments)
    return "done"


def register_once(gate, subject, document, user, key):
    """Enter one disciplinary decision by one and the same form."""
    from datetime import date

    from orgs.services.idempotency import carry_out_once
    from registrations.models import Discipline
    from registrations.services.register.facts import enter_fact

    person, actor = _found("orgs.Person", subject), _user(user)
    entered = {"document": document, "document_on": date(2024, 6, 3), "form": "canh_cao"}
    gate.wait(WAIT_SECONDS)
    return carry_out_once(
        key=key,
        user=actor,
        action="register.discipline",
        body={"document": document},
        act=lambda: str(enter_fact(model=Discipline, subject=person, actor=actor, **entered).uuid),
    )


def name(gate, subject, text, user, item):
    """Name one shortcoming by one and the same matter of a prompt."""
    from datetime import date

    from registrations.models import Origin
    from registrations.services.remedies.naming import NamedIn, name_shortcoming

    person, actor = _found("orgs.Person", subject), _user(user)
    named_in = NamedIn(Origin.PROMPT, "reviews.PromptItem", item, "Gợi ý kiểm điểm số 12-CV/TU")
    gate.wait(WAIT_SECONDS)
    row = name_shortcoming(
        subject=person, text=text, named_in=named_in, document="12-CV/TU", document_on=date(2023, 12, 28), actor=actor
    )
    return str(row.uuid)


def log_result(gate, row, product, user):
    """Complete one result of the year, from the version at which every page was opened."""
    from django.utils import timezone

    from registrations.services.results.results import ResultWords, update_result

    seen, actor = _found("registrations.YearResult", row), _user(user)
    words = ResultWords(product=product, done_on=timezone.localdate())
    gate.wait(WAIT_SECONDS)
    update_result(row=seen, words=words, version=seen.version, actor=actor)
    return "done"


def close_all(gate, rows, user):
    """Close a list of matters, in the order and at the versions in which its page showed them."""
    from registrations.services.remedies.closing import Ticked, close_remedies

    actor = _user(user)
    ticked = [Ticked(row, row.version) for row in (_found("registrations.Shortcoming", pk) for pk in rows)]
    gate.wait(WAIT_SECONDS)
    close_remedies(ticked=ticked, actor=actor)
    return "done"


ACTS = {act.__name__: act for act in (move, serve, register_once, name, log_result, close_all)}
