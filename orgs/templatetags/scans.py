"""Whether the present user attaches the signed scan of a printed version."""

from django import template
from django.template.context import RequestContext

from orgs.models import DocumentVersion
from orgs.selectors.files import may_attach

register = template.Library()


@register.simple_tag(takes_context=True)
def may_attach_scan(context: RequestContext, version: DocumentVersion) -> bool:
    """True for who holds the pen of the paper; asked once a page for all versions of one record."""
    request = context["request"]
    if not hasattr(request, "scan_rights"):
        request.scan_rights = {}
    key = (version.object_type, version.object_id)
    if key not in request.scan_rights:
        request.scan_rights[key] = may_attach(request.user, version)
    return request.scan_rights[key]
