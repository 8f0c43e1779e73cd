"""What the writing page of a remark sends, and the rows of remarks that are entered from a paper."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from criteria.forms.fields import whole
from criteria.models import Clause, RemarkKind
from criteria.services.consulting.paper_answers import PaperRemark
from criteria.services.consulting.remarks import RemarkText
from orgs.forms.fields import DayField
from orgs.services.open_pages import Page

EMPTY_ROWS = 3
MOST_ROWS = 400
LONG = forms.Textarea(attrs={"rows": 2})


def text_of(post: QueryDict) -> RemarkText:
    """What is proposed; the button "remove" empties it."""
    if "remove" in post:
        return RemarkText()
    return RemarkText(post.get("kind", ""), post.get("wording", ""), post.get("reason", ""))


def page_of(post: QueryDict, *, is_autosave: bool = False) -> Page:
    """From which open page it comes."""
    return Page(post.get("tab_id", "")[:40], whole(post.get("client_seq", "")), is_autosave)


class PaperForm(forms.Form):
    """Number, date and scan of the paper on which the answer came."""

    number = forms.CharField(label=_("Number of the paper"), max_length=80)
    paper_on = DayField(label=_("Date of the paper"))
    scan = forms.FileField(
        label=_("Scan"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png", "class": "form-control"}),
    )


class PaperRemarkForm(forms.Form):
    """One remark of the paper; a row without clause and proposal is left out."""

    clause = forms.ChoiceField(label=_("Clause"), required=False)
    kind = forms.ChoiceField(label=_("Proposal"), required=False, choices=[("", "—"), *RemarkKind.choices])
    wording = forms.CharField(label=_("Proposed wording"), required=False, widget=LONG)
    reason = forms.CharField(label=_("Reason"), required=False, widget=LONG)

    def __init__(self, *args: Any, clauses: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["clause"].choices = clauses

    def clean(self) -> dict[str, Any]:
        """A row that says anything names its clause, its proposal and, but for keep, its reason."""
        given = super().clean()
        if not any(given.values()) or self.errors:
            return given
        needed = ["clause", "kind", *([] if given.get("kind") in ("", RemarkKind.KEEP) else ["reason"])]
        for name in needed:
            if not given.get(name):
                self.add_error(name, forms.Field.default_error_messages["required"])
        return given


def paper_rows(clauses: Iterable[Clause], data: QueryDict | None = None) -> BaseFormSet:
    """The remarks of the paper as rows, three empty ones at first; the button "more" asks for three others."""
    if data is not None and "more" in data:
        data = data.copy()
        data["rows-TOTAL_FORMS"] = str(whole(data.get("rows-TOTAL_FORMS", "")) + EMPTY_ROWS)
    choices = [("", "—"), *((str(row.uuid), f"{row.text.order}. {row.label}") for row in clauses)]
    made = formset_factory(PaperRemarkForm, extra=EMPTY_ROWS, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
    return made(data, prefix="rows", form_kwargs={"clauses": choices})


def paper_remarks(formset: BaseFormSet, clauses: Iterable[Clause]) -> list[PaperRemark]:
    """The rows that say something, of a valid formset."""
    by_uuid = {str(row.uuid): row for row in clauses}
    rows = [form.cleaned_data for form in formset if form.cleaned_data.get("kind")]
    return [PaperRemark(by_uuid[row["clause"]], row["kind"], row["wording"], row["reason"]) for row in rows]
