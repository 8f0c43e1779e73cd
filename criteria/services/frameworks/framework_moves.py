"""What follows from the moves of a framework: the consent that is kept, the day of its end, the look again below."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from criteria.models import Framework
from criteria.selectors import preparers
from criteria.services.frameworks.revisits import ask_revisits, default_due
from orgs.models import Refusal, User
from orgs.services import messages, transitions


def on_submit(framework: Framework, *, actor: User, **data: Any) -> None:
    """The officers of the superior body learn that a framework lies before them."""
    _tell(framework, framework.parent.issuer_id, _("Submitted to you: “%(framework)s”"), but=actor)


def on_agree(framework: Framework, *, actor: User, document_ref: str = "", **data: Any) -> None:
    """The consent is kept with the framework; those who prepare it learn of it."""
    framework.agreed_document = document_ref.strip()
    framework.save(update_fields=["agreed_document"])
    _tell(framework, framework.issuer_id, _("The superior agreed: “%(framework)s”"), but=actor)


def on_return(framework: Framework, *, actor: User, note: str = "", **data: Any) -> None:
    """Those who prepare the framework learn why it came back."""
    _tell(framework, framework.issuer_id, _("The superior returned: “%(framework)s”"), but=actor, body=note)


def on_supersede(
    framework: Framework,
    *,
    actor: User,
    due_on: date | None = None,
    successor: Framework | None = None,
    **data: Any,
) -> None:
    """From today it measures nobody new; each issued framework below is to be looked at again until `due_on`.

    Without a `successor` the latest issued version that was made from it takes its place.
    """
    today = timezone.localdate()
    if due_on is not None and due_on < today:
        raise Refusal(_("The last day must not lie in the past."), field="due_on")
    if successor is not None and (successor.state != "issued" or successor.pk == framework.pk):
        raise Refusal(_("Only another issued framework takes the place of this one."), field="successor")
    framework.superseded_on = today
    framework.save(update_fields=["superseded_on"])
    following = successor or framework.copies.filter(state="issued").order_by("-edition").first()
    due = due_on or default_due(today)
    ask_revisits(framework=framework, successor=following, on=today, due_on=due, actor=actor)


def register() -> None:
    """Register the consequences of the moves; called from `AppConfig.ready`."""
    for name, consequence in (
        ("submit", on_submit),
        ("agree", on_agree),
        ("return", on_return),
        ("supersede", on_supersede),
    ):
        transitions.register_consequence(f"framework.{name}", consequence)


def _tell(framework: Framework, body_id: int, subject: str, *, but: User, body: str = "") -> None:
    messages.tell(
        messages.Letter(
            recipient=user,
            subject=subject % {"framework": framework},
            body=body,
            url=reverse("criteria:framework_detail", args=[framework.uuid]),
            dedup_key=f"framework:{framework.uuid}:{framework.version}",
            is_urgent=True,
        )
        for user in preparers.officers_of(body_id)
        if user.pk != but.pk
    )
