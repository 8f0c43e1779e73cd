"""Registered work in the scene of the access matrix: a draft of Bình's, one of An's under way, one of Dũng's sent."""

from orgs.services.transitions import advance
from registrations.services.works import progress, support, writing
from tests.registrations.works.written import draft, sent, today


def registered(made):
    """An asks the People's Committee for support and has met an obstacle; Bình writes; Dũng's waits to be received."""
    province, an, giang = made.province, made.user("an"), made.user("giang")
    own = draft(province, "binh")
    line = writing.add_plan_line(registration=own, half="strength", text="Quyết liệt.", actor=made.user("binh"))
    row = sent(province, "an")
    row = advance(row, "receive", actor=giang, version=row.version)
    work = row.works.get()
    work = advance(work, "start", actor=an, version=work.version)
    asked = {"work": work, "actor": an}
    return {
        "draft_registration": own,
        "draft_work": own.works.get(),
        "plan_line": line,
        "registration": row,
        "work": work,
        "obstacle": progress.report_obstacle(text="Chưa có đơn giá.", found_on=today(), **asked),
        "support": support.ask_support(body=province.units["UBND"], text="Ban hành đơn giá.", due_on=today(), **asked),
        "sent_registration": sent(province, "dung"),
    }
