"""A page with one form whose POST carries out one act of a service, once, and loses nothing that was typed."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from orgs.models import Blocked, Forbidden, Refusal, Stale
from orgs.services import idempotency
from orgs.views import errors
from orgs.views.acts import read_version


@method_decorator(never_cache, name="dispatch")
class FormPage(View):
    """Subclasses say who may come in (`refusal`), what the form is, what `act` does and where it leads.

    A refusal of the service stands beside the form (422); when somebody was faster the page comes back with everything
    typed and the new version (409), so that sending it again is a decision and not an accident.
    """

    template_name = ""
    done_text = ""

    def refusal(self) -> str:
        """Why this user may read the document but not use this form; empty when he may."""
        return ""

    def build_form(self, **bound: Any) -> Form:
        """The form, unbound with what is saved, or bound with `data` and `files`."""
        raise NotImplementedError

    def act(self, form: Form) -> str:
        """Carry out the act with the cleaned form; answers a reference (at most 300 characters)."""
        raise NotImplementedError

    def destination(self, reference: str) -> str:
        """Where the user goes afterwards."""
        raise NotImplementedError

    def context(self, form: Form) -> dict[str, Any]:
        """What the template shows besides the form."""
        return {}

    def refresh(self) -> None:
        """Forget the document that was read, so that the page shows the one that is saved now."""

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """The page, or 403 with the reason."""
        if reason := self.refusal():
            return errors.permission_denied(request, Forbidden(reason))
        return self.show(self.build_form())

    def post(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """Carry out the act once, however often the form arrives."""
        # The act itself may have ended the right to it: the second click of a pair is told what the first did.
        if (reference := idempotency.reference_of(**self._sent())) is not None:
            return self._done(reference)
        if reason := self.refusal():
            return errors.permission_denied(request, Forbidden(reason))
        form = self.build_form(data=request.POST, files=request.FILES)
        if not form.is_valid():
            return self.show(form, HTTPStatus.UNPROCESSABLE_ENTITY)
        try:
            reference = self._once(form)
        except Stale as refusal:
            return self.stale(form, refusal)
        except Forbidden as refusal:
            return errors.permission_denied(request, refusal)
        except Refusal as refusal:
            form.refused_field = refusal.field
            add_refusal(form, refusal)
            return self.show(form, HTTPStatus.UNPROCESSABLE_ENTITY)
        return self._done(reference)

    def stale(self, form: Form, refusal: Stale) -> HttpResponse:
        """409 with everything that was typed still in the form."""
        self.refresh()
        if self.refusal():
            return errors.refused(self.request, refusal)
        form.add_error(None, refusal.message)
        form.add_error(None, _("What you typed still stands here. Compare, then send it again."))
        return self.show(form, HTTPStatus.CONFLICT)

    def show(self, form: Form, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
        """The page."""
        return render(self.request, self.template_name, {"form": form, **self.context(form)}, status=status)

    @property
    def version(self) -> int:
        """The version that the form carried."""
        return read_version(self.request.POST.get("version", ""))

    def _done(self, reference: str) -> HttpResponse:
        messages.success(self.request, self.done_text or _("Saved."))
        return HttpResponseRedirect(self.destination(reference))

    def _once(self, form: Form) -> str:
        return idempotency.carry_out_once(**self._sent(), act=lambda: self.act(form))

    def _sent(self) -> dict[str, Any]:
        """What tells this form from every other one."""
        request = self.request
        return {
            "key": request.POST.get("idempotency_key", ""),
            "user": request.user,
            "action": f"{request.resolver_match.url_name}.{self.kwargs.get('uuid', '')}"[:80],
            "body": request.POST,
        }


def add_refusal(form: Form, refusal: Refusal) -> None:
    """Put the sentence beside its field; every reason of a guard is a line of its own."""
    if isinstance(refusal, Blocked):
        for reason in refusal.reasons:
            form.add_error(None, str(reason))
    else:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
