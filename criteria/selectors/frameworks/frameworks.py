"""Frameworks: who sees which, what one still lacks, the whole of one as plain data."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from criteria.models import Criterion, CriterionGroup, Framework, Level, Marking
from criteria.selectors.rules.regulations import parsed
from orgs import access
from orgs.models import User
from orgs.models.names import fold

REMEMBERED = "_groups_as_read"

LABEL = 70


def visible_to(user: User) -> QuerySet[Framework]:
    """The frameworks that `user` may read: issued ones everybody, drafts those who prepare them."""
    rows = Framework.objects.select_related("issuer", "regulation")
    return access.within(rows, access.document_scope("criteria.Framework", access.viewer_of(user)))


def listed(user: User, *, text: str = "", state: str = "", parent: str = "") -> QuerySet[Framework]:
    """Visible frameworks with the number of their criteria, searched by title, number, issuer; `parent` is a uuid."""
    rows = visible_to(user).annotate(criteria_count=Count("groups__criteria")).order_by("title", "-edition", "id")
    if text:
        issuer = Q(issuer__search__contains=fold(text))
        rows = rows.filter(Q(title__icontains=text) | Q(number__icontains=text) | issuer)
    if parent:
        rows = rows.filter(parent__uuid=parent)
    return rows.filter(state=state) if state else rows


def with_texts(framework: Framework) -> list[CriterionGroup]:
    """The groups in order, each with its criteria and their level texts, in three queries."""
    if REMEMBERED in framework.__dict__:
        return framework.__dict__[REMEMBERED]
    return list(_groups_of([framework]))


def remember(framework: Framework) -> Framework:
    """For a page that only reads: `with_texts` of this very object is not asked of the database again."""
    return remember_all([framework])[0]


def remember_all(frameworks: Iterable[Framework]) -> list[Framework]:
    """The same for many at once, in three queries all together."""
    rows = list(frameworks)
    groups: dict[int, list[CriterionGroup]] = {}
    for group in _groups_of(rows):
        groups.setdefault(group.framework_id, []).append(group)
    for row in rows:
        row.__dict__[REMEMBERED] = groups.get(row.pk, [])
    return rows


def _groups_of(frameworks: list[Framework]) -> QuerySet[CriterionGroup]:
    criteria = Criterion.objects.order_by("order").prefetch_related("levels")
    groups = CriterionGroup.objects.filter(framework__in=[row.pk for row in frameworks]).order_by("framework", "order")
    return groups.prefetch_related(Prefetch("criteria", criteria))


def texts_of(criterion: Criterion) -> dict[str, str]:
    """The four texts by level, empty where one is not written."""
    written = {row.level: row.text for row in criterion.levels.all()}
    return {level: written.get(level, "").strip() for level in Level.values}


def untitled(criterion: Criterion) -> str:
    """What is said of a criterion without a title: its number and its group, nothing else names it."""
    words = {"number": criterion.number or criterion.code, "group": criterion.group}
    return _("Criterion %(number)s of group “%(group)s” has no title.") % words


def gaps(framework: Framework) -> list[str]:
    """Everything that a draft lacks before it can be issued, number and date among it."""
    unnumbered = _("The framework has no number or no date of issue yet.")
    return [*([] if framework.number and framework.issued_on else [unnumbered]), *what_is_missing(framework)]


def what_is_missing(framework: Framework) -> list[str]:
    """Every gap as a sentence: a criterion without title or one of its texts, an item of the form nobody anchors."""
    missing, anchored = [], set()
    for group in with_texts(framework):
        for criterion in group.criteria.all():
            anchored.add(criterion.item_key)
            if not criterion.title.strip():
                missing.append(untitled(criterion))
            for level, text in texts_of(criterion).items():
                # Points and checklists need no anchoring text.
                if not text and framework.marking == Marking.LEVELS:
                    missing.append(
                        _("Criterion %(criterion)s has no text for the level “%(level)s”.")
                        % {"criterion": criterion, "level": Level(level).label}
                    )
    return missing + _items_not_anchored(framework, anchored)


def _items_not_anchored(framework: Framework, anchored: set[str]) -> list[str]:
    regulation = parsed(framework.regulation)
    form = next((form for form in regulation.forms if form.key == framework.form_key), None)
    if form is None:
        return [
            _("The regulation %(regulation)s has no form %(form)s.")
            % {"regulation": regulation.number, "form": framework.form_key}
        ]
    known = {item.key for item in form.level_items()}
    lost = [
        _("The form %(form)s has no level “%(item)s”.") % {"form": form.number, "item": key}
        for key in anchored - known
        if key
    ]
    return lost + [
        _("No criterion anchors the level “%(item)s” of %(form)s.")
        % {"item": level_label(form, item.key), "form": form.number}
        for item in form.level_items()
        if item.key not in anchored
    ]


def level_label(form: Any, item_key: str) -> str:
    """What a level of the form is about: number and label of the text above it, which it belongs to."""
    for section in form.sections:
        above = ""
        for item in section.items:
            if item.key == item_key:
                return above or f"{section.number}. {section.title}"
            if item.number:
                above = f"{section.number}.{item.number} {item.label}"
    return item_key


def content_of(framework: Framework) -> dict[str, Any]:
    """The whole framework as plain data, in the shape that `CycleFramework.content` keeps."""
    return {
        "title": framework.title,
        "number": framework.number,
        "issued_on": framework.issued_on.isoformat() if framework.issued_on else None,
        "issuer": framework.issuer.name,
        "edition": framework.edition,
        "subject": framework.subject,
        "form_key": framework.form_key,
        "groups": [
            {
                "order": group.order,
                "number": group.number,
                "title": group.title,
                "group_key": group.group_key,
                "criteria": [_criterion(row) for row in group.criteria.all()],
            }
            for group in with_texts(framework)
        ],
    }


def _criterion(row: Criterion) -> dict[str, Any]:
    return {
        "order": row.order,
        "number": row.number,
        "title": row.title,
        "item_key": row.item_key,
        "weight": None if row.weight is None else str(row.weight),
        "levels": texts_of(row),
    }


def item_choices(framework: Framework, present: str = "") -> list[tuple[str, str]]:
    """The levels of the framework's form as (key, what it is about); a key that the form lacks stays choosable."""
    form = next((form for form in parsed(framework.regulation).forms if form.key == framework.form_key), None)
    items = form.level_items() if form else ()
    choices = [("", "—"), *((item.key, f"{item.key}: {level_label(form, item.key)[:LABEL]}") for item in items)]
    return choices if present in dict(choices) else [*choices, (present, present)]
