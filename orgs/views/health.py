"""Health pages for the machines around us: no login, no session, no template."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache

from orgs.selectors import readiness


@method_decorator([login_not_required, never_cache], name="dispatch")
class ProcessHealthView(View):
    """The process is alive; says nothing of the database, so that a database outage restarts nobody."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """200 "ok" as plain text."""
        return HttpResponse("ok", content_type="text/plain")


@method_decorator([login_not_required, never_cache], name="dispatch")
class ReadinessView(View):
    """Requests may come: the database answers and no migration is missing."""

    def get(self, request: HttpRequest) -> JsonResponse:
        """200 {"ready": true} or 503 {"ready": false, "reasons": [...]}."""
        reasons = readiness.unready_reasons()
        return JsonResponse({"ready": not reasons, "reasons": reasons}, status=503 if reasons else 200)
