"""Regulations as data: frozen records, the loader that validates them, and the shelf of those shipped. No Django."""

from criteria.regulation.choice import applicable, choose
from criteria.regulation.form import Form, Head, HeaderField, Item, Part, PersonForm, Section, Signature
from criteria.regulation.loader import from_data, load, to_data
from criteria.regulation.model import Regulation, Version
from criteria.regulation.parts import (
    Authority,
    CriteriaGroup,
    Document,
    Grade,
    Level,
    MilestoneDefault,
    PeerGroup,
    Procedure,
    QuotaReading,
    Requirement,
    Rule,
    Setting,
    Unconfirmed,
)
from criteria.regulation.refusals import RegulationRefused
from criteria.regulation.shelf import SHIPPED, find, load_all, load_file, shipped, slug
from criteria.regulation.unconfirmed import unconfirmed

__all__ = [
    "SHIPPED",
    "Authority",
    "CriteriaGroup",
    "Document",
    "Form",
    "Grade",
    "Head",
    "HeaderField",
    "Item",
    "Level",
    "MilestoneDefault",
    "Part",
    "PeerGroup",
    "PersonForm",
    "Procedure",
    "QuotaReading",
    "Regulation",
    "RegulationRefused",
    "Requirement",
    "Rule",
    "Section",
    "Setting",
    "Signature",
    "Unconfirmed",
    "Version",
    "applicable",
    "choose",
    "find",
    "from_data",
    "load",
    "load_all",
    "load_file",
    "shipped",
    "slug",
    "to_data",
    "unconfirmed",
]
