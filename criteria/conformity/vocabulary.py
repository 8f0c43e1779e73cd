"""The words of a framework as a file; `docs/framework.schema.json` publishes the same."""

SCHEMA = "framework/1"
SUBJECTS = ("person", "collective", "organisation")
MARKINGS = ("levels", "points", "checklist")
KINDS = ("job", "position", "collective", "unit", "line", "managing_authority")
AT_LEAST, AT_MOST = "at_least", "at_most"
DIRECTIONS = (AT_LEAST, AT_MOST)

MISSING_REQUIRED = "missing_required"
FIXED_SUM_CHANGED = "fixed_sum_changed"
LEVEL_LOOSENED = "level_loosened"
LEVEL_CHANGED = "level_changed"
DUPLICATE_CODE = "duplicate_code"
WEIGHT_SUM = "weight_sum"
UNKNOWN_PARENT = "unknown_parent"
# What a framework may break towards its parent; an exception names one of these.
BREACHES = (
    MISSING_REQUIRED,
    FIXED_SUM_CHANGED,
    LEVEL_LOOSENED,
    LEVEL_CHANGED,
    DUPLICATE_CODE,
    WEIGHT_SUM,
    UNKNOWN_PARENT,
)

# Missing texts: they bar a framework that stands alone, and are pointed out in one that is compared with its parent.
LEVEL_MISSING = "level_missing"
