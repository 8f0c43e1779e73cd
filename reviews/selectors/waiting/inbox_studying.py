"""The rows of the home page about texts to be studied, and about telephone calls that are due again."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from criteria.selectors.reaching import disseminations, urging
from orgs.access import Viewer
from orgs.models import User
from reviews.selectors.waiting.inbox import TaskRow, register_provider


def texts_to_study(user: User, viewer: Viewer) -> Iterable[TaskRow]:
    """One row for each text that the user himself has not studied yet; one query."""
    for row in disseminations.waiting_for(user):
        yield TaskRow(
            key=f"study-{row.pk}",
            title=_("Study: %(title)s") % {"title": row.title},
            detail=row.number,
            act_label=_("Study it"),
            act_url=reverse("criteria:dissemination_detail", args=[row.uuid]),
            due_on=row.due_on,
        )


def calls_to_make(user: User, viewer: Viewer) -> Iterable[TaskRow]:
    """One row for each matter in which bodies are to be called again by today; one query, none for a cadre."""
    for matter, about, number, first in urging.calls_due(user, timezone.localdate()):
        words = ngettext("%(n)d body to call again", "%(n)d bodies to call again", number) % {"n": number}
        yield TaskRow(
            key=f"call-{about}",
            title=words,
            act_label=_("Open the list"),
            act_url=reverse("criteria:urging_pick", args=[matter, about]),
            due_on=first,
        )


def register() -> None:
    """Contribute to the home page; called from `AppConfig.ready`."""
    register_provider(texts_to_study)
    register_provider(calls_to_make)
