"""Reads forms and the provincial choice of forms from their tables."""

from criteria.regulation.form import Form, Head, HeaderField, Item, Part, PersonForm, Section, Signature
from criteria.regulation.rule_reader import read_authority
from criteria.regulation.table import Table
from criteria.regulation.vocabulary import HEADS, ITEM_KINDS, RATINGS, SUBJECTS

MEASURED = ("level", "points")
CONDITIONS = ("holds_post", "is_head", "managed_by_standing_committee")


def read_form(table: Table, groups: tuple[str, ...]) -> Form:
    """One row of [[forms]]; `groups` are the groups of criteria that the regulation knows."""
    mapping = table.table("mapping")
    form = Form(
        key=table.text("key"),
        number=table.text("number"),
        title=table.text("title"),
        subtitle=table.text("subtitle", ""),
        subjects=table.choices("subjects", SUBJECTS),
        family=table.text("family"),
        is_draft=table.flag("draft", False),
        head=_read_head(table.table("head")),
        intro=table.text("intro", ""),
        fields=table.rows("fields", _read_field),
        sections=table.rows("sections", lambda row: _read_section(row, groups), required=True),
        signature=_read_signature(table.table("signature")),
        parts=table.rows("parts", lambda row: _read_part(row, groups)),
        mapping=read_authority(mapping),
    )
    mapping.finish()
    _refuse_doubles(table, form)
    return form


def _read_head(table: Table) -> Head:
    head = Head(table.choice("kind", HEADS), table.texts("left"), table.texts("right"))
    table.finish()
    return head


def _read_field(table: Table) -> HeaderField:
    return HeaderField(table.text("key"), table.text("label"), table.text("source"))


def _read_section(table: Table, groups: tuple[str, ...]) -> Section:
    return Section(
        key=table.text("key"),
        number=table.text("number"),
        title=table.text("title"),
        items=table.rows("items", lambda row: _read_item(row, groups), required=True),
    )


def _read_item(table: Table, groups: tuple[str, ...]) -> Item:
    kind = table.choice("kind", ITEM_KINDS)
    group = table.choice("group", groups) if kind in MEASURED else ""
    return Item(
        key=table.text("key"),
        number=table.text("number", ""),
        label=table.text("label"),
        kind=kind,
        group=group,
        required=table.flag("required", True),
        guidance=table.text("guidance", ""),
        max_words=table.optional_integer("max_words", 1, 100_000),
        rating=table.choice("rating", RATINGS) if kind == "grade_choice" else "",
    )


def _read_part(table: Table, groups: tuple[str, ...]) -> Part:
    return Part(
        key=table.text("key"),
        title=table.text("title"),
        by=table.choice("by", ("manager", "cell", "committee")),
        items=table.rows("items", lambda row: _read_item(row, groups), required=True),
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
