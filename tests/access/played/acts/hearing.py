"""Acts on self-reviews and meetings."""

from datetime import timedelta

from reviews.models import AgendaItem, Meeting, SectionNote, TallyLine
from reviews.services.meeting import comments, meetings, tallies
from reviews.services.papers import dossiers
from reviews.services.writing import finishing, submission, tasks_stated
from tests.access.played.acts.act import Act, put


def written(made, late):
    review = put(made.review("an"), "self_review")
    return {"review": review, "version": review.version - late}


def numbers(made, late):
    return {"review": made.review("dung"), "tallies": {}, "version": 0 - late}


def notes(made, late):
    review = put(made.review("an"), "finishing")
    note = SectionNote.objects.filter(review=review, source="meeting").first()
    seen = "Câu trả lời đã đổi" if late else note.answer
    return {"review": review, "answers": {str(note.uuid): finishing.Answered("Bổ sung lần hai.", seen)}}


def one_note(made, late):
    put(made.review("an"), "finishing")
    return {"note": SectionNote.objects.filter(review=made.review("an"), source="meeting").first(), "answer": "Đã rõ."}


def session(made):
    return put(Meeting.objects.get(pk=made.meetings["TT-SKH"].pk), "open")


def item_of(made):
    rows = AgendaItem.objects.select_related("review", "meeting").filter(meeting=session(made))
    return rows.get(review=made.review("an"))


def convened(made, **more):
    words = {"held_on": made.today + timedelta(days=3), "circulated_on": made.today, "place": "Hội trường B"}
    return meetings.Convened(**{**words, **more})


def new_meeting(made, _late):
    body = made.province.collectives["TT-SYT"]
    return {"cycle": made.cycle, "collective": body, "convened": convened(made)}


def changed_meeting(made, late):
    meeting = session(made)
    return {"meeting": meeting, "convened": convened(made), "version": meeting.version - late}


def agenda(made, _late):
    return {"meeting": session(made)}


def attendance(made, late):
    meeting = session(made)
    words = {"presence": {}, "proceedings": "Hội nghị thống nhất."}
    return {"meeting": meeting, "version": meeting.version - late, **words}


def pass_over(made, _late):
    return {"meeting": session(made), "guard": "quorum_present", "reason": "Họp trong thời gian thiên tai."}


def comment(made, _late):
    return {"item": item_of(made), "text": "Đề nghị làm rõ.", "speaker": "Đại diện tập thể"}


def corrected(made, late):
    row = item_of(made).comments.first()
    return {"comment": row, "said": comments.Said("Nói lại cho rõ.", speaker="Khách"), "version": row.version - late}


def hearing(made, late):
    put(made.review("an"), "meeting")
    item = item_of(made)
    return {"item": item, "answer": "Tôi tiếp thu.", "conclusion": "Thống nhất.", "version": item.version - late}


def sent_back(made, late):
    review = put(made.review("an"), "meeting")
    return {"review": review, "move_note": "Cần bổ sung.", "notes": {}, "version": review.version - late}


def counted(tally):
    lines = {}
    for line in TallyLine.objects.filter(tally=tally):
        lines.setdefault(line.rating_id, {})[line.grade] = line.count
    return tallies.Counted({name: getattr(tally, name) for name in tallies.TOTALS}, lines)


def tally(made, _late):
    meeting = session(made)
    type(meeting.tally).objects.filter(pk=meeting.tally.pk).update(confirmed_by=None)
    return {"meeting": meeting, "counted": counted(meeting.tally)}


def batch(made, _late):
    return {"chosen": [made.review("an")]}


ACTS = (
    Act(submission.submit, "an", written),
    Act(tasks_stated.state_tasks, "dung", numbers),
    Act(finishing.answer_notes, "an", notes),
    Act(finishing.answer_note, "an", one_note),
    Act(meetings.convene, "dung", new_meeting),
    Act(meetings.change_session, "nga", changed_meeting),
    Act(meetings.bring_agenda_up_to_date, "nga", agenda, again=True),
    Act(meetings.record_attendance, "nga", attendance),
    Act(meetings.let_pass, "an", pass_over),
    Act(meetings.hear, "nga", hearing),
    Act(meetings.return_review, "nga", sent_back),
    Act(comments.add_comment, "nga", comment, again=True),
    Act(comments.correct_comment, "nga", corrected),
    Act(tallies.enter_tally, "nga", tally, again=True),
    Act(tallies.confirm_tally, "an", tally),
    Act(dossiers.start_batch, "giang", batch, again=True),
)
