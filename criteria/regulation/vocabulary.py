"""The words that a regulation file may use; the same words stand in the facts and in the suggestion."""

GRADES = ("excellent", "good", "completed", "not_completed")
LEVELS = ("excellent", "good", "average", "poor")
LOWEST = GRADES[-1]

PERSONS = (
    "leader",
    "non_leader",
    "official",
    "civil_servant",
    "civil_servant_leader",
    "public_employee",
    "public_employee_leader",
    "outside_system",
)
SUBJECTS = (*PERSONS, "collective", "organisation")
RATINGS = ("cadre", "party_member", "state", "collective", "organisation")
PERIODS = ("year", "quarter")
SIDES = ("party", "state")

TO_BE_CONFIRMED = "to_be_confirmed"
STANDINGS = ("law", "guidance", "local", TO_BE_CONFIRMED)

# What a rule does when it bites: lower the grade, end the rating without one, or only speak.
CEILING = "ceiling"
WARNING = "warning"
GATES = ("exempt", "postponed", "not_rated")
AS_FOUND = "as_found"

# Points: the two groups, the marks of a common item, the shares of results, the ways to count results.
POINT_GROUPS = ("common", "results")
MARKS = ("ensured", "not_ensured", "excellent", "good", "average", "poor")
SHARES = ("a", "b", "c", "d", "dd", "e")
WAYS = ("axes", "shares")

READINGS = ("good_only", "good_and_above", "all_rated")
ROUNDINGS = ("floor", "half_up")

ITEM_KINDS = ("text", "level", "points", "checklist", "signs", "tasks", "grade_choice", "attestation")
HEADS = ("party", "state")

# What a form is for: the report of a collective, the review of a person, an analysis sheet, a State-side sheet.
FAMILIES = ("collective_report", "personal_review", "analysis", "state_sheet")
# What points on a form are: the points of a whole group, those of each axis out of its weight, shares in percent.
COUNTS = ("total", "axes", "shares")
# The columns that a table of tasks may have, and what each cell holds.
COLUMNS = {
    "axis": "choice",
    "task": "text",
    "kind": "text",
    "product": "text",
    "due": "day",
    "finished": "day",
    "progress": "decimal",
    "evidence": "text",
    "base": "decimal",
    "factor": "decimal",
    "points": "decimal",
    "bonus": "decimal",
    "failed_checks": "whole",
    "failed_objective": "whole",
    "delays": "whole",
    "delays_objective": "whole",
    "state": "text",
    "remark": "text",
}

# The steps of a round that have a date, in their order.
STEPS = (
    "plan",
    "self_review",
    "explanation",
    "meeting",
    "finishing",
    "proposal",
    "state_grade",
    "appraisal",
    "decision",
    "notice",
    "dossier",
)
