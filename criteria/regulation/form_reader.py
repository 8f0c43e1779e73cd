"""Reads forms and the provincial choice of forms from their tables."""

from criteria.regulation.form import Form, Head, HeaderField, Part, PersonForm, Section, Signature
from criteria.regulation.item_reader import read_item
from criteria.regulation.points import Counting
from criteria.regulation.rule_reader import read_authority
from criteria.regulation.table import Table
from criteria.regulation.vocabulary import FAMILIES, HEADS, PERIODS, SUBJECTS

CONDITIONS = ("holds_post", "is_head", "managed_by_standing_committee")


def read_form(table: Table, groups: tuple[str, ...], counting: Counting | None = None) -> Form:
    """One row of [[forms]]; `groups` are the groups of criteria that the regulation knows.

    `counting` gives a checklist its rows and marks; a form that was frozen carries its own.
    """
    mapping = table.table("mapping")
    subjects = table.choices("subjects", SUBJECTS)
    form = Form(
        key=table.text("key"),
        number=table.text("number"),
        title=table.text("title"),
        subtitle=table.text("subtitle", ""),
        subjects=subjects,
        family=table.choice("family", FAMILIES),
        is_draft=table.flag("draft", False),
        head=_read_head(table.table("head")),
        intro=table.text("intro", ""),
        fields=table.rows("fields", _read_field),
        sections=table.rows(
            "sections", lambda row: _read_section(row, groups, counting or Counting(), subjects), required=True
        ),
        signature=_read_signature(table.table("signature")),
        parts=table.rows("parts", lambda row: _read_part(row, groups)),
        mapping=read_authority(mapping),
        periods=table.choices("periods", PERIODS, PERIODS),
    )
    mapping.finish()
    _refuse_doubles(table, form)
    if counting is not None:
        _refuse_split_checklists(table, form, counting)
    return form


def _read_head(table: Table) -> Head:
    head = Head(table.choice("kind", HEADS), table.texts("left"), table.texts("right"))
    table.finish()
    return head


def _read_field(table: Table) -> HeaderField:
    return HeaderField(table.text("key"), table.text("label"), table.text("source"))


def _read_section(table: Table, groups: tuple[str, ...], counting: Counting, subjects: tuple[str, ...]) -> Section:
    return Section(
        key=table.text("key"),
        number=table.text("number"),
        title=table.text("title"),
        items=table.rows("items", lambda row: read_item(row, groups, counting, subjects), required=True),
        is_annex=table.flag("annex", False),
    )


def _read_part(table: Table, groups: tuple[str, ...]) -> Part:
    return Part(
        key=table.text("key"),
        title=table.text("title"),
        by=table.choice("by", ("manager", "cell", "committee")),
        items=table.rows("items", lambda row: read_item(row, groups, Counting(), ()), required=True),
        signature=_read_signature(table.table("signature")),
    )


def _read_signature(table: Table) -> Signature:
    signature = Signature(table.text("key"), table.texts("lines"), table.text("note", ""), table.text("signer", ""))
    table.finish()
    return signature


def _refuse_doubles(table: Table, form: Form) -> None:
    keys = [item.key for item in form.items()] + [item.key for part in form.parts for item in part.items]
    for key in keys:
        if keys.count(key) > 1:
            table.refuse("sections", f"hold the item {key!r} twice")


def _refuse_split_checklists(table: Table, form: Form, counting: Counting) -> None:
    """A form on which common items are marked has every one of them once, the same for each of its subjects."""
    marked = [row.key for item in form.items() if item.kind == "checklist" for row in item.rows]
    for subject in form.subjects if marked else ():
        wanted = list(counting.items_of(subject))
        for key in wanted:
            if marked.count(key) != 1:
                table.refuse("sections", f"must mark the common item {key!r} of {subject} once")
        for key in marked:
            if key not in wanted:
                table.refuse("sections", f"mark the common item {key!r}, on which {subject} is not marked")


def read_person_form(table: Table) -> PersonForm:
    """One row of [[person_forms]]."""
    conditions = []
    when = table.table("when")
    for name in CONDITIONS:
        if when.has(name):
            conditions.append((name, when.flag(name, True)))
    when.finish()
    return PersonForm(
        key=table.text("key"),
        label=table.text("label"),
        base=table.text("base"),
        conditions=tuple(conditions),
        authority=read_authority(table),
    )
