"""Frameworks end, and are made concrete below: two forms that ask for more than a click."""

from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from criteria.forms.frameworks.frameworks import FrameworkConcretiseForm, FrameworkSupersedeForm
from criteria.models import Framework
from criteria.selectors.frameworks import frameworks as selectors
from criteria.selectors.rounds import plans as plan_selectors
from criteria.services.frameworks import frameworks as services
from criteria.views.writing import WriteView
from orgs.services import transitions
from orgs.views.acts import read_version


class OfFramework(WriteView):
    """A form about one framework that I may read."""

    template_name = "base_form.html"

    @cached_property
    def framework(self) -> Framework:
        """The framework of the address."""
        return get_object_or_404(selectors.visible_to(self.request.user), uuid=self.kwargs["uuid"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The framework below the title, and the way back."""
        given = {"lead": self.framework, "document": self.framework, "cancel_url": self.page()}
        return super().get_context_data(**{**given, **kwargs})

    def page(self) -> str:
        """The framework's own page."""
        return reverse("criteria:framework_detail", args=[self.framework.uuid])


class FrameworkSupersedeView(OfFramework):
    """End a framework: what takes its place, and until when the bodies below look at theirs again."""

    form_class = FrameworkSupersedeForm
    act_name = "framework.supersede"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Whose frameworks may follow."""
        return {**super().get_form_kwargs(), "user": self.request.user, "framework": self.framework}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Words of the form."""
        return super().get_context_data(title=_("Supersede the framework"), submit_label=_("Supersede"), **kwargs)

    def write(self, form: BaseForm) -> str:
        """End it."""
        transitions.advance(
            self.framework,
            "supersede",
            actor=self.request.user,
            version=read_version(self.request.POST.get("version", "")),
            **form.cleaned_data,
        )
        return self.page()


class FrameworkConcretiseView(OfFramework):
    """A draft of one's own body below an issued framework."""

    form_class = FrameworkConcretiseForm
    act_name = "framework.concretise"

    def get_form_kwargs(self) -> dict[str, Any]:
        """For which bodies; who prepares for none has no such page."""
        if not plan_selectors.bodies_prepared_by(self.request.user).exists():
            raise PermissionDenied(_("You prepare documents for no body."))
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Words of the form."""
        return super().get_context_data(title=_("Make it concrete for a body"), submit_label=_("Begin"), **kwargs)

    def write(self, form: BaseForm) -> str:
        """Make the draft and go to it."""
        made = services.concretise_framework(framework=self.framework, actor=self.request.user, **form.cleaned_data)
        return reverse("criteria:framework_detail", args=[made.uuid])
