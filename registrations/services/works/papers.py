"""The registration as a paper that is kept, signed and filed by who registered."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from orgs.selectors.files import register_signers
from orgs.services.versions import Paper
from registrations.documents.works import registration_sheet
from registrations.models import Registration
from registrations.selectors.works import registrations as selectors

KIND = "registration"
NOT_SENT = gettext_lazy("The paper is kept once the registration is sent.")


@override("vi")
def registration_paper(registration: Registration) -> Paper:
    """The form of the letter with the personal plan, a draft until it is sent."""
    title = _("Registration of work %(year)s: %(who)s") % {"year": registration.year, "who": registration.subject}
    sheet = registration_sheet(registration, selectors.route_for(registration))
    return Paper(
        (sheet,),
        KIND,
        title,
        f"Đơn đăng ký {registration.year} {registration.subject}",
        registration,
        selectors.LABEL,
        registration.chain,
        NOT_SENT if registration.sent_at is None else "",
    )


def register() -> None:
    """The pen of the paper is in the hand of who registers; called from `AppConfig.ready`."""
    register_signers(selectors.LABEL, selectors.own_of)
