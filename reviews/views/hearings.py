"""One subject before the meeting: comments face to face, the answer, the conclusion; and the room's big screen."""

from functools import cached_property
from typing import Any

from django.forms import Form, model_to_dict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.cache import never_cache

from orgs.models import Forbidden
from orgs.views import errors
from reviews.forms import meetings as forms
from reviews.models import AgendaItem, Comment, Meeting
from reviews.selectors import pens
from reviews.selectors.meeting import hearings as selectors
from reviews.selectors.meeting import meetings as meeting_rows
from reviews.selectors.writing import results_ticked
from reviews.selectors.writing.named import named_of
from reviews.selectors.writing.registered_works import registered_works
from reviews.selectors.writing.tallies_stated import tallies_of
from reviews.services.meeting import comments as comment_services
from reviews.services.meeting import meetings as services
from reviews.services.meeting import naming
from reviews.views.form_pages import FormPage
from reviews.views.meetings import RELATED, OneMeeting


class OneItem(OneMeeting):
    """What the pages of one item of the agenda share."""

    @cached_property
    def item(self) -> AgendaItem:
        """The item of the address."""
        rows = self.meeting.agenda.select_related(
            "review__person", "review__collective", "review__unit", "review__cycle", "meeting__cycle"
        )
        return get_object_or_404(rows, uuid=self.kwargs["item"])

    def refresh(self) -> None:
        """Read everything anew."""
        for name in ("meeting", "item"):
            self.__dict__.pop(name, None)

    def refusal(self) -> str:
        """Comments and conclusions are written while the meeting is in session."""
        if reason := super().refusal():
            return reason
        return "" if self.meeting.state == "open" else _("The meeting is not in session yet.")

    def destination(self, reference: str = "") -> str:
        """The item again."""
        return reverse("reviews:meeting_item", args=[self.meeting.uuid, self.item.uuid])


class MeetingItemView(OneItem, FormPage):
    """The page of one item; its two forms post to addresses of their own."""

    template_name = "reviews/meeting_item.html"

    @cached_property
    def meeting(self) -> Meeting:
        """The meeting, for who reads it, and for the working group that follows this one subject."""
        rows = selectors.sessions_for(self.request.user, self.kwargs["item"])
        return get_object_or_404(rows.select_related(*RELATED), uuid=self.kwargs["uuid"])

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """Whoever sees the meeting sees the item."""
        return render(request, self.template_name, self.context(None))

    def context(self, form: Form | None) -> dict[str, Any]:
        """The subject, what was said, and the forms; `form` is the one that was refused."""
        may_write = not self.refusal()
        item = self.item
        comment = form if isinstance(form, forms.CommentForm) else forms.CommentForm(item=item)
        saved = {"answer": item.answer, "conclusion": item.conclusion}
        hear = form if isinstance(form, forms.HearForm) else forms.HearForm(initial=saved)
        return {
            "form": form,
            "meeting": self.meeting,
            "item": item,
            "review": item.review,
            "comments": selectors.comments_of(item, shows_former=self.keeps),
            "may_correct": may_write,
            "prompts": selectors.explanations_of(item.review),
            "waits_for": meeting_rows.heard_before(self.meeting, item.review) if may_write else None,
            "may_write": may_write and item.review.state == "meeting",
            "why_not": self.refusal(),
            "may_return": pens.may(self.request.user, item.review, "return"),
            "comment_form": comment,
            "hear_form": hear,
            "neighbours": selectors.neighbours_of(item) if self.meeting.is_whole else None,
            **self._year(item),
        }

    def _year(self, item: AgendaItem) -> dict[str, Any]:
        """What the year holds about the subject: shortcomings, registered works, the rows behind the numbers."""
        return {
            "named": named_of(item.review, self.request.user),
            "registered_works": registered_works(item.review, self.request.user),
            "ground": results_ticked.ground_of(item.review, tallies_of(item.review)),
            "may_name": not naming.reason_against_meeting(item, self.request.user),
        }


class CommentAddView(MeetingItemView):
    """POST: write down a comment."""

    http_method_names = ["post"]
    done_text = gettext_lazy("The comment is written down.")

    def build_form(self, **bound: Any) -> forms.CommentForm:
        """The comment as it was typed."""
        return forms.CommentForm(item=self.item, **bound)

    def act(self, form: forms.CommentForm) -> str:
        """Write it down."""
        comment_services.add_comment(item=self.item, actor=self.request.user, **form.cleaned_data)
        return ""


class CommentEditView(OneItem, FormPage):
    """Correct a comment while the meeting sits; the wording before stays readable for who keeps it."""

    template_name = "reviews/comment_edit.html"
    done_text = gettext_lazy("The comment is corrected.")

    @cached_property
    def comment(self) -> Comment:
        """The comment of the address."""
        rows = self.item.comments.select_related("person", "item__review", "item__meeting__cycle")
        return get_object_or_404(rows, uuid=self.kwargs["comment"])

    def refresh(self) -> None:
        """Read everything anew."""
        super().refresh()
        self.__dict__.pop("comment", None)

    def build_form(self, **bound: Any) -> forms.CommentForm:
        """The comment as it is saved."""
        return forms.CommentForm(item=self.item, initial=model_to_dict(self.comment), **bound)

    def act(self, form: forms.CommentForm) -> str:
        """Correct it."""
        said = comment_services.Said(**form.cleaned_data)
        comment_services.correct_comment(comment=self.comment, said=said, version=self.version, actor=self.request.user)
        return ""

    def context(self, form: forms.CommentForm) -> dict[str, Any]:
        """The saved comment, to compare with what was typed, and its earlier wordings."""
        (said,) = selectors.said([self.comment], self.item, shows_former=True)
        return {"meeting": self.meeting, "item": self.item, "said": said}


class ItemHearView(MeetingItemView):
    """POST: record answer and conclusion; the review is heard."""

    http_method_names = ["post"]
    done_text = gettext_lazy("The review is heard.")

    def build_form(self, **bound: Any) -> forms.HearForm:
        """Answer and conclusion as they were typed."""
        return forms.HearForm(**bound)

    def act(self, form: forms.HearForm) -> str:
        """Record them."""
        services.hear(item=self.item, version=self.version, actor=self.request.user, **form.cleaned_data)
        return ""

    def destination(self, reference: str = "") -> str:
        """The next item that waits, or the desk."""
        following = selectors.next_waiting(self.meeting)
        if following is None:
            return reverse("reviews:meeting_detail", args=[self.meeting.uuid])
        return reverse("reviews:meeting_item", args=[self.meeting.uuid, following.uuid])


@method_decorator(never_cache, name="dispatch")
class MeetingProjectorView(OneItem, View):
    """The big screen of the room: one subject, what is to be explained, what was said."""

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """The page, for who keeps the meeting."""
        if not self.keeps:
            return errors.permission_denied(request, Forbidden(_("Only who keeps the meeting projects it.")))
        context = {
            "meeting": self.meeting,
            "item": self.item,
            "review": self.item.review,
            "comments": selectors.comments_of(self.item),
            "prompts": selectors.explanations_of(self.item.review),
            "neighbours": selectors.neighbours_of(self.item),
        }
        return render(request, "reviews/meeting_projector.html", context)
