"""Files and printed versions, within reach; the inbox of messages; jobs that one started."""

from typing import Any

from django.contrib import messages as flash
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic import DetailView, ListView

from orgs.models import DocumentVersion, FilePurpose, Forbidden, Message, QueuedJob, Refusal, StoredFile
from orgs.selectors import files as selectors
from orgs.services import files, messages, outbox, versions
from orgs.views import errors

SHOWN_FAILURES = 50
INLINE = "application/pdf"


class FileOpenView(View):
    """The bytes of a file, for who may see its record; otherwise 404."""

    def get(self, request: HttpRequest, uuid: str) -> FileResponse:
        """Send it, never to be guessed at and never to be kept by a cache."""
        file = get_object_or_404(StoredFile, uuid=uuid)
        path = files.path_of(file)
        if not selectors.may_open(request.user, file) or not path.exists():
            raise Http404
        # Only a paper that we made ourselves is shown in the browser; what somebody brought is saved first.
        is_ours = file.purpose == FilePurpose.PRODUCED and file.content_type == INLINE
        response = FileResponse(
            path.open("rb"),
            as_attachment=not is_ours or "download" in request.GET,
            filename=file.name,
            content_type=file.content_type,
        )
        response.headers["Cache-Control"] = "private, no-store"
        return response


class VersionScanView(View):
    """POST: attach the signed scan to its printed version."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        """Attach it and go back to where the form stood."""
        version = get_object_or_404(DocumentVersion.objects.select_related("file"), code=code)
        if not selectors.may_open(request.user, version.file):
            raise Http404
        upload = request.FILES.get("file")
        try:
            versions.attach_scan(version=version, upload=upload, chain="documents", actor=request.user)
        except Forbidden as refusal:
            return errors.refused(request, refusal)
        except Refusal as refusal:
            flash.error(request, str(refusal))
        else:
            flash.success(request, _("The signed scan is attached to version %s.") % version.code)
        back = request.POST.get("next", "/")
        return HttpResponseRedirect(back if url_has_allowed_host_and_scheme(back, None) else "/")


class MessageListView(ListView):
    """Everything I was told."""

    template_name = "orgs/message_list.html"
    paginate_by = 50

    def get_queryset(self) -> QuerySet[Message]:
        """My own, newest first."""
        return Message.objects.filter(recipient=self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A day that is over is told as a day, not as something overdue: what is owed stands among the tasks."""
        return super().get_context_data(today=timezone.localdate(), **kwargs)


class MessageReadView(View):
    """POST: mark all my messages as read."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """Mark and go back to the list."""
        unread = Message.objects.filter(recipient=request.user, read_at=None)
        messages.mark_read(messages=unread, user=request.user)
        return HttpResponseRedirect(reverse("orgs:message_list"))


class JobDetailView(DetailView):
    """How far a job of mine is; the page asks again by itself where scripts run."""

    template_name = "orgs/job_detail.html"
    slug_field = slug_url_kwarg = "uuid"
    context_object_name = "job"

    def get_queryset(self) -> QuerySet[QueuedJob]:
        """Only jobs that I started."""
        return QueuedJob.objects.filter(owner=self.request.user).select_related("result")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The items that failed, with their reasons."""
        failures = self.object.items.exclude(error="")[:SHOWN_FAILURES]
        hidden = max(self.object.failed - len(failures), 0)
        return super().get_context_data(failures=failures, hidden_failures=hidden, **kwargs)


class JobActView(View):
    """POST: cancel or resume a job of mine, or run its failed items again."""

    http_method_names = ["post"]
    act = staticmethod(outbox.cancel)

    def post(self, request: HttpRequest, uuid: str) -> HttpResponse:
        """Carry it out and show the job."""
        job = get_object_or_404(QueuedJob, uuid=uuid, owner=request.user)
        self.act(job=job)
        return HttpResponseRedirect(reverse("orgs:job_detail", args=[job.uuid]))
