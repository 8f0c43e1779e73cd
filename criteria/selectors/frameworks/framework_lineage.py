"""The line of frameworks above a framework: who concretises whom, and whether that runs in a circle."""

from django.utils.translation import gettext as _

from criteria.models import Framework


def ancestors(framework: Framework | None) -> list[Framework]:
    """The framework itself and those above it, the nearest first; a circle ends where it closes."""
    found: dict[int, Framework] = {}
    while framework is not None and framework.pk not in found:
        found[framework.pk] = framework
        framework = framework.parent
    return list(found.values())


def circle_of(framework: Framework, parent: Framework | None) -> str:
    """Why `parent` may not stand above `framework`, naming the line; empty where it may."""
    line = ancestors(parent)
    if framework.pk is None or framework.pk not in {row.pk for row in line}:
        return ""
    names = " → ".join(f"“{row}”" for row in (framework, *line[: [row.pk for row in line].index(framework.pk) + 1]))
    return _("The frameworks would stand above each other in a circle: %(line)s.") % {"line": names}
