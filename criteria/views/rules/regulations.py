"""Pages of the law: which regulations there are, one in readable form as of a day, its difference from its parent."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import DetailView, ListView

from criteria.models import Regulation
from criteria.selectors.rounds import cycles
from criteria.selectors.rules import differences, law, law_open, law_points, law_texts, regulations
from orgs.forms.fields import DayField


class AsOfForm(forms.Form):
    """The day as of which a regulation is read."""

    on = DayField(label=gettext_lazy("As of the day"), required=False)


class RegulationListView(ListView):
    """Every regulation that is loaded."""

    template_name = "criteria/regulation_list.html"
    paginate_by = 50

    def get_queryset(self) -> QuerySet[Regulation]:
        """The newest first, without the long content."""
        found = regulations.visible_to(self.request.user).select_related("parent", "successor")
        lean = found.defer("content", "parent__content", "successor__content")
        return lean.order_by("-in_force_from", "key")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The title."""
        return super().get_context_data(title=_("Regulations"), **kwargs)


class RegulationPage(DetailView):
    """What the pages of one regulation share: whoever may come in reads it."""

    slug_field = slug_url_kwarg = "uuid"
    context_object_name = "row"

    def get_queryset(self) -> QuerySet[Regulation]:
        """What I may read."""
        return regulations.visible_to(self.request.user).select_related("successor")


class RegulationDetailView(RegulationPage):
    """Grades, conditions, points, quota, dates, procedure, forms, each with clause and standing; what is open first."""

    template_name = "criteria/regulation_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The chapters of the text that holds on the day."""
        asked = AsOfForm(self.request.GET or None)
        whole, day = regulations.parsed(self.object), self._day(asked)
        text = whole.at(day)
        points = law_points.points(text)
        conditions, rest = law.conditions(text), [law.quota(text), law.dates(text), law.procedure(text)]
        chapters = [*conditions, *([points] if points else []), *rest]
        return super().get_context_data(
            title=self.object.number,
            lead=self.object.title,
            law=text,
            day=day,
            asked=asked,
            texts=law_texts.texts(whole, day),
            parent=law_texts.parent_of(self.object),
            chapters=[chapter for chapter in chapters if chapter.lines],
            items=law_points.items(text),
            forms=list(zip(text.forms, law.form_lines(text.forms), strict=True)),
            form_rules=self.object.form_rules.select_related("managing_authority", "position"),
            open_lines=law_open.open_lines(text),
            **kwargs,
        )

    def _day(self, asked: AsOfForm) -> date:
        chosen: date | None = asked.cleaned_data["on"] if asked.is_valid() else None
        return chosen or cycles.day_for(self.request.user, self.object, timezone.localdate())


class RegulationDifferenceView(RegulationPage):
    """What a derived regulation changes in the one it was derived from."""

    template_name = "criteria/regulation_difference.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Both and the differences by part; 404 where there is nothing to compare with."""
        parent = law_texts.parent_of(self.object)
        if parent is None:
            raise Http404
        return super().get_context_data(
            title=_("%(own)s beside %(parent)s") % {"own": self.object.number, "parent": parent.number},
            lead=self.object.title,
            parent=parent,
            parts=differences.from_parent(self.object, parent),
            **kwargs,
        )
