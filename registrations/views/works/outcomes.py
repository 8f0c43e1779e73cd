"""What needs the other side: changes with consent, the outcome reported by who did it, verified by who receives."""

from typing import Any

from django.forms import BaseForm
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orgs.models import User
from registrations.forms.works import works as forms
from registrations.models import Work
from registrations.selectors.works import registrations as selectors
from registrations.selectors.works import works
from registrations.services.works import outcomes
from registrations.views.works.works import WorkFormView, page_of


class ChangeAskView(WorkFormView):
    """Another scope or other days, with the consent of the receiving body."""

    form_class = forms.ChangeForm
    act_name = "change.ask"
    title = gettext_lazy("Ask for a change")
    submit_label = gettext_lazy("Ask the receiving body")

    def reason_against(self, record: Work, user: User) -> str:
        """Only a work that is under way."""
        if reason := super().reason_against(record, user):
            return reason
        if record.state == works.CHANGE_ASKED:
            return _("A change lies before the receiving body already.")
        return "" if record.state == works.UNDER_WAY else _("Start the work first.")

    def get_initial(self) -> dict[str, Any]:
        """The work as it stands."""
        return {name: getattr(self.record, name) for name in outcomes.CHANGEABLE}

    def write(self, form: BaseForm) -> str:
        """Ask."""
        values = dict(form.cleaned_data)
        reason = values.pop("reason")
        outcomes.ask_change(
            work=self.record, values=values, reason=reason, version=self.version, actor=self.request.user
        )
        return page_of(self.record)


class OutcomeReportView(ChangeAskView):
    """Done, not done, done otherwise."""

    form_class = forms.OutcomeForm
    act_name = "outcome.report"
    title = gettext_lazy("Report the outcome")
    submit_label = gettext_lazy("Report")
    has_files = True

    def get_form_kwargs(self) -> dict[str, Any]:
        """Whether a change was consented to."""
        return {**super().get_form_kwargs(), "work": self.record}

    def get_initial(self) -> dict[str, Any]:
        """What was reported before it was handed back."""
        return {"result": self.record.result, "finished_on": self.record.finished_on}

    def write(self, form: BaseForm) -> str:
        """Report it."""
        values = dict(form.cleaned_data)
        uploads = values.pop("files")
        outcomes.report_outcome(
            work=self.record, version=self.version, actor=self.request.user, uploads=uploads, **values
        )
        return page_of(self.record)


class OutcomeVerifyView(WorkFormView):
    """How the work came out, as the receiving body found."""

    form_class = forms.VerificationForm
    act_name = "outcome.verify"
    title = gettext_lazy("Verify the outcome")

    def reason_against(self, record: Work, user: User) -> str:
        """The receiving body, once it is reported."""
        if not selectors.receives(user, record.registration):
            return _("The receiving body verifies the outcome.")
        return "" if record.state in works.REPORTED else _("No outcome waits to be verified.")

    def get_initial(self) -> dict[str, Any]:
        """As reported."""
        return {"outcome": self.record.outcome}

    def write(self, form: BaseForm) -> str:
        """Verify it."""
        outcomes.verify_outcome(work=self.record, version=self.version, actor=self.request.user, **form.cleaned_data)
        return page_of(self.record)
