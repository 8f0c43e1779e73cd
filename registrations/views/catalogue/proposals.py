"""From a row of the catalogue a criterion is proposed for the next framework; the origin goes with it."""

from typing import Any

from django.db.models import QuerySet
from django.forms import BaseForm
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from criteria.selectors.frameworks import proposals as selectors
from criteria.services.frameworks.proposals import Origin, propose_criterion
from orgs.models import User
from registrations.forms.catalogue.reports import ProposalForm
from registrations.models import Work
from registrations.selectors.catalogue import catalogue
from registrations.selectors.works import works
from registrations.views.works.pages import RecordFormView
from registrations.views.works.works import page_of


class CriterionProposeView(RecordFormView):
    """The officer proposes a criterion from a work of the catalogue (letter 2026-CV/TU, 2)."""

    form_class = ProposalForm
    act_name = "criterion.propose"
    title = gettext_lazy("Propose a criterion from this work")
    submit_label = gettext_lazy("Propose the criterion")
    done = gettext_lazy("The criterion is proposed: it stands where the framework is written.")

    def rows(self) -> QuerySet[Work]:
        """The works in the catalogue that I may read."""
        return catalogue.entered_for(self.request.user)

    def reason_against(self, record: Work, user: User) -> str:
        """Only who keeps a catalogue and prepares frameworks."""
        if catalogue.may_propose(user):
            return ""
        return _("Only an officer who prepares frameworks proposes a criterion.")

    def page_of(self, record: Work) -> str:
        """Back to the work."""
        return page_of(record)

    def get_form_kwargs(self) -> dict[str, Any]:
        """For whose frameworks."""
        return {**super().get_form_kwargs(), "issuers": selectors.issuers_for(self.request.user)}

    def get_initial(self) -> dict[str, Any]:
        """The body that rates who registered; the name of the work; the verified outcome as the reason."""
        work = self.record
        deciding = work.registration.receiving_collective
        return {
            "issuer": deciding and deciding.unit_id,
            "title": work.name,
            "reason": work.verification or work.effect,
        }

    def write(self, form: BaseForm) -> str:
        """Propose it, and back to the work."""
        work, values = self.record, form.cleaned_data
        propose_criterion(origin=origin_of(work), actor=self.request.user, **values)
        return page_of(work)


def origin_of(work: Work) -> Origin:
    """Where the criterion comes from, in words that stay whatever becomes of the work."""
    registration = work.registration
    with override("vi"):
        outcome = work.get_verified_outcome_display()
    parts = [f"{registration.subject}", registration.unit_name, f"đăng ký năm {registration.year}"]
    parts += [f"kết quả được xác nhận: {outcome.lower()}"] if outcome else []
    return Origin(works.LABEL, work.uuid, f"“{work.name}” ({', '.join(part for part in parts if part)})")
