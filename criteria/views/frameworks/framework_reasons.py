"""Why this framework: the way on which it was found, for a person or collective on a day."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from criteria.forms.frameworks.frameworks import FrameworkWhyForm
from criteria.models import Cycle
from criteria.selectors.frameworks import applying
from criteria.selectors.rounds import cycles
from orgs.models import Collective, Person
from orgs.views.acts import read_uuids


class FrameworkWhyView(TemplateView):
    """Asked by the code of a cadre or collective that I may see, else for myself; `cycle` asks what a cycle froze."""

    template_name = "criteria/framework_why.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Who was asked for, what applies, step by step."""
        form = FrameworkWhyForm(self.request.GET or None)
        given = form.cleaned_data if form.is_bound and form.is_valid() else {}
        subject = self._subject(given.get("code", "").strip())
        cycle = self._cycle()
        answer = self._answer(subject, given.get("on"), cycle) if subject else None
        return super().get_context_data(
            title=_("Why this framework"),
            filter_form=form,
            is_unknown=subject is None,
            answer=answer,
            looks=applying.looks(answer) if answer else [],
            cycle=cycle,
            **kwargs,
        )

    def _subject(self, code: str) -> Person | Collective | None:
        return applying.subject_of(self.request.user, code)

    def _cycle(self) -> Cycle | None:
        wanted = read_uuids([self.request.GET.get("cycle", "")])
        return cycles.visible_to(self.request.user).filter(uuid__in=wanted, opened_at__isnull=False).first()

    def _answer(self, subject: Person | Collective, on: date | None, cycle: Cycle | None) -> applying.Answer:
        day = on or (cycle.roster_on if cycle else timezone.localdate())
        return applying.applies(subject, on=day, cycle=cycle)
