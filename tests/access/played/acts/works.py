"""Acts on registered work: An registers, Giang receives for the Organisation Committee, Hà answers for the People's."""

from registrations.services.works import outcomes, progress, registrations, support, writing
from tests.access.played.acts.act import Act
from tests.registrations.works import written


def new(made, _late):
    return {"subject": made.province.people["an"], "year": written.YEAR}


def of_draft(**more):
    return lambda made, _late: {"registration": written.draft(made.province), **more}


def drafted_work(**more):
    def given(made, late):
        work = written.draft(made.province).works.get()
        return {"work": work, "version": work.version - late, **more}

    return given


def line(made):
    row = written.draft(made.province)
    words = {"half": "strength", "text": "Quyết liệt.", "actor": made.user("an")}
    return writing.add_plan_line(registration=row, **words)


def of_line(**more):
    def given(made, late):
        row = line(made)
        return {"line": row, "version": row.version - late, **more}

    return given


def of_running(**more):
    return lambda made, _late: {"work": written.running(made.province), **more}


def versioned(make, **more):
    def given(made, late):
        work = make(made.province)
        return {"work": work, "version": work.version - late, **more}

    return given


def obstacle(made):
    words = {"text": "Chưa có đơn giá.", "found_on": written.today(), "actor": made.user("an")}
    return progress.report_obstacle(work=written.running(made.province), **words)


def solved(made, late):
    row = obstacle(made)
    words = {"solution": "Đã có đơn giá.", "solved_on": written.today()}
    return {"obstacle": row, "version": row.version - late, **words}


def asked(made):
    return written.asked(made.province, written.running(made.province))


def answered(made, late):
    row = asked(made)
    return {"request": row, "version": row.version - late, "answer": "Ban hành trước 15/6."}


def asking(made, _late):
    work = written.running(made.province)
    words = {"text": "Ban hành đơn giá.", "due_on": written.today()}
    return {"work": work, "body": made.province.units["UBND"], **words}


OUTCOME = {"outcome": "done", "result": "Đã xong.", "finished_on": written.today()}
DIRECTED = {"document": "CV 450-CV/TU", "document_on": written.today(), "text": "Giao UBND tỉnh."}
ACTS = (
    Act(registrations.create_registration, "an", new),
    Act(writing.add_work, "an", of_draft(kind="hard", values=written.HARD), again=True),
    Act(writing.update_work, "an", drafted_work(values=written.HARD | {"name": "Tên khác"})),
    Act(writing.remove_work, "an", drafted_work()),
    Act(writing.add_plan_line, "an", of_draft(half="strength", text="Quyết liệt."), again=True),
    Act(writing.update_plan_line, "an", of_line(text="Quyết đoán.")),
    Act(writing.remove_plan_line, "an", of_line()),
    Act(progress.note_progress, "an", of_running(noted_on=written.today(), text="Đã đi nửa đường."), again=True),
    Act(progress.report_obstacle, "an", of_running(found_on=written.today(), text="Chưa có đơn giá."), again=True),
    Act(progress.solve_obstacle, "an", solved),
    Act(progress.enter_direction, "giang", of_running(**DIRECTED), again=True),
    Act(support.ask_support, "an", asking, again=True),
    Act(support.answer_support, "ha", answered),
    Act(outcomes.ask_change, "an", versioned(written.running, values={"aim": "Mục tiêu khác."}, reason="Chờ đơn giá.")),
    Act(outcomes.report_outcome, "an", versioned(written.running, **OUTCOME)),
    Act(
        outcomes.verify_outcome,
        "giang",
        versioned(written.reported, outcome="done", words="Đúng như báo cáo.", document="BC 12-BC/BTCTU"),
    ),
)
