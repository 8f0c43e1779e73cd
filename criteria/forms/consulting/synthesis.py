"""Forms of the synthesis: an answer to chosen remarks, the clause after them, the words of the papers, the filter."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from criteria.models import Answer, Clause, Consultation, Verdict
from criteria.services.consulting.submissions import PaperWords
from orgs.forms.fields import DayField, bare_helper

PAPER_WORDS = tuple(PaperWords.__dataclass_fields__)
SUBMISSION_WORDS = ("submitted_to", "submission", "submission_number", "submitted_on", "submission_copies_to")


def text_area(rows: int) -> forms.Textarea:
    """A field for longer text."""
    return forms.Textarea(attrs={"rows": rows, "class": "form-control"})


class AnswerForm(forms.Form):
    """The words of one answer. Without a verdict it is a draft that still counts as unanswered."""

    summary = forms.CharField(label=_("What the remarks say"), required=False, widget=text_area(2))
    verdict = forms.ChoiceField(
        label=_("Answer"),
        choices=[("", _("Not decided yet")), *Verdict.choices],
        required=False,
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    reason = forms.CharField(label=_("Explanation"), required=False, widget=text_area(3))

    @classmethod
    def of(cls, answer: Answer) -> "AnswerForm":
        """The answer as it is kept; each form of a page has ids of its own."""
        kept = {"summary": answer.summary, "verdict": answer.verdict, "reason": answer.reason}
        return cls(initial=kept, auto_id=f"id_{answer.uuid}_%s")


class GroupForm(AnswerForm):
    """Which remarks are answered together: by a new answer, or under one of `answers`, those of the clause."""

    answer = forms.ChoiceField(
        label=_("Put under"), required=False, widget=forms.Select(attrs={"class": "form-select"})
    )
    remarks = forms.Field(label=_("Remarks"), required=False)

    def __init__(self, *args: Any, answers: Sequence[Answer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.answers = {str(answer.uuid): answer for answer in answers}
        known = [(key, Truncator(answer.summary).chars(90)) for key, answer in self.answers.items()]
        self.fields["answer"].choices = [("", _("A new answer")), *known]
        self.order_fields(["answer", "summary", "verdict", "reason"])

    def clean_answer(self) -> Answer | None:
        """The answer of this choice; None for a new one."""
        return self.answers.get(self.cleaned_data["answer"])


class AmendForm(forms.Form):
    """The clause after the remarks."""

    amended = forms.CharField(label=_("Text after the remarks"), required=False, widget=text_area(8))
    is_dropped = forms.BooleanField(label=_("The clause is dropped"), required=False)

    @classmethod
    def of(cls, clause: Clause) -> "AmendForm":
        """The clause as it is kept."""
        return cls(initial={"amended": clause.amended or clause.body, "is_dropped": clause.is_dropped})


class PapersForm(forms.Form):
    """Who signs, who takes a copy, what is submitted to whom. Before the synthesis only what the letter needs."""

    submitted_to = forms.CharField(
        label=_("Submitted to"), max_length=300, required=False, help_text=_("For example: Ban Thường vụ Tỉnh ủy")
    )
    submission = forms.CharField(
        label=_("What is proposed"),
        required=False,
        widget=text_area(6),
        help_text=_("Empty: the sentence that submissions usually end with."),
    )
    submission_number = forms.CharField(label=_("Number of the submission"), max_length=80, required=False)
    submitted_on = DayField(label=_("Date of the submission"), required=False)
    submission_copies_to = forms.CharField(
        label=_("Recipients of the submission"), required=False, widget=text_area(3), help_text=_("One a line.")
    )
    signer_title = forms.CharField(
        label=_("Title of the signer"),
        max_length=200,
        required=False,
        widget=text_area(2),
        help_text=_("On behalf of a body in two lines: T/M BAN THƯỜNG VỤ, below it the post."),
    )
    signer = forms.CharField(label=_("Signer"), max_length=200, required=False)
    copies_to = forms.CharField(
        label=_("Recipients of the letter"), required=False, widget=text_area(4), help_text=_("One a line.")
    )

    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()
        self.consultation = consultation
        if consultation.state in ("draft", "open"):
            for name in SUBMISSION_WORDS:
                del self.fields[name]
        for name in self.fields:
            self.initial.setdefault(name, getattr(consultation, name))

    @property
    def words(self) -> PaperWords:
        """What was typed; what this form does not ask stays as it is kept."""
        kept = {name: getattr(self.consultation, name) for name in PAPER_WORDS}
        return PaperWords(**{**kept, **self.cleaned_data})


class MatrixFilterForm(forms.Form):
    """Search of the matrix; lives in the address."""

    q = forms.CharField(label=_("Body or cadre"), required=False)
    status = forms.ChoiceField(
        label=_("Shown"),
        required=False,
        choices=[
            ("", _("Everybody")),
            ("answered", _("With remarks")),
            ("agreed", _("Agreed without remarks")),
            ("late", _("Late")),
            ("silent", _("No answer")),
        ],
    )
