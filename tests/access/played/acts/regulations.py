"""Acts on regulations: confirming a line, deriving, changing, issuing and replacing a text of one's own."""

from datetime import date

from criteria.models import Regulation
from criteria.regulation import unconfirmed
from criteria.selectors.rules.regulations import parsed, version_of
from criteria.services.rules import confirmations, derivation
from criteria.services.rules.confirmations import Answer
from criteria.services.rules.derivation import Head
from tests.access.played.acts.act import Act

PARENT = "366-QĐ/TW@2025-08-30"
HEAD = Head("77-QĐ/TU", date(2026, 1, 5), date(2026, 1, 5), "Quy định của tỉnh")
OTHER_HEAD = Head("78-QĐ/TU", date(2026, 1, 6), date(2026, 1, 6), "Quy định khác của tỉnh")
ANSWER = Answer("15-CV/BTCTW", date(2026, 2, 3), "Công văn 15-CV/BTCTW", "guidance")


def seen(row, late):
    return {"row": row, "seen": version_of(row) + "x" * late}


def parent():
    return Regulation.objects.get(key=PARENT)


def derived(made, _late):
    return {"parent": parent(), "head": HEAD}


def draft(made):
    return derivation.derive_regulation(parent=parent(), head=HEAD, actor=made.user("phuc"))


def issued(made):
    row = draft(made)
    return derivation.issue_regulation(row=row, actor=made.user("phuc"), seen=version_of(row))


def changed(made, late):
    row = draft(made)
    return {**seen(row, late), "content": row.content | {"note": "Đã sửa."}}


def renamed(made, late):
    return {**seen(draft(made), late), "head": OTHER_HEAD}


def superseded(made, late):
    return {**seen(parent(), late), "successor": issued(made), "on": date(2026, 3, 1)}


def restored(made, late):
    row, successor = parent(), issued(made)
    words = {"successor": successor, "on": date(2026, 3, 1), "actor": made.user("phuc"), "seen": version_of(row)}
    return seen(derivation.supersede_regulation(row=row, **words), late)


def confirmed(made, late):
    row = parent()
    line = unconfirmed(parsed(row))[0]
    return {**seen(row, late), "table": line.table, "key": line.key, "answer": ANSWER}


def withdrawn(made, late):
    given = confirmed(made, 0)
    found = confirmations.confirm_line(**given, actor=made.user("phuc"))
    return {"confirmation": found, "seen": version_of(parent()) + "x" * late}


ACTS = (
    Act(derivation.derive_regulation, "phuc", derived),
    Act(derivation.change_regulation, "phuc", changed),
    Act(derivation.rename_regulation, "phuc", renamed),
    Act(derivation.issue_regulation, "phuc", lambda made, late: seen(draft(made), late)),
    Act(derivation.supersede_regulation, "phuc", superseded),
    Act(derivation.restore_regulation, "phuc", restored),
    Act(confirmations.confirm_line, "phuc", confirmed),
    Act(confirmations.withdraw_confirmation, "phuc", withdrawn),
)
