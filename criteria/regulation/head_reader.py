"""Reads the head of a regulation: who is rated, by which words and groups, under which documents."""

from datetime import date

from criteria.regulation.form import Form, PersonForm
from criteria.regulation.form_reader import read_person_form
from criteria.regulation.model import Regulation
from criteria.regulation.parts import CriteriaGroup, Document
from criteria.regulation.rule_reader import Binding
from criteria.regulation.table import Table
from criteria.regulation.vocabulary import GRADES, LEVELS, RATINGS, SUBJECTS


def read_ratings(table: Table) -> dict[str, tuple[str, ...]]:
    """The table [ratings]: which kinds of subject each rating is made of."""
    ratings = {rating: table.choices(rating, SUBJECTS) for rating in RATINGS if table.has(rating)}
    table.finish()
    if not ratings:
        table.refuse("", "must name at least one rating")
    return ratings


def read_subject_groups(table: Table, subjects: tuple[str, ...], names: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The table [subject_groups]: short names for several kinds of subject, used in `binds`."""
    groups = {name: table.choices(name, subjects) for name in names}
    for name in names:
        if name in SUBJECTS:
            table.refuse(name, "is already the name of a kind of subject")
    return groups


def read_labels(table: Table, keys: tuple[str, ...]) -> dict[str, str]:
    """A table with exactly these keys, each with a text."""
    labels = {key: table.text(key) for key in keys}
    table.finish()
    return labels


def read_left(table: Table, subjects: tuple[str, ...]) -> dict[str, date]:
    """The table [left_on]: from which day a kind of subject is rated under a later regulation already."""
    if not table.has("left_on"):
        return {}
    days = table.table("left_on")
    left = {subject: days.day(subject) for subject in subjects if days.has(subject)}
    days.finish()
    return left


def read_document(table: Table) -> Document:
    """One row of [[guidance]]."""
    document = Document(table.text("number"), table.day("issued_on"), table.text("title"))
    table.finish()
    return document


def read_group(table: Table, binding: Binding) -> CriteriaGroup:
    """One row of [[groups]]."""
    named = table.choices("subjects", (*binding.subject_groups, *binding.subjects))
    subjects = tuple(subject for name in named for subject in binding.subject_groups.get(name, (name,)))
    return CriteriaGroup(table.text("key"), table.text("label"), subjects)


def read_person_forms(table: Table, forms: tuple[Form, ...]) -> tuple[PersonForm, ...]:
    """The rows [[person_forms]]: written on a form that exists, the last one without a condition."""
    rows = table.rows("person_forms", read_person_form)
    for row in rows:
        if row.base not in {form.key for form in forms}:
            table.refuse("person_forms", f"{row.key!r} names the form {row.base!r}, which is not among the forms")
    if rows and rows[-1].conditions:
        table.refuse(
            "person_forms", f"{rows[-1].key!r} is the last row and must have no condition, else a person has no form"
        )
    return rows


def refuse_contradictions(table: Table, regulation: Regulation) -> None:
    """Refuse what no single table can see."""
    if regulation.key != f"{regulation.number}@{regulation.issued_on.isoformat()}":
        table.refuse("key", f"must be {regulation.number}@{regulation.issued_on.isoformat()}, number and day of issue")
    if regulation.in_force_until is not None and regulation.in_force_until <= regulation.in_force_from:
        table.refuse("in_force_until", "must be later than in_force_from")
    if tuple(grade.key for grade in regulation.grades) != GRADES:
        table.refuse("grades", f"must be {', '.join(GRADES)}, best first")
    if tuple(level.key for level in regulation.levels) not in ((), LEVELS):
        table.refuse("levels", f"must be {', '.join(LEVELS)}, best first, or none")
