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
