"""Writing one remark on a clause: the page, its autosave, and the page that keeps both texts."""

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

from criteria.forms.consulting import remarks as forms
from criteria.models import Addressee, Clause, KeptRemark, Remark, RemarkKind
from criteria.selectors.consulting import addressees as selectors
from criteria.selectors.consulting import consultations
from criteria.services.consulting import remarks as services
from criteria.services.consulting.remarks import RemarkText
from orgs.models import Forbidden, Refusal
from orgs.services.open_pages import NotAccepted
from orgs.views import errors


@method_decorator(never_cache, name="dispatch")
class RemarkView(View):
    """What the pages of one remark share: the reply that I answer, the clause, the number of the remark on it."""

    @cached_property
    def reply(self) -> Addressee:
        """A reply for which I answer; 404 otherwise, also on the asking side."""
        return get_object_or_404(selectors.answered_by(self.request.user), uuid=self.kwargs["uuid"])

    @cached_property
    def clause(self) -> Clause:
        """A clause of its consultation."""
        return get_object_or_404(consultations.clauses_of(self.reply.consultation), uuid=self.kwargs["clause"])

    @cached_property
    def number(self) -> int:
        """From 1; 404 beyond what one clause holds."""
        if not 1 <= self.kwargs["number"] <= selectors.MOST_ON_A_CLAUSE:
            raise Http404
        return self.kwargs["number"]

    def address(self, name: str = "remark_edit", clause: Clause | None = None, number: int = 0) -> str:
        """The address of a page of this remark, or of another one."""
        place = (self.reply.uuid, (clause or self.clause).uuid, number or self.number)
        return reverse(f"criteria:{name}", args=place)

    def save(self, text: RemarkText, version: int, *, is_autosave: bool = False) -> Remark | None:
        """Write what the page sent."""
        return services.save_remark(
            addressee=self.reply,
            clause=self.clause,
            number=self.number,
            text=text,
            version=version,
            actor=self.request.user,
            page=forms.page_of(self.request.POST, is_autosave=is_autosave),
        )

    def closed(self) -> str:
        """Why I cannot write now; empty while I can."""
        return selectors.reason_against_writing(self.reply, selectors.answering_roles(self.request.user, self.reply))

    def show_conflict(self, kept: KeptRemark, status: HTTPStatus, message: str = "") -> HttpResponse:
        """Both texts side by side, and one to be kept where the reply can be written."""
        current = Remark.objects.filter(uuid=selectors.place_of(self.reply, self.clause, self.number))
        context = {
            "reply": self.reply,
            "clause": self.clause,
            "kept": kept,
            "kept_kind": dict(RemarkKind.choices).get(kept.content.get("kind", ""), ""),
            "theirs": current.select_related("written_by__person").first(),
            "kinds": RemarkKind.choices,
            "message": message,
            "closed": self.closed(),
            "back_url": reverse("criteria:reply_detail", args=[self.reply.uuid]),
        }
        return render(self.request, "criteria/remark_conflict.html", context, status=status)


class RemarkEditView(RemarkView):
    """The writing page; POST saves, and with the button "done" goes on to the next clause."""

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """The page; back to the reply, where the reason stands, when it cannot be written."""
        row = Remark.objects.filter(uuid=selectors.place_of(self.reply, self.clause, self.number)).first()
        if reason := self.closed():
            return errors.permission_denied(request, Forbidden(reason))
        text = RemarkText(row.kind, row.wording, row.reason) if row else RemarkText()
        return self.show(text, row.version if row else 0, row)

    def post(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """Save; the text is kept whatever happens."""
        text, version = forms.text_of(request.POST), forms.whole(request.POST.get("version", ""))
        try:
            saved = self.save(text, version)
        except NotAccepted as refusal:
            return self.show_conflict(refusal.kept, HTTPStatus.CONFLICT, str(refusal))
        except Forbidden as refusal:
            return errors.permission_denied(request, refusal)
        except Refusal as refusal:
            return self.show(text, version, None, {refusal.field: str(refusal)}, HTTPStatus.UNPROCESSABLE_ENTITY)
        if "remove" in request.POST:
            return HttpResponseRedirect(reverse("criteria:reply_detail", args=[self.reply.uuid]))
        wrong = selectors.gaps_of(saved) if saved and "done" in request.POST else {}
        if wrong:
            return self.show(text, saved.version, saved, wrong, HTTPStatus.UNPROCESSABLE_ENTITY)
        return HttpResponseRedirect(self._next() if "done" in request.POST else self.address())

    def show(
        self,
        text: RemarkText,
        version: int,
        row: Remark | None,
        problems: dict[str, str] | None = None,
        status: HTTPStatus = HTTPStatus.OK,
    ) -> HttpResponse:
        """The list of clauses, the clause, the form."""
        context = {
            "reply": self.reply,
            "clause": self.clause,
            "number": self.number,
            "text": text,
            "version": version,
            "kinds": RemarkKind.choices,
            "errors": problems or {},
            "saved_text": _("Saved %(time)s") % {"time": f"{timezone.localtime(row.updated_at):%H:%M}"} if row else "",
            "autosave_url": self.address("remark_autosave"),
            "kept": [row for row in selectors.kept_for(self.request.user, self.reply) if row.clause == self.clause],
            "files": selectors.files_of_remark(row) if row else [],
            "remark": row,
            **self._beside(),
        }
        return render(self.request, "criteria/remark_edit.html", context, status=status)

    def _beside(self) -> dict[str, Any]:
        rows = selectors.clause_rows(self.reply)
        sections = [
            {
                "label": row.clause.label,
                "url": self.address(clause=row.clause, number=1),
                "mark": row.mark,
                "is_here": row.clause == self.clause,
            }
            for row in rows
        ]
        others = selectors.numbered(self.reply, self.clause)
        free = next((n for n in range(1, selectors.MOST_ON_A_CLAUSE + 1) if n not in others and n != self.number), 0)
        return {
            "sections": sections,
            "done": sum(row.mark == selectors.TICK for row in rows),
            "others": [(self.address(number=n), row) for n, row in others.items() if n != self.number],
            "more_url": self.address(number=free) if free and self.number in others else "",
        }

    def _next(self) -> str:
        clauses = list(consultations.clauses_of(self.reply.consultation))
        place = clauses.index(self.clause)
        if place + 1 == len(clauses):
            return reverse("criteria:reply_detail", args=[self.reply.uuid])
        return self.address(clause=clauses[place + 1], number=1)


class RemarkAutosaveView(RemarkView):
    """Answers JSON to the writing page; the contract stands in docs/templates.md. Logged out: 401 by the middleware."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: object) -> JsonResponse:
        """Save what stands on the page now, with whatever gaps."""
        try:
            saved = self.save(
                forms.text_of(request.POST), forms.whole(request.POST.get("version", "")), is_autosave=True
            )
        except NotAccepted as refusal:
            url = reverse("criteria:remark_conflict", args=[refusal.kept.uuid])
            status = HTTPStatus.CONFLICT if refusal.why == services.CONFLICT else HTTPStatus.UNPROCESSABLE_ENTITY
            return JsonResponse({"message": str(refusal), "conflict_url": url}, status=status)
        except Forbidden as refusal:
            return JsonResponse({"message": str(refusal)}, status=HTTPStatus.FORBIDDEN)
        except Refusal as refusal:
            return JsonResponse({"message": str(refusal)}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        if saved is None:
            return JsonResponse({"saved": "", "version": 0, "message": ""})
        at = f"{timezone.localtime(saved.updated_at):%H:%M}"
        return JsonResponse({"saved": _("Saved %(time)s") % {"time": at}, "version": saved.version, "message": ""})


class KeptRemarkView(RemarkView):
    """A text of one's own that was not taken; nobody else's are found here."""

    @cached_property
    def kept(self) -> KeptRemark:
        """The kept text, 404 for anybody but its author."""
        rows = KeptRemark.objects.filter(user=self.request.user, clause__isnull=False)
        rows = rows.select_related("clause__text", "addressee__consultation__issuer", "addressee__unit")
        return get_object_or_404(rows, uuid=self.kwargs["uuid"])

    @cached_property
    def reply(self) -> Addressee:
        """The reply of the kept text, while I still answer for it."""
        return get_object_or_404(selectors.answered_by(self.request.user), pk=self.kept.addressee_id)

    @cached_property
    def clause(self) -> Clause:
        """The clause of the kept text."""
        return self.kept.clause

    @cached_property
    def number(self) -> int:
        """The place of the kept text on its clause."""
        return self.kept.number


class RemarkConflictView(KeptRemarkView):
    """Compare what is saved with what was kept, and save one text made of both."""

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """Both texts."""
        return self.show_conflict(self.kept, HTTPStatus.OK)

    def post(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """Save the text made of both; when somebody was faster again, both texts again."""
        kept = self.kept
        try:
            self.save(forms.text_of(request.POST), forms.whole(request.POST.get("version", "")))
        except NotAccepted as refusal:
            return self.show_conflict(refusal.kept, HTTPStatus.CONFLICT, str(refusal))
        except Refusal as refusal:
            return errors.refused(request, refusal)
        services.settle_kept_remark(kept=kept, actor=request.user)
        return HttpResponseRedirect(self.address())


class RemarkKeepSavedView(KeptRemarkView):
    """Leave the reply as it is; the kept text is put aside, not destroyed."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """Put the kept text aside."""
        services.settle_kept_remark(kept=self.kept, actor=request.user)
        return HttpResponseRedirect(reverse("criteria:reply_detail", args=[self.reply.uuid]))
