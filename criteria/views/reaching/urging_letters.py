"""The letters that urge: one letter, its words while it is a draft, sending it, its paper."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic import DetailView

from criteria.forms.reaching.urging import UrgingLetterForm
from criteria.models import UrgingLetter
from criteria.selectors.reaching import urging as selectors
from criteria.services.reaching import urging as services
from criteria.services.reaching.urging_papers import urging_docx, urging_paper
from criteria.views.writing import WriteView
from orgs.models import Refusal
from orgs.services import idempotency
from orgs.views import errors
from orgs.views.acts import read_version
from orgs.views.downloads import letter as word_file
from orgs.views.papers import PaperView


class UrgingDetailView(DetailView):
    """One letter: what it says, what each body lacked, its paper, its acts."""

    template_name = "criteria/urging_detail.html"
    slug_field = slug_url_kwarg = "uuid"
    context_object_name = "letter"

    def get_queryset(self) -> QuerySet[UrgingLetter]:
        """What I may read."""
        return selectors.visible_to(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The lines, the shelf of the paper, whether I write it."""
        letter, user = self.object, self.request.user
        writes = selectors.written_by_body_of(user).filter(pk=letter.pk).exists()
        return super().get_context_data(
            title=_("Letter that urges"),
            matter=selectors.matter_in(letter),
            lines=letter.lines.select_related("unit", "head"),
            writes=writes,
            is_draft=letter.sent_at is None,
            shelf=selectors.shelf_of(letter, may_produce=writes) if letter.number and letter.written_on else None,
            **kwargs,
        )


class UrgingWritingView(View):
    """Base of what only the body that writes the letter may do."""

    @cached_property
    def letter(self) -> UrgingLetter:
        """The letter in the address; visible but not mine to write is 403."""
        found = get_object_or_404(selectors.visible_to(self.request.user), uuid=self.kwargs["uuid"])
        if not selectors.written_by_body_of(self.request.user).filter(pk=found.pk).exists():
            raise PermissionDenied(_("This letter is written by the body that issues it."))
        return found

    def page(self) -> str:
        """The page of the letter."""
        return reverse("criteria:urging_detail", args=[self.letter.uuid])


class UrgingEditView(UrgingWritingView, WriteView):
    """The words of a draft; saving brings its list up to date."""

    template_name = "base_form.html"
    form_class = UrgingLetterForm
    act_name = "urging.edit"

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form shows the draft as it stands; a sent letter has none."""
        if self.letter.sent_at is not None:
            raise PermissionDenied(
                _("The letter %(number)s was sent and does not change.") % {"number": self.letter.number}
            )
        return {**super().get_form_kwargs(), "letter": self.letter}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Words of the form."""
        return super().get_context_data(
            title=_("The words of the letter"),
            lead=_("Saving brings the list of what is missing up to date."),
            document=self.letter,
            cancel_url=self.page(),
            **kwargs,
        )

    def write(self, form: BaseForm) -> str:
        """Write it."""
        version = read_version(self.request.POST.get("version", ""))
        services.update_letter(letter=self.letter, words=form.words(), actor=self.request.user, version=version)
        return self.page()


class UrgingSendView(UrgingWritingView):
    """POST: send the letter, with its notices."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, uuid: str) -> HttpResponse:
        """Once, and back to the letter; what is not mine to send is 403 or 404 before its version is asked."""
        letter = self.letter
        try:
            idempotency.carry_out_once(
                key=request.POST.get("idempotency_key", ""),
                user=request.user,
                action=f"urging.send.{uuid}",
                body=request.POST,
                act=lambda: str(self._send(letter).version),
            )
        except Refusal as refusal:
            return errors.refused(request, refusal)
        messages.success(request, _("The letter is sent; who answers for each body finds its part among the messages."))
        return HttpResponseRedirect(self.page())

    def _send(self, letter: UrgingLetter) -> UrgingLetter:
        version = read_version(self.request.POST.get("version", ""))
        return services.send_letter(letter=letter, actor=self.request.user, version=version)


class UrgingPaperView(PaperView):
    """The letter as PDF; kept as a version by the body that issues it."""

    page, name = "criteria:urging_detail", "cong-van-don-doc"
    paper_of = staticmethod(urging_paper)

    def rows(self) -> QuerySet[UrgingLetter]:
        """The letters within reach."""
        return selectors.visible_to(self.request.user)


class UrgingDocxView(View):
    """The letter as a Word file."""

    def get(self, request: HttpRequest, uuid: str) -> HttpResponse:
        """The file, for who reads the letter."""
        found = get_object_or_404(selectors.visible_to(request.user), uuid=uuid)
        return word_file(urging_docx(found), "cong-van-don-doc")
