"""Acts on texts to be studied and on urging: Sở Kế hoạch và Đầu tư studies, the Organisation Committee urges it."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from criteria.selectors.reaching.disseminations import materials_of
from criteria.selectors.reaching.urging import Matter
from criteria.services.reaching import dissemination_drafts, disseminations, urging
from criteria.services.reaching.disseminations import DisseminationWords, Session
from criteria.services.reaching.urging import Call, LetterWords
from orgs.services.transitions import advance
from tests.access.played.acts.act import Act
from tests.uploads import PDF

NUMBERED = {"number": "12-CV/BTCTU", "text": "Đề nghị khẩn trương."}


def new_study(made, _late):
    words = DisseminationWords(title="Quán triệt Quy định", regulation=made.cycle.regulation)
    units = made.province.units
    return {"issuer": units["BTCTU"], "words": words, "bodies": [units["SKH"]]}


def drafted_study(made, late):
    given = new_study(made, late)
    row = disseminations.create_dissemination(**given, actor=made.user("giang"))
    return {"dissemination": row, "words": given["words"], "bodies": given["bodies"], "version": row.version - late}


def sent_out(made):
    row = drafted_study(made, 0)["dissemination"]
    return advance(row, "open", actor=made.user("giang"), version=row.version)


def further_body(made, late):
    row, version = (drafted_study(made, late)[name] for name in ("dissemination", "version"))
    return {"dissemination": row, "bodies": [made.province.units["SYT"]], "version": version}


def body_off(made, late):
    return {**further_body(made, late), "bodies": [made.province.units["SKH"]]}


def file_off(made, late):
    pdf = SimpleUploadedFile("tai-lieu.pdf", PDF)
    row = disseminations.create_dissemination(**new_study(made, late), actor=made.user("giang"), upload=pdf)
    return {"dissemination": row, "file": materials_of(row).get(), "version": row.version - late}


def own_study(made, _late):
    return {"dissemination": sent_out(made)}


def sitting(made, _late):
    held = Session(made.today, "Hội nghị", SimpleUploadedFile("danh-sach.pdf", PDF))
    people = [made.province.people["an"]]
    return {"dissemination": sent_out(made), "unit": made.province.units["SKH"], "people": people, "session": held}


def laggards(made, _late):
    units = made.province.units
    return {"matter": Matter("dissemination", sent_out(made)), "issuer": units["BTCTU"], "units": [units["SKH"]]}


def letter(made, late):
    row = urging.draft_letter(**laggards(made, late), actor=made.user("giang"))
    words = LetterWords(**NUMBERED, written_on=made.today)
    return {"letter": row, "words": words, "version": row.version - late}


def numbered_letter(made, late):
    given = letter(made, 0)
    row = urging.update_letter(**given, actor=made.user("giang"))
    return {"letter": row, "version": row.version - late}


def call(made, late):
    given = laggards(made, late)
    (unit,) = given.pop("units")
    return {**given, "unit": unit, "call": Call(timezone.now(), "Văn thư")}


ACTS = (
    Act(disseminations.create_dissemination, "giang", new_study, again=True),
    Act(disseminations.update_dissemination, "giang", drafted_study),
    Act(dissemination_drafts.add_bodies, "giang", further_body),
    Act(dissemination_drafts.remove_bodies, "giang", body_off),
    Act(dissemination_drafts.remove_material, "giang", file_off),
    Act(disseminations.acknowledge, "chi", own_study),
    Act(disseminations.record_session, "nga", sitting),
    Act(urging.draft_letter, "giang", laggards, again=True),
    Act(urging.update_letter, "giang", letter),
    Act(urging.send_letter, "giang", numbered_letter),
    Act(urging.log_call, "giang", call, again=True),
)
