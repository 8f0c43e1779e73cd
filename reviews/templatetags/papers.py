"""The way from a page to its papers, for who may read them."""

from typing import Any

from django import template

from reviews.models import Review
from reviews.selectors.papers.dossiers import reading_of
from reviews.selectors.papers.papers import Document, shelf_of

register = template.Library()


@register.inclusion_tag("reviews/dossier_link.html", takes_context=True)
def dossier_link(context: dict[str, Any], review: Review) -> dict[str, Any]:
    """A button to the dossier of `review`, nothing for who gets none."""
    user = context["request"].user
    return {"review": review if reading_of(user, review) else None}


@register.inclusion_tag("includes/paper_shelf.html", takes_context=True)
def paper_shelf(context: dict[str, Any], document: Document) -> dict[str, Any]:
    """The kept versions of the paper of `document` with what can be done; nothing before it can be kept."""
    request = context["request"]
    return {"shelf": shelf_of(request.user, document), "request": request}
