"""The draft of a regulation, page by page: a field for every value, rows copied and left out, the difference."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from criteria.admin.regulation_acts import FormPage, PostPage, RegulationPage
from criteria.forms.rules.law_parts import PAGES, ROW_PAGES, PartForm, rows_in
from criteria.forms.rules.regulations import CopyRowForm, HeadForm
from criteria.models import Regulation
from criteria.regulation.places import drop_row, named, value_at
from criteria.regulation.table import Path
from criteria.selectors.rules import differences
from criteria.selectors.rules.law_texts import parent_of
from criteria.selectors.rules.law_words import PARTS, value_of
from criteria.selectors.rules.regulations import applicable_beside, version_of
from criteria.services.rules import derivation
from orgs.models import Refusal, Stale

# The heading of a page that holds several tables.
TITLES = {"names": gettext_lazy("Names of grades, levels, groups and subjects")}
COPYABLE = ("rules", "requires", "milestones")


def title_of(part: str) -> str:
    """The name of a page of the draft."""
    return str(TITLES.get(part) or PARTS[part])


class DraftPage(RegulationPage):
    """What the pages of a draft share; an issued regulation has none."""

    @cached_property
    def row(self) -> Regulation:
        """The draft in the address; 404 where it is issued."""
        row = Regulation.objects.select_related("parent").filter(pk=self.kwargs["pk"], is_draft=True).first()
        if row is None:
            raise Http404
        return row


class DeskPage(DraftPage):
    """The contents of the draft: what may be changed where, how it differs, and the act that issues it."""

    template_name = "admin/criteria/regulation_draft.html"
    title = gettext_lazy("Draft of a regulation")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Pages and rows."""
        text = self.row.content
        pages = [(part, title_of(part)) for part, scope in PAGES.items() if any(value_at(text, path) for path in scope)]
        tables = [(part, title_of(part), rows_in(text, part), part in COPYABLE) for part in ROW_PAGES]
        return self.page(pages=pages, tables=tables, beside=applicable_beside(self.row))


class DifferencePage(RegulationPage):
    """What the regulation changes in its parent, drafts too."""

    template_name = "admin/criteria/regulation_difference.html"
    title = gettext_lazy("Difference from the parent")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The differences by part; 404 where there is no parent."""
        parent = parent_of(self.row)
        if parent is None:
            raise Http404
        return self.page(parent=parent, parts=differences.from_parent(self.row, parent))


class PartPage(DraftPage):
    """One page or row of the draft as a form; wrong values come back at their fields, nothing typed is lost."""

    template_name = "admin/criteria/regulation_part.html"

    @cached_property
    def scope(self) -> tuple[Path, ...]:
        """The places that the page changes; 404 for a part or row that is not there."""
        part, key = self.kwargs["part"], self.kwargs.get("key")
        if key is None and part in PAGES:
            return PAGES[part]
        if key is not None and part in ROW_PAGES and value_at(self.row.content, (part, key)) is not None:
            return ((part, key),)
        raise Http404

    def form(self, data: Any = None) -> PartForm:
        """The fields of the page, from the text as it is saved."""
        return PartForm(data, text=self.row.content, scope=self.scope)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The values as they are."""
        return self._shown(self.form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Save, and back to the contents or on with this page."""
        form = self.form(request.POST)
        if not form.is_valid():
            return self._shown(form)
        try:
            derivation.change_regulation(
                row=self.row, content=form.content, actor=request.user, seen=version_of(self.row)
            )
        except Stale:
            del self.row
            form = self.form(request.POST)
            form.is_valid()
            form.add_error(None, _("Somebody else saved this draft in the meantime. Compare, then save again."))
            return self._shown(form)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
            return self._shown(form)
        return self._saved()

    def _saved(self) -> HttpResponse:
        said = _("Saved.")
        if "_continue" in self.request.POST:
            messages.success(self.request, said)
            return self._again()
        return self.go("draft", self.row.pk, said=said)

    def _again(self) -> HttpResponse:
        part, key = self.kwargs["part"], self.kwargs.get("key")
        return self.go("row", self.row.pk, part, key) if key else self.go("part", self.row.pk, part)

    def _shown(self, form: PartForm) -> HttpResponse:
        part, key = self.kwargs["part"], self.kwargs.get("key")
        words = value_of(value_at(self.row.content, (part, key))) if key else ""
        return self.page(title=title_of(part), lead=words, form=form, may_leave=bool(key), part=part, key=key)


class RenamePage(FormPage, DraftPage):
    """Another number, day or title of the draft."""

    title = gettext_lazy("Number, days and title")

    def form(self, data: Any = None) -> HeadForm:
        """As they are now."""
        now = {name: getattr(self.row, name) for name in ("number", "issued_on", "in_force_from", "title")}
        return HeadForm(data, row=self.row, initial=now)

    def act(self, form: HeadForm) -> HttpResponse:
        """Back to the contents."""
        derivation.rename_regulation(
            row=self.row, head=form.head(), actor=self.request.user, seen=form.cleaned_data["seen"]
        )
        return self.go("draft", self.row.pk, said=_("Saved."))


class CopyPage(FormPage, DraftPage):
    """A new row of the draft, copied from another one and then changed on its own page."""

    submit = gettext_lazy("Copy")
    lead = gettext_lazy("The new row says what the copied one says until you change it.")

    @cached_property
    def part(self) -> str:
        """The list that takes the row; 404 for any other."""
        part: str = self.kwargs["part"]
        if part not in COPYABLE:
            raise Http404
        return part

    @property
    def title(self) -> str:
        """The list's name."""
        return _("A new row: %(list)s") % {"list": title_of(self.part)}

    def form(self, data: Any = None) -> CopyRowForm:
        """Which row, and the new key."""
        return CopyRowForm(data, row=self.row, rows=rows_in(self.row.content, self.part))

    def act(self, form: CopyRowForm) -> HttpResponse:
        """On to the new row."""
        given = form.cleaned_data
        rows = self.row.content[self.part]
        like = dict(named(rows))[given["like"]]
        content = {**self.row.content, self.part: [*rows, {**like, "key": given["key"]}]}
        derivation.change_regulation(row=self.row, content=content, actor=self.request.user, seen=given["seen"])
        return self.go("row", self.row.pk, self.part, given["key"], said=_("Copied. Now change what is different."))


class LeavePage(PostPage, DraftPage):
    """A row is left out of the draft."""

    back = "draft"

    def act(self) -> str:
        """Leave it out; the loader refuses where something rests on it."""
        part, key = self.kwargs["part"], self.kwargs["key"]
        if part not in ROW_PAGES or value_at(self.row.content, (part, key)) is None:
            raise Http404
        content = {**self.row.content, part: list(self.row.content[part])}
        drop_row(content, (part, key))
        derivation.change_regulation(content=content, **self.given)
        return _("Left out: %(key)s.") % {"key": key}
