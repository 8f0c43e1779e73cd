"""Acts on frameworks, plans and cycles, and the enrolment that follows from them."""

from datetime import date

from criteria.models import Framework, Plan
from criteria.services.frameworks import frameworks
from criteria.services.rounds import cycles, plans
from orgs.models import Person
from reviews.models import ChangeKind
from reviews.services.enrolling import changes, enrolment
from tests.access.played import listings
from tests.access.played.acts.act import DOCUMENT, SINCE_ROSTER, Act, put

YEAR = cycles.CycleDates(date(2023, 1, 1), date(2023, 12, 31), date(2023, 11, 1))


def new_cycle(made, _late):
    return {"plan": made.cycle.plan, "regulation": made.cycle.regulation, "frameworks": [], "dates": YEAR}


def prepared_cycle(made, late):
    given = new_cycle(made, late)
    row = cycles.create_cycle(**given, actor=made.user("giang"))
    return {**given, "cycle": row, "title": "Kiểm điểm năm 2023", "version": row.version - late}


def new_framework(made, _late):
    words = {"title": "Khung tiêu chí mới", "subject": "person", "form_key": "02A"}
    return {"issuer": made.province.units["TU"], "regulation": made.cycle.regulation, **words}


def standing_framework(made, _late):
    return {"framework": made.cycle.frameworks.first().framework}


def draft_framework(made, late):
    row = Framework.objects.filter(state="draft").first()
    return {"framework": row, "number": "9-HD/TU", "issued_on": date(2024, 5, 6), "version": row.version - late}


def new_plan(made, _late):
    return {"issuer": made.province.units["TU"], "year": 2031, "title": "Kế hoạch năm 2031"}


def this_year(made):
    """The plan of the round for the year of its dates, which are those of today."""
    return put(Plan.objects.get(pk=made.cycle.plan_id), "issued", year=made.today.year)


def copied_plan(made, _late):
    return {"plan": this_year(made), "issuer": made.province.units["TU"], "year": made.today.year + 1}


def draft_plan(made, late):
    row = plans.create_plan(**new_plan(made, late), actor=made.user("giang"))
    words = {"title": "Kế hoạch khác", "number": "", "issued_on": None, "content": "", "milestones": (), "topics": ()}
    return {"plan": row, "version": row.version - late, **words}


def milestone(made, late):
    plan = this_year(made)
    row = plan.milestones.get(step="decision")
    due_on = row.due_on.replace(day=row.due_on.day % 28 + 1)
    return {"milestone": row, "due_on": due_on, "document": DOCUMENT, "version": plan.version - late}


def whole_register(made, _late):
    listings.person(made, 1)
    return {"cycle": made.cycle}


def leaver(made, _late):
    dung = Person.objects.get(pk=made.province.people["dung"].pk)
    asked = changes.Asked(ChangeKind.LEAVER, dung, SINCE_ROSTER, DOCUMENT, reason="Nghỉ hưu")
    return {"cycle": made.cycle, "asked": asked}


ACTS = (
    Act(cycles.create_cycle, "giang", new_cycle),
    Act(cycles.update_cycle, "giang", prepared_cycle),
    Act(frameworks.create_framework, "giang", new_framework, again=True),
    Act(frameworks.copy_framework, "giang", standing_framework, again=True),
    Act(frameworks.number_framework, "giang", draft_framework),
    Act(plans.create_plan, "giang", new_plan),
    Act(plans.copy_plan, "giang", copied_plan),
    Act(plans.update_plan, "giang", draft_plan),
    Act(plans.move_milestone, "giang", milestone),
    Act(enrolment.enrol, "giang", whole_register),
    Act(changes.make_change, "giang", leaver),
)
