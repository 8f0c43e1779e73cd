"""The consultation of letter 1440-CV/BTCTU: asked in 2021, answered on line and on paper, put together, finished."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from criteria.models import Addressee, Clause, Consultation, Remark
from criteria.selectors.consulting import addressing
from criteria.selectors.consulting import consultations as asking
from criteria.services.consulting import (
    answers,
    consultations,
    consulted_texts,
    paper_answers,
    remarks,
    replies,
    submissions,
)
from criteria.services.consulting.addressees import Recipient, add_addressees
from criteria.services.consulting.amendments import amend_clause
from orgs.documents import Paragraph, Section, Sheet, render_pdf
from orgs.models import User
from orgs.services.transitions import advance
from reviews.services.demo.register import Register

SOURCE = Path(__file__).with_name("consulting.toml")
LETTER, ISSUER = "1440", "BTCTU"
# "Trước ngày 10/10/2021" makes the ninth the last day.
SENT_ON, DUE_ON, CLOSED_ON, SUBMITTED_ON = date(2021, 9, 20), date(2021, 10, 9), date(2021, 10, 29), date(2021, 11, 5)
# How the bodies behave, by their place in the list of recipients: (every so many, which of them).
SILENT, PAPER, LATE, AGREEING = (13, 8), (6, 2), (9, 4), (4, 1)


@dataclass(frozen=True)
class Opinion:
    """What several bodies say of one clause, and what it is answered."""

    clause: Clause
    row: dict[str, Any]

    def said_by(self, place: int) -> str:
        """The reason that the body at this place gives."""
        return self.row["reasons"][place // self.row["share"] % len(self.row["reasons"])]


def consult_1440(made: Register, officer: User) -> Consultation:
    """Asked by the Organisation Committee, by clause of two texts from outside the system, down to the submission."""
    words = tomllib.loads(SOURCE.read_text(encoding="utf-8"))
    row = _put_out(made, words, officer)
    opinions = _opinions(row, words)
    _reply(made, row, opinions, officer)
    row.refresh_from_db()
    row = advance(row, "close", actor=officer, version=row.version)
    for opinion in opinions:
        _answer(opinion, officer)
    return _submit(made, row, words, officer)


def _put_out(made: Register, words: dict[str, Any], officer: User) -> Consultation:
    names = ("title", "number", "letter", "question")
    row = consultations.create_consultation(
        issuer=made.units[ISSUER],
        actor=officer,
        is_demo=True,
        sent_on=SENT_ON,
        due_on=DUE_ON,
        **{name: words[name] for name in names},
    )
    for text in words["texts"]:
        consulted_texts.add_pasted(
            consultation=row,
            title=text["title"],
            number=text["number"],
            issued_on=text["issued_on"],
            text=text["body"],
            way="articles",
            version=row.version,
            actor=officer,
        )
        row.refresh_from_db()
    add_addressees(consultation=row, recipients=_recipients(), version=row.version, actor=officer)
    row.refresh_from_db()
    return advance(row, "open", actor=officer, version=row.version)


def _recipients() -> Iterator[Recipient]:
    """Line by line of the letter; who asks is not asked."""
    then = addressing.Register(SENT_ON)
    letter = next(letter for letter in addressing.letters() if letter.key == LETTER)
    for block in letter.blocks:
        for unit in then.units_in(block):
            if unit.code != ISSUER:
                yield Recipient(unit=unit, block=block.text)


def _opinions(row: Consultation, words: dict[str, Any]) -> list[Opinion]:
    clauses = {(clause.text.order, clause.label): clause for clause in asking.clauses_of(row)}
    return [Opinion(clauses[each["text"], each["clause"]], each) for each in words["answers"]]


def _reply(made: Register, row: Consultation, opinions: list[Opinion], officer: User) -> None:
    scan = _scan()
    for place, addressee in enumerate(row.addressees.select_related("unit").order_by("id")):
        if _is(SILENT, place):
            continue
        day = DUE_ON + timedelta(days=3 + place % 8) if _is(LATE, place) else DUE_ON - timedelta(days=place % 14)
        said = [] if _is(AGREEING, place) else _said(opinions, place)
        head = made.heads.get(addressee.unit.code)
        if head is None or _is(PAPER, place):
            _on_paper(addressee, said, place, day, officer, scan)
        else:
            # Fresh: an account remembers what it reaches, and the reorganisation moves heads afterwards.
            _on_line(addressee, said, place, User.objects.get(pk=made.users[head.pk].pk))
        _date(addressee, row, day)


def _said(opinions: list[Opinion], place: int) -> list[Opinion]:
    return [each for number, each in enumerate(opinions) if (place + number) % each.row["share"] == 0]


def _on_paper(addressee: Addressee, said: list[Opinion], place: int, day: date, officer: User, scan: bytes) -> None:
    lines = [
        paper_answers.PaperRemark(each.clause, each.row["kind"], each.row["wording"], each.said_by(place))
        for each in said
    ]
    paper_answers.enter_paper(
        addressee=addressee,
        number=f"{100 + place}-CV/{addressee.unit.code} (mẫu)",
        paper_on=day,
        remarks=lines,
        version=addressee.version,
        actor=officer,
        scan=SimpleUploadedFile("cong-van-gop-y.pdf", scan),
    )


def _on_line(addressee: Addressee, said: list[Opinion], place: int, head: User) -> None:
    if not said:
        replies.agree_without_remarks(addressee=addressee, move="send", version=addressee.version, actor=head)
        return
    written: dict[int, int] = {}
    for each in said:
        number = written[each.clause.pk] = written.get(each.clause.pk, 0) + 1
        text = remarks.RemarkText(each.row["kind"], each.row["wording"], each.said_by(place))
        remarks.save_remark(addressee=addressee, clause=each.clause, number=number, text=text, version=0, actor=head)
    addressee.refresh_from_db()
    advance(addressee, "send", actor=head, version=addressee.version)


def _date(addressee: Addressee, row: Consultation, day: date) -> None:
    # Sending takes the day of today; the demonstration plays a day of 2021, and who was late then is late here.
    Addressee.objects.filter(pk=addressee.pk).update(replied_at=_at(day), is_late=asking.is_late(row, day))


def _answer(opinion: Opinion, officer: User) -> None:
    """The remarks that say the same under one answer, and the clause as it reads from then on."""
    row, clause = opinion.row, opinion.clause
    same = Remark.objects.filter(
        clause=clause, kind=row["kind"], wording=row["wording"], addressee__state=asking.REPLIED
    )
    answers.group_remarks(
        clause=clause,
        remarks=same,
        actor=officer,
        summary=row["summary"],
        verdict=row["verdict"],
        reason=row.get("reason", ""),
    )
    if amended := row.get("amended"):
        amend_clause(clause=clause, amended=amended, is_dropped=False, actor=officer, version=clause.version)


def _submit(made: Register, row: Consultation, words: dict[str, Any], officer: User) -> Consultation:
    papers = submissions.PaperWords(
        signer_title="TRƯỞNG BAN",
        signer=made.heads[ISSUER].full_name,
        copies_to=words["copies_to"].strip(),
        submitted_to="Ban Thường vụ Tỉnh ủy",
        submission=words["submission"],
        submission_number=words["submission_number"],
        submitted_on=SUBMITTED_ON,
        submission_copies_to=words["copies_to"].strip(),
    )
    row = submissions.write_papers(consultation=row, words=papers, actor=officer, version=row.version)
    row = advance(row, "submit", actor=officer, version=row.version)
    row = advance(row, "finish", actor=officer, version=row.version)
    Consultation.objects.filter(pk=row.pk).update(opened_at=_at(SENT_ON), closed_at=_at(CLOSED_ON))
    row.refresh_from_db()
    return row


def _is(habit: tuple[int, int], place: int) -> bool:
    every, which = habit
    return place % every == which


def _at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9)))


def _scan() -> bytes:
    note = Paragraph("Dữ liệu mẫu: bản chụp công văn góp ý có chữ ký của người đứng đầu.")
    return render_pdf((Sheet(title="CÔNG VĂN GÓP Ý (MẪU)", sections=(Section(blocks=(note,)),)),))
