"""Posts and seats of one person: given and ended, each by a document."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy

from orgs.forms import posts as forms
from orgs.forms.people import EndForm
from orgs.services import posts as services
from orgs.views.people import PersonFormView


class GivenByUnitView(PersonFormView):
    """Base of the forms that offer the units the account keeps."""

    def get_form_kwargs(self) -> dict[str, Any]:
        """The account whose units are offered."""
        return {**super().get_form_kwargs(), "user": self.request.user}


class AppointmentCreateView(GivenByUnitView):
    """Give a post."""

    form_class = forms.AppointmentForm
    title = gettext_lazy("New post")

    def carry_out(self, form: forms.AppointmentForm) -> str:
        """Appoint."""
        person = self.person()
        services.appoint(
            person=person, values=form.post, document=form.cleaned_data["document"], actor=self.request.user
        )
        return self.address(person)


class AppointmentEndView(PersonFormView):
    """End a post."""

    form_class = EndForm
    title = gettext_lazy("End a post")
    submit_label = gettext_lazy("End the post")

    def carry_out(self, form: EndForm) -> str:
        """End it."""
        person = self.person()
        appointment = get_object_or_404(person.appointments, uuid=self.kwargs["post"])
        services.end_appointment(appointment=appointment, actor=self.request.user, **form.cleaned_data)
        return self.address(person)


class MembershipCreateView(GivenByUnitView):
    """Give a seat."""

    form_class = forms.MembershipForm
    title = gettext_lazy("New seat in a collective")

    def carry_out(self, form: forms.MembershipForm) -> str:
        """Join."""
        person = self.person()
        services.join_collective(person=person, actor=self.request.user, **form.cleaned_data)
        return self.address(person)


class MembershipEndView(PersonFormView):
    """End a seat."""

    form_class = EndForm
    title = gettext_lazy("End a seat in a collective")
    submit_label = gettext_lazy("End the seat")

    def carry_out(self, form: EndForm) -> str:
        """Leave."""
        person = self.person()
        membership = get_object_or_404(person.memberships, uuid=self.kwargs["seat"])
        services.leave_collective(membership=membership, actor=self.request.user, **form.cleaned_data)
        return self.address(person)
