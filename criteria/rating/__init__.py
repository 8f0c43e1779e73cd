"""Grading as arithmetic: facts in, suggestion out. No Django, no clock, no database, no float."""

from criteria.rating.checking import check_regulation
from criteria.rating.engine import conditions, conflicts, suggest, suggest_for
from criteria.rating.facts import Facts
from criteria.rating.functions import FUNCTIONS
from criteria.rating.parsing import parse_facts, regulation_key
from criteria.rating.quotas import QuotaAnswer, quota
from criteria.rating.readers import read_day
from criteria.rating.reading import read_json, write_json
from criteria.rating.refusals import FactsRefused
from criteria.rating.required import missing_paths, required_paths
from criteria.rating.suggestion import Ceiling, Condition, Suggestion

__all__ = [
    "FUNCTIONS",
    "Ceiling",
    "Condition",
    "Facts",
    "FactsRefused",
    "QuotaAnswer",
    "Suggestion",
    "check_regulation",
    "conditions",
    "conflicts",
    "missing_paths",
    "parse_facts",
    "quota",
    "read_day",
    "read_json",
    "regulation_key",
    "required_paths",
    "suggest",
    "suggest_for",
    "write_json",
]
