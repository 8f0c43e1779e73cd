"""The floor of a write: a view behind the same login and middleware that only locks a row and updates it."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path

from config.urls import handler403, handler404, handler500
from config.urls import urlpatterns as product
from reviews.models import Rating

__all__ = ["handler403", "handler404", "handler500", "urlpatterns"]


def bare(request: HttpRequest, pk: int) -> HttpResponse:
    """Lock, UPDATE, redirect."""
    with transaction.atomic():
        row = Rating.objects.select_for_update().get(pk=pk)
        Rating.objects.filter(pk=row.pk).update(proposal_comment=request.POST.get("note", ""))
    return HttpResponseRedirect("/")


urlpatterns = [path("bare/<int:pk>", bare), *product]
