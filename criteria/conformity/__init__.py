"""Frameworks that concretise: read strictly, compared, composed. No Django, no clock, no database, no float."""

from criteria.conformity.checking import check, check_alone
from criteria.conformity.composition import compose
from criteria.conformity.difference import Row, difference
from criteria.conformity.model import (
    Confirmation,
    Covered,
    Criterion,
    Framework,
    Group,
    Issuer,
    Level,
    Levels,
    RecordedException,
)
from criteria.conformity.reader import read
from criteria.conformity.refusals import MalformedFramework
from criteria.conformity.result import Breach, Result
from criteria.conformity.texts import fingerprint, normalised
from criteria.conformity.vocabulary import BREACHES
from criteria.conformity.writer import to_data, to_json

__all__ = [
    "BREACHES",
    "Breach",
    "Confirmation",
    "Covered",
    "Criterion",
    "Framework",
    "Group",
    "Issuer",
    "Level",
    "Levels",
    "MalformedFramework",
    "RecordedException",
    "Result",
    "Row",
    "check",
    "check_alone",
    "compose",
    "difference",
    "fingerprint",
    "normalised",
    "read",
    "to_data",
    "to_json",
]
