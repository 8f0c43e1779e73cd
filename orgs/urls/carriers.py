"""Addresses of files, versions, messages and jobs."""

from django.urls import URLPattern, path

from orgs.services import outbox
from orgs.views import files

urlpatterns: list[URLPattern] = [
    path("files/<uuid:uuid>", files.FileOpenView.as_view(), name="file_open"),
    path("versions/<slug:code>/scan", files.VersionScanView.as_view(), name="version_scan"),
    path("messages", files.MessageListView.as_view(), name="message_list"),
    path("messages/read", files.MessageReadView.as_view(), name="message_read"),
    path("jobs/<uuid:uuid>", files.JobDetailView.as_view(), name="job_detail"),
    path("jobs/<uuid:uuid>/cancel", files.JobActView.as_view(), name="job_cancel"),
    path("jobs/<uuid:uuid>/resume", files.JobActView.as_view(act=outbox.resume), name="job_resume"),
    path("jobs/<uuid:uuid>/retry", files.JobActView.as_view(act=outbox.retry_failed), name="job_retry"),
]
