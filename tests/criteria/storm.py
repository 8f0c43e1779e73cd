"""What is done at once to criteria: each job of a storm names one of `ACTS` (tests/storms.py)."""

from tests.storms import WAIT_SECONDS


def _user(pk):
    from orgs.models import User

    return User.objects.get(pk=pk)


def _reply(pk):
    from criteria.models import Addressee

    return Addressee.objects.select_related("consultation").get(pk=pk)


def move(gate, model, pk, name, user, note=""):
    """One move of a document, as seen by everybody at the same version."""
    from django.apps import apps

    from orgs.services.transitions import advance

    row, actor = apps.get_model(model).objects.get(pk=pk), _user(user)
    gate.wait(WAIT_SECONDS)
    return advance(row, name, actor=actor, version=row.version, note=note).state


def remark(gate, reply, clause, user, wording, version, tab):
    """An open page saves its words for one clause."""
    from criteria.models import Clause
    from criteria.services.consulting import remarks

    row, about, actor = _reply(reply), Clause.objects.select_related("text").get(pk=clause), _user(user)
    text, page = remarks.RemarkText("amend", wording, "Cần đo đếm được."), remarks.Page(tab_id=tab, client_seq=1)
    gate.wait(WAIT_SECONDS)
    remarks.save_remark(addressee=row, clause=about, number=1, text=text, version=version, actor=actor, page=page)
    return "saved"


def agree(gate, reply, user):
    """The head agrees in one act."""
    from criteria.services.consulting import replies

    row, actor = _reply(reply), _user(user)
    gate.wait(WAIT_SECONDS)
    return replies.agree_without_remarks(addressee=row, move="send", version=row.version, actor=actor).state


def group(gate, clause, remarks, user, summary):
    """An officer puts remarks under one new answer."""
    from criteria.models import Clause, Remark
    from criteria.services.consulting import answers

    about, actor = Clause.objects.select_related("text").get(pk=clause), _user(user)
    rows = list(Remark.objects.filter(pk__in=remarks))
    gate.wait(WAIT_SECONDS)
    answers.group_remarks(clause=about, remarks=rows, actor=actor, summary=summary, verdict="accepted")
    return "grouped"


def address(gate, consultation, units, user):
    """An officer adds bodies to a draft that all have open."""
    from criteria.models import Consultation
    from criteria.services.consulting import addressees
    from orgs.models import Unit

    row, actor = Consultation.objects.get(pk=consultation), _user(user)
    recipients = [addressees.Recipient(unit=unit) for unit in Unit.objects.filter(pk__in=units)]
    gate.wait(WAIT_SECONDS)
    addressees.add_addressees(consultation=row, recipients=recipients, version=row.version, actor=actor)
    return "addressed"


def concretise(gate, framework, issuer, user):
    """An officer begins the framework of his body."""
    from criteria.models import Framework
    from criteria.services.frameworks import frameworks
    from orgs.models import Unit

    row, body, actor = Framework.objects.get(pk=framework), Unit.objects.get(pk=issuer), _user(user)
    gate.wait(WAIT_SECONDS)
    return str(frameworks.concretise_framework(framework=row, issuer=body, actor=actor).edition)


def copy(gate, framework, user):
    """An officer begins the next edition."""
    from criteria.models import Framework
    from criteria.services.frameworks import frameworks

    row, actor = Framework.objects.get(pk=framework), _user(user)
    gate.wait(WAIT_SECONDS)
    return str(frameworks.copy_framework(framework=row, actor=actor).edition)


def criterion(gate, criterion, user, title, tab):
    """An open page saves the title of a criterion."""
    from criteria.models import Criterion
    from criteria.selectors.frameworks.criterion_content import content_of, digest_of
    from criteria.services.frameworks import criterion_writing

    row = Criterion.objects.select_related("group__framework").prefetch_related("levels").get(pk=criterion)
    seen, actor = content_of(row), _user(user)
    sent = criterion_writing.Sent({**seen, "title": title}, digest_of(seen), tab_id=tab, client_seq=1)
    gate.wait(WAIT_SECONDS)
    criterion_writing.write_criterion(criterion=row, sent=sent, actor=actor)
    return "written"


def shift(gate, criterion, user, place):
    """A key of the outline."""
    from criteria.models import Criterion
    from criteria.services.frameworks.framework_outline import move_criterion

    row, actor = Criterion.objects.select_related("group").get(pk=criterion), _user(user)
    gate.wait(WAIT_SECONDS)
    move_criterion(criterion=row, place=place, actor=actor)
    return "moved"


def add(gate, group, user):
    """The button under a group of the outline."""
    from criteria.models import CriterionGroup
    from criteria.services.frameworks.framework_outline import add_criterion

    row, actor = CriterionGroup.objects.select_related("framework").get(pk=group), _user(user)
    gate.wait(WAIT_SECONDS)
    return add_criterion(group=row, actor=actor).code


def acknowledge(gate, dissemination, user):
    """The button "I have studied this text"."""
    from criteria.models import Dissemination
    from criteria.services.reaching import disseminations

    row, actor = Dissemination.objects.get(pk=dissemination), _user(user)
    gate.wait(WAIT_SECONDS)
    return str(disseminations.acknowledge(dissemination=row, actor=actor).pk)


def remind(gate, today):
    """The reminders of a day, by as many workers as there are."""
    from datetime import date

    from criteria.services.reminders import send_reminders

    gate.wait(WAIT_SECONDS)
    send_reminders(today=date.fromisoformat(today))
    return "done"


ALL = (move, remark, agree, group, address, concretise, copy, criterion, shift, add, acknowledge, remind)
ACTS = {act.__name__: act for act in ALL}
