"""Writing one section: the three-column page, its autosave, and the page that keeps both texts."""

from functools import cached_property
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from orgs.models import Forbidden, Refusal
from orgs.services.open_pages import NotAccepted
from orgs.views import errors
from reviews.forms.sections import SectionInput, errors_of, fields_of
from reviews.models import KeptText, Review, SectionAnswer
from reviews.selectors.reviews import visible_to
from reviews.selectors.writing import answers, criterion_texts, forecasts, named, writing_help
from reviews.selectors.writing.forms import WritingPart, form_of, part_of
from reviews.selectors.writing.registered_works import registered_works
from reviews.services.writing import kept_texts
from reviews.services.writing.answers import reason_against_writing, save_section


@method_decorator(never_cache, name="dispatch")
class SectionView(View):
    """What the pages of one section share: the review the user may see, the part, and whether it may be written."""

    @cached_property
    def review(self) -> Review:
        """The review, 404 when it is not visible."""
        return get_object_or_404(
            visible_to(self.request.user).select_related(
                "cycle__plan", "cycle__regulation", "unit", "person", "collective", "framework"
            ),
            uuid=self.kwargs["uuid"],
        )

    @cached_property
    def part(self) -> WritingPart:
        """The writing part of the address, 404 when the form has none of that key."""
        part = part_of(form_of(self.review), self.kwargs["section_key"])
        if part is None:
            raise Http404
        return part

    def address(self, name: str, *more: object) -> str:
        """The address of a page of this section."""
        return reverse(f"reviews:{name}", args=[self.review.uuid, self.part.key, *more])

    def save(self, sent: SectionInput, *, is_done: bool | None = None) -> SectionAnswer:
        """Write what the page sent."""
        return save_section(
            review=self.review,
            section_key=self.part.key,
            content=sent.content,
            version=sent.version,
            actor=self.request.user,
            is_done=is_done,
            page=sent.page,
        )

    def show_conflict(self, kept: KeptText, status: HTTPStatus, message: str = "") -> HttpResponse:
        """Both texts side by side, and one to be kept where the review can be written."""
        current = SectionAnswer.objects.filter(review=self.review, section_key=self.part.key)
        row = current.select_related("updated_by__person").first()
        context = {
            "review": self.review,
            "part": self.part,
            "kept": kept,
            "message": message,
            "theirs": row,
            "rows": _side_by_side(self.part, row.content if row else {}, kept.content),
            "closed": reason_against_writing(self.review, self.request.user),
            "keep_url": self.address("section_conflict", kept.uuid),
            "discard_url": self.address("section_keep_saved", kept.uuid),
            "back_url": self.address("section_edit"),
        }
        return render(self.request, "reviews/section_conflict.html", context, status=status)


class SectionEditView(SectionView):
    """The writing page; POST saves, and with the button "done" also declares the section finished."""

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """The page; 403 with the reason for who may read but not write."""
        if reason := reason_against_writing(self.review, request.user):
            return errors.permission_denied(request, Forbidden(reason))
        row = SectionAnswer.objects.filter(review=self.review, section_key=self.part.key).first()
        return self.show(row.content if row else {}, row.version if row else 0, {})

    def post(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """Save; the text is kept whatever happens."""
        sent = SectionInput.read(self.part, request.POST)
        missing = self._missing(sent) if sent.wants_done else []
        try:
            saved = self.save(sent, is_done=True if sent.wants_done and not missing else None)
        except NotAccepted as refusal:
            return self.show_conflict(refusal.kept, HTTPStatus.CONFLICT, str(refusal))
        except Forbidden as refusal:
            return errors.permission_denied(request, refusal)
        except Refusal as refusal:
            return self.show(sent.content, sent.version, {refusal.field: str(refusal)}, HTTPStatus.UNPROCESSABLE_ENTITY)
        if missing:
            wrong = errors_of(missing, saved.content, answers.kinds_of(self.review))
            return self.show(saved.content, saved.version, wrong, HTTPStatus.UNPROCESSABLE_ENTITY)
        return HttpResponseRedirect(self._next() if sent.wants_done else self._here(sent))

    def show(
        self, content: dict[str, Any], version: int, problems: dict[str, str], status: HTTPStatus = HTTPStatus.OK
    ) -> HttpResponse:
        """The three columns."""
        sections = answers.sections_of(self.review, here=self.part.key)
        here = next(section for section in sections if section.is_here)
        texts = criterion_texts.level_texts_of(self.review, self.part)
        forecast = forecasts.forecast_of(self.review, answers.text_of_sections(sections))
        context = {
            "review": self.review,
            "part": self.part,
            "version": version,
            "sections": sections,
            "done": sum(section.mark == answers.TICK for section in sections),
            "fields": fields_of(self.part, content, texts, problems, answers.kinds_of(self.review)),
            "problems": _summary(self.part, problems),
            "problems_title": _("Saved. Before this section is done, please mend this") if here.version else "",
            "notes": here.notes,
            "saved_text": _saved_words(here) if here.version else "",
            "forecast": forecast,
            "help": writing_help.help_for(self.review, self.part, self.request.user),
            "named": named.named_of(self.review, self.request.user) if sections[0].is_here else None,
            "registered_works": registered_works(self.review, self.request.user) if sections[0].is_here else (),
        }
        return render(self.request, "reviews/section_edit.html", context, status=status)

    def _missing(self, sent: SectionInput) -> list[Any]:
        kinds = answers.kinds_of(self.review)
        return [item for item in self.part.items if answers.problems_of(sent.content, item, kinds)]

    def _here(self, sent: SectionInput) -> str:
        # A row was added to a table or taken out of it: the page comes back where it was.
        anchor = f"#id_{sent.more}" if sent.more else ""
        return f"{self.address('section_edit')}{anchor}"

    def _next(self) -> str:
        sections = answers.sections_of(self.review, here=self.part.key)
        place = next(number for number, section in enumerate(sections) if section.is_here)
        rest = [*sections[place + 1 :], *sections[:place]]
        waiting = next((section for section in rest if section.mark != answers.TICK), None)
        return waiting.url if waiting else reverse("reviews:review_detail", args=[self.review.uuid])


class SectionAutosaveView(SectionView):
    """Answers JSON to the writing page; the contract stands in docs/templates.md. Logged out: 401 by the middleware."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: object) -> JsonResponse:
        """Save what stands on the page now, with whatever gaps."""
        sent = SectionInput.read(self.part, request.POST, is_autosave=True)
        try:
            saved = self.save(sent)
        except NotAccepted as refusal:
            is_closed = refusal.why == kept_texts.CLOSED
            url = self.address("section_conflict", refusal.kept.uuid)
            return JsonResponse({"message": str(refusal), "conflict_url": url}, status=422 if is_closed else 409)
        except Forbidden as refusal:
            return JsonResponse({"message": str(refusal)}, status=403)
        except Refusal as refusal:
            return JsonResponse({"message": str(refusal)}, status=422)
        forecast = forecasts.forecast_of(self.review, answers.whole_text(self.review))
        wrong = [problem for row in fields_of(self.part, saved.content) for problem in row.told]
        return JsonResponse(
            {
                "saved": _("Saved %(time)s") % {"time": f"{timezone.localtime(saved.updated_at):%H:%M}"},
                "version": saved.version,
                "forecast": forecast.words if forecast else "",
                "message": wrong[0] if wrong else "",
            }
        )


class KeptTextView(SectionView):
    """A text of one's own that was not accepted; nobody else's are found here."""

    @cached_property
    def kept(self) -> KeptText:
        """The kept text, 404 for anybody but its author."""
        rows = KeptText.objects.filter(review=self.review, section_key=self.part.key, user=self.request.user)
        return get_object_or_404(rows, uuid=self.kwargs["kept"])


class SectionConflictView(KeptTextView):
    """Compare what is saved with what was kept, and save one text made of both."""

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """Both texts."""
        return self.show_conflict(self.kept, HTTPStatus.OK)

    def post(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """Save the text made of both; when somebody was faster again, both texts again."""
        try:
            self.save(SectionInput.read(self.part, request.POST))
        except NotAccepted as refusal:
            return self.show_conflict(refusal.kept, HTTPStatus.CONFLICT, str(refusal))
        except Refusal as refusal:
            return errors.refused(request, refusal)
        kept_texts.settle_kept_text(kept=self.kept, actor=request.user)
        return HttpResponseRedirect(self.address("section_edit"))


class SectionKeepSavedView(KeptTextView):
    """Leave the section as it is; the kept text is put aside, not destroyed."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """Put the kept text aside."""
        kept_texts.settle_kept_text(kept=self.kept, actor=request.user)
        if reason_against_writing(self.review, request.user):
            return HttpResponseRedirect(reverse("reviews:review_detail", args=[self.review.uuid]))
        return HttpResponseRedirect(self.address("section_edit"))


def _side_by_side(part: WritingPart, theirs: dict[str, Any], mine: dict[str, Any]) -> list[dict[str, Any]]:
    pairs = zip(fields_of(part, theirs), fields_of(part, mine), strict=True)
    return [{"theirs": left, "mine": right, "is_same": left.value == right.value} for left, right in pairs]


def _summary(part: WritingPart, problems: dict[str, str]) -> list[dict[str, str]]:
    labels = {item.key: item.label for item in part.items}
    return [
        {"text": f"{labels[key]}: {text}" if key in labels else text, "anchor": f"id_{key}" if key else ""}
        for key, text in problems.items()
    ]


def _saved_words(section: answers.SectionView) -> str:
    return _("Saved %(time)s") % {"time": f"{timezone.localtime(section.updated_at):%H:%M}"}
