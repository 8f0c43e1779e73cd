"""Whoever writes in a framework holds it: locked, of a body that he prepares for, and being written now."""

from django.db.models import F

from criteria.models import Framework
from criteria.services.bodies import refuse_stranger
from criteria.services.frameworks.framework_rows import refuse_frozen
from orgs.models import User
from orgs.services import audit


def hold(framework_id: int, actor: User) -> Framework:
    """The row, locked; Forbidden for a stranger. Whether it is being written now is asked by `hold_written`."""
    rows = Framework.objects.select_for_update(of=("self",)).select_related("issuer", "parent__issuer", "regulation")
    framework = rows.get(pk=framework_id)
    refuse_stranger(actor=actor, body=framework.issuer)
    return framework


def hold_written(framework_id: int, actor: User) -> Framework:
    """The row, locked; Forbidden for a stranger, Refusal while it is not being written."""
    framework = hold(framework_id, actor)
    refuse_frozen(framework)
    return framework


def raise_version(framework: Framework) -> None:
    """Whoever has the framework open with another text acts on an old page from now on."""
    Framework.objects.filter(pk=framework.pk).update(version=F("version") + 1)


def record_writing(framework: Framework, action: str, actor: User, **facts: object) -> None:
    """Keep an act of writing in the history of the framework, and raise its version."""
    raise_version(framework)
    audit.record_event(
        actor=actor,
        action=action,
        object_type=Framework._meta.label,
        object_id=str(framework.uuid),
        unit_path=framework.issuer.code,
        facts=facts,
    )
