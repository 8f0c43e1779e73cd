"""A framework as a file: taken away, and brought in as a draft."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from criteria import conformity
from criteria.forms.frameworks.frameworks import FrameworkFileForm
from criteria.selectors.frameworks import framework_files
from criteria.selectors.frameworks import frameworks as selectors
from criteria.selectors.rounds import plans as plan_selectors
from criteria.services.frameworks import framework_files as services
from criteria.views.writing import WriteView


class FrameworkFileView(View):
    """The framework as JSON, in the published schema."""

    def get(self, request: HttpRequest, uuid: str) -> HttpResponse:
        """The file."""
        related = ("parent__issuer", "managing_authority")
        framework = get_object_or_404(selectors.visible_to(request.user).select_related(*related), uuid=uuid)
        content = conformity.to_json(framework_files.record_of(framework))
        name = slugify(framework_files.key_of(framework).replace("/", "-")) or "framework"
        headers = {"Content-Disposition": f'attachment; filename="{name}.json"', "Cache-Control": "private, no-store"}
        return HttpResponse(content, content_type="application/json", headers=headers)


class FrameworkImportView(WriteView):
    """Bring a framework in as a draft of the body that the file names."""

    template_name = "base_form.html"
    form_class = FrameworkFileForm
    act_name = "framework.import"
    done = gettext_lazy("The framework was brought in as a draft.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Words of the form; who prepares for no body has no such page."""
        if not plan_selectors.bodies_prepared_by(self.request.user).exists():
            raise PermissionDenied(_("You prepare documents for no body."))
        return super().get_context_data(
            title=_("Bring in a framework"),
            submit_label=_("Bring in"),
            form_enctype="multipart/form-data",
            cancel_url=reverse("criteria:framework_list"),
            **kwargs,
        )

    def write(self, form: BaseForm) -> str:
        """Make the draft and go to it."""
        made = services.import_framework(source=form.cleaned_data["file"], actor=self.request.user)
        return reverse("criteria:framework_detail", args=[made.uuid])
