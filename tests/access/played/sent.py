"""Forms of our pages as they are sent: who sends them, to which address, with what in them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.urls import reverse

from orgs.models import RatingKind
from reviews.models import ConclusionLine, OpinionKind, Tally
from reviews.services.grading import conclusions
from reviews.services.meeting.tallies import TOTALS
from tests.access.played.acts import before_round, consulting, deciding, hearing, outlining, prompting, studying
from tests.access.played.acts import frameworks as below
from tests.access.played.acts.act import DOCUMENT, put
from tests.access.played.catalogued import FORMS as CATALOGUED
from tests.access.played.registered import FORMS as REGISTERED

DAY = "%d/%m/%Y"


@dataclass(frozen=True)
class Sent:
    """A form of one address: `filled(made)` answers what the address takes, and what the form holds."""

    name: str
    service: str
    who: str
    filled: Callable[[Any], tuple[list, dict[str, Any]]]
    about: str = ""

    def opened(self, made):
        """(client of who sends it, address, what the form holds)."""
        arguments, body = self.filled(made)
        query = {"person": made.province.people[self.about].uuid} if self.about else {}
        client = Client()
        client.force_login(made.user(self.who))
        return client, reverse(self.name, args=arguments, query=query), body

    def __str__(self):
        return self.name


def reset(made):
    return [made.user("chi").uuid], {}


def fact(_made):
    return ["shortcoming"], {"document": "KL 5-KL/TU", "document_on": "03/02/2024", "text": "Chậm giải ngân"}


def remark(_made):
    return [], {"kind": "strength", "made_on": "03/02/2024", "text": "Chủ động trong công việc."}


def framework(made):
    return [made.cycle.frameworks.first().framework.uuid], {}


def concretised(made):
    given = below.concretised(made, 0)
    return [given["framework"].uuid], {"issuer": given["issuer"].pk, "title": "Khung của Sở Y tế"}


@dataclass(frozen=True)
class Upload:
    """A file that can be sent more than once."""

    name: str
    content: str

    def read(self):
        return self.content.encode()


def brought_in(made):
    return [], {"file": Upload("khung.json", below.brought_in(made, 0)["source"])}


def comment(made):
    item = hearing.item_of(made)
    return [item.meeting.uuid, item.uuid], {"speaker": "Đại diện tập thể", "text": "Đề nghị làm rõ.", "section_key": ""}


def tally(made):
    meeting = hearing.tally(made, 0)["meeting"]
    Tally.objects.filter(meeting=meeting).update(entered_by=made.user("nga"))
    held = hearing.tally(made, 0)["counted"]
    body = {name: held.totals[name] for name in TOTALS}
    for rating, choices in held.lines.items():
        body |= {f"count-{rating}-{grade or 'blank'}": count for grade, count in choices.items()}
    return [meeting.uuid], body


def batch(made):
    return [], {"review": [str(made.review("an").uuid)]}


def opinion(made):
    deciding.at(made, "appraisal")
    body = {"kind": OpinionKind.RELATED_BODY, "body_name": "Sở Tài chính", "due_on": ""}
    return [made.rating("an", RatingKind.CADRE).uuid], body


def replay(made):
    given = deciding.replay(made, 0)
    return [given["cycle"].uuid], {"regulation": given["regulation"].uuid}


def study(made):
    given = studying.new_study(made, 0)
    words = {"title": "Quán triệt", "regulation": made.cycle.regulation.pk, "units": "SKH"}
    return [], {"issuer": given["issuer"].pk, **words}


def laggards(made):
    given = studying.laggards(made, 0)
    body = {"issuer": given["issuer"].pk, "unit": [str(unit.uuid) for unit in given["units"]]}
    return ["dissemination", given["matter"].about.uuid], body


def call(made):
    given = studying.call(made, 0)
    body = {"issuer": given["issuer"].pk, "called_on": "01/11/2024", "called_time": "08:30", "answered_by": "Văn thư"}
    return ["dissemination", given["matter"].about.uuid, given["unit"].uuid], body


def consultation(made):
    given = consulting.words(made)
    days = {name: f"{given[name]:%d/%m/%Y}" for name in ("sent_on", "due_on")}
    return [], {**given, **days, "issuer": made.province.units["TU"].pk}


def begun(made):
    values = outlining.begun(made, 0)["values"]
    return [], {"issuer": values["issuer"].pk, "title": "Khung", "parent": values["parent"].pk, "start": "parent"}


def grouped(made):
    return [outlining.own(made).uuid], {"number": "IV", "title": "Nhóm riêng", "group_key": "results"}


def moved_down(made):
    return [outlining.criterion(made).uuid], {"place": "down"}


def handed(made):
    prompt = put(made.review("an").prompts.get(), "issued")
    return [prompt.uuid], {"receiver": "Văn thư Sở", "received_on": made.today.strftime(DAY), "document": "Sổ 15"}


def logged(made):
    return [], {"product": "Báo cáo quý III", "done_on": f"{made.today:%d/%m/%Y}"}


FORMS = (
    *(Sent(*row) for row in REGISTERED),
    *(Sent(*row) for row in CATALOGUED),
    Sent("reviews:prompt_receipt", "record_receipt", "nga", handed),
    Sent("criteria:consultation_create", "create_consultation", "giang", consultation),
    Sent("criteria:dissemination_create", "create_dissemination", "giang", study),
    Sent("criteria:urging_pick", "draft_letter", "giang", laggards),
    Sent("criteria:urging_calls", "log_call", "giang", call),
    Sent("reviews:cycle_replay", "start_replay", "giang", replay),
    Sent("orgs:account_reset", "reset_password", "son", reset),
    Sent("registrations:fact_create", "enter_fact", "giang", fact, about="dung"),
    Sent("registrations:result_create", "add_result", "an", logged),
    Sent("registrations:remark_create", "make_remark", "an", remark, about="chi"),
    Sent("criteria:framework_copy", "copy_framework", "giang", framework),
    Sent("criteria:framework_concretise", "concretise_framework", "khanh", concretised),
    Sent("criteria:framework_import", "import_framework", "khanh", brought_in),
    Sent("criteria:framework_create", "begin_framework", "khanh", begun),
    Sent("criteria:group_create", "add_group", "khanh", grouped),
    Sent("criteria:criterion_add", "add_criterion", "khanh", lambda made: ([outlining.group(made).uuid], {})),
    Sent("criteria:criterion_move", "move_criterion", "khanh", moved_down),
    Sent("reviews:comment_add", "add_comment", "nga", comment),
    Sent("reviews:tally_enter", "enter_tally", "nga", tally),
    Sent("reviews:dossier_batch", "start_batch", "giang", batch),
    Sent("reviews:opinion_list", "ask_opinion", "giang", opinion),
)


# -- forms whose act ends the state in which it was possible


def of(act, *names, **words):
    """The row `name` of the arguments of an act, its version, and the words of the form."""

    def filled(made):
        given = act(made, 0)
        rows = [given[name] for name in names]
        return [row.uuid for row in rows], {"version": given["version"], **words}

    return filled


def appraised(made):
    rating = deciding.at(made, "appraisal")
    return [rating.uuid], {"grade": "good", "comment": "Nhất trí.", "version": rating.version, "hand_on": "1"}


def proposed(made):
    rating = put(made.rating("binh", RatingKind.CADRE), "proposal", decided_grade="", pending_grade="")
    given = {"grade": "good", "comment": "Thống nhất.", "given_on": made.today.strftime(DAY), "hand_on": "1"}
    return [rating.uuid], {**given, "version": rating.version}


def recorded(made, move, **words):
    ConclusionLine.objects.filter(rating__person=made.province.people["an"]).update(
        is_in_force=False, revoked_by_document=DOCUMENT
    )
    row = conclusions.record_conclusion(**deciding.concluded(made, 0), actor=made.user("lan"))
    return [row.uuid, move], {"version": row.version, **words}


def petition_answer(made):
    given = deciding.answered(made, 0)
    return [given["petition"].uuid], {"answer": given["answer"], "document": given["document"]}


def postponed(made):
    rating = deciding.at(made, "appraisal")
    return [rating.uuid, "postpone"], {"version": rating.version, "note": "Đang xác minh.", "document_ref": DOCUMENT}


def closed(made):
    meeting = hearing.session(made)
    return [meeting.uuid, "close"], {"version": meeting.version}


def opinion_form(act, **words):
    def filled(made):
        given = act(made, 0)
        row = given["opinion"]
        return [row.rating.uuid, row.uuid], {
            "version": given["version"],
            "received_on": made.today.strftime(DAY),
            **words,
        }

    return filled


def commented(made):
    given = deciding.commented(made, 0)
    day = made.today.strftime(DAY)
    return [given["opinion"].uuid], {"version": given["version"], "text": "Hoàn thành tốt.", "received_on": day}


def explained(made):
    prompt = put(made.review("an").prompts.get(), "issued")
    return [prompt.uuid, "send"], {"version": prompt.version}


def decided(made):
    given = prompting.decision(made, 0)
    return [given["prompt_list"].uuid], {
        "number": "99-CV/TU",
        "concluded_on": made.today.strftime(DAY),
        "session_on": made.today.strftime(DAY),
        "signatory": "Nguyễn Văn Ký",
        "signatory_title": "BÍ THƯ",
        "version": given["version"],
    }


def concluded(made):
    item = prompting.item_of(made)
    return [item.prompt.uuid, item.uuid], {"mark": "partly", "text": "Còn một phần.", "version": 0}


def finished(made):
    review = put(made.review("an"), "finishing")
    return [review.uuid], {"version": review.version}


def heard(made):
    given = hearing.hearing(made, 0)
    words = {"answer": given["answer"], "conclusion": given["conclusion"], "version": given["version"]}
    return [given["item"].meeting.uuid, given["item"].uuid], words


def circumstance(made):
    given = deciding.circumstance(made, 0)
    return [given["rating"].uuid], {"version": given["version"], "kind": given["kind"], "document": DOCUMENT}


def ended(made):
    grant = before_round.grant_of_nga(made, 0)["grant"]
    return [grant.uuid], {"on": made.today.strftime(DAY), "document": DOCUMENT}


ENDING = (
    Sent("reviews:review_submit", "submit", "an", of(hearing.written, "review")),
    Sent("reviews:review_return", "return_review", "nga", of(hearing.sent_back, "review", note="Cần bổ sung.")),
    Sent("reviews:item_hear", "hear", "nga", heard),
    Sent("reviews:tally_confirm", "confirm_tally", "an", tally),
    Sent("reviews:meeting_act", "advance", "nga", closed),
    Sent("reviews:prompt_act", "advance", "an", explained),
    Sent("reviews:prompt_list_decide", "record_decision", "lan", decided),
    Sent("reviews:prompt_outcome", "conclude_matter", "nga", concluded),
    Sent("reviews:review_finish", "advance", "an", finished),
    Sent("reviews:rating_propose", "write_grade", "nga", proposed),
    Sent("reviews:rating_appraise", "write_grade", "giang", appraised),
    Sent("reviews:rating_act", "advance", "giang", postponed),
    Sent("reviews:circumstance_create", "add_circumstance", "giang", circumstance),
    Sent("reviews:opinion_receive", "receive_opinion", "giang", opinion_form(deciding.received, text="Nhất trí.")),
    Sent("reviews:former_comment", "give_comment", "dung", commented),
    Sent("reviews:opinion_waive", "waive_opinion", "giang", opinion_form(deciding.received, waiver_reason="Giải thể.")),
    Sent(
        "reviews:state_grade",
        "set_state_grade",
        "giang",
        of(deciding.state_grade, "rating", status="known", grade="good", document=DOCUMENT),
    ),
    Sent("reviews:conclusion_act", "confirm", "minh", lambda made: recorded(made, "confirm")),
    Sent("reviews:conclusion_act", "withdraw", "lan", lambda made: recorded(made, "withdraw", note="Ghi nhầm số.")),
    Sent("reviews:petition_create", "file_petition", "an", of(deciding.petition, "rating", text="Đề nghị xem lại.")),
    Sent("reviews:petition_answer", "answer_petition", "minh", petition_answer),
    Sent("orgs:grant_end", "end_grant", "son", ended),
)
