"""Acts on a reply: agreed in one act, handed on, returned, sent, asked again; who prepares it; its files."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views import View

from criteria.models import Addressee
from criteria.selectors.consulting import addressees as selectors
from criteria.services.consulting import replies as services
from orgs.models import Refusal, StoredFile
from orgs.views.acts import ActView, carry_out, read_uuids, read_version


class ReplyActView(ActView):
    """Hand to the head, return, send, ask again."""

    def documents(self) -> QuerySet[Addressee]:
        """What I may read."""
        return selectors.visible_to(self.request.user)

    def destination(self, document: Addressee) -> str:
        """Back to the reply."""
        return reverse("criteria:reply_detail", args=[document.uuid])


class ReplyWriteView(View):
    """POST: one act on a reply that is being written; a subclass answers `act(reply, version)`."""

    http_method_names = ["post"]

    def act(self, reply: Addressee, version: int) -> object:
        """Carry the act out."""
        raise NotImplementedError

    def post(self, request: HttpRequest, uuid: str, **kwargs: object) -> HttpResponse:
        """Carry it out, once, and go back to where the form stood."""
        reply = get_object_or_404(selectors.visible_to(request.user), uuid=uuid)
        back = request.POST.get("next", "")
        own = reverse("criteria:reply_detail", args=[uuid])
        is_ours = back.startswith("/") and url_has_allowed_host_and_scheme(back, None)
        return carry_out(
            request,
            action=f"{self.__class__.__name__}.{uuid}",
            act=lambda: str(self.act(reply, read_version(request.POST.get("version", "")))),
            back=lambda: back if is_ours else own,
            done=_("Done."),
        )


class ReplyAgreeView(ReplyWriteView):
    """Agree without remarks: sent by who leads, else handed to the head."""

    def act(self, reply: Addressee, version: int) -> Any:
        """One act."""
        held = selectors.answering_roles(self.request.user, reply)
        move = "send" if selectors.leads(held, reply) else "prepare"
        return services.agree_without_remarks(
            addressee=reply, move=move, version=version, actor=self.request.user
        ).state


class ReplyPreparerView(ReplyWriteView):
    """The head names who prepares the answer, or nobody."""

    def act(self, reply: Addressee, version: int) -> Any:
        """One of the body; another account is 404."""
        named = read_uuids(self.request.POST.getlist("preparer"))
        preparer = None
        if named and reply.unit:
            preparer = selectors.preparers_for(reply.unit, timezone.localdate()).filter(uuid__in=named).first()
            if preparer is None:
                raise Http404
        return services.name_preparer(
            addressee=reply, preparer=preparer, version=version, actor=self.request.user
        ).version


class ReplyFileAddView(ReplyWriteView):
    """A file of the reply, or of one remark of it."""

    def act(self, reply: Addressee, version: int) -> Any:
        """Keep it."""
        upload = self.request.FILES.get("file")
        if upload is None:
            raise Refusal(_("Choose a file."))
        wanted = read_uuids(self.request.POST.getlist("remark"))
        remark = get_object_or_404(reply.remarks, uuid=wanted[0]) if wanted else None
        return services.attach_file(
            addressee=reply, upload=upload, version=version, actor=self.request.user, remark=remark
        ).uuid


class ReplyFileRemoveView(ReplyWriteView):
    """Take a file off the reply or off one of its remarks."""

    def act(self, reply: Addressee, version: int) -> Any:
        """A file of another record is 404."""
        own = [str(reply.uuid), *(str(uuid) for uuid in reply.remarks.values_list("uuid", flat=True))]
        rows = StoredFile.objects.filter(object_type__in=(selectors.LABEL, selectors.REMARK_LABEL), object_id__in=own)
        file = get_object_or_404(rows, uuid=self.kwargs["file"])
        services.detach_file(addressee=reply, file=file, version=version, actor=self.request.user)
        return file.uuid
