"""What the tests of this folder send out: QĐ 124, to be studied by two departments and a Party cell."""

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from criteria.services.reaching import disseminations
from criteria.services.reaching.disseminations import DisseminationWords, Session
from orgs.services.transitions import advance
from tests.criteria import rounds
from tests.uploads import PDF

DUE = date(2026, 12, 15)


def words(**more):
    given = {
        "title": "Quán triệt Quy định 124-QĐ/TW",
        "regulation": rounds.regulation(),
        "number": "1823-CV/TU",
        "sent_on": date(2023, 10, 18),
        "due_on": DUE,
        "materials": "Toàn văn Quy định và hướng dẫn.",
    }
    return DisseminationWords(**{**given, **more})


def draft(province, *codes, actor="giang", issuer="BTCTU", **more):
    return disseminations.create_dissemination(
        issuer=province.units[issuer],
        words=words(**more),
        bodies=[province.units[code] for code in codes or ("SKH", "SYT", "CB-SKH")],
        actor=province.users[actor],
    )


def opened(province, *codes, **more):
    row = draft(province, *codes, **more)
    return advance(row, "open", actor=province.users["giang"], version=row.version)


def pdf(name="danh-sach.pdf"):
    return SimpleUploadedFile(name, PDF)


def session(**more):
    given = {"studied_on": date(2026, 11, 2), "session": "Hội nghị toàn cơ quan", "attendance": pdf()}
    return Session(**{**given, **more})
