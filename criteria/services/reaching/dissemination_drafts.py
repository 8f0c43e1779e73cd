"""What a draft of a dissemination is made of, piece by piece: the bodies it goes to, the files to be studied."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from criteria.models import Dissemination, DisseminationUnit
from criteria.selectors.reaching import disseminations as selectors
from criteria.services.bodies import locked_draft, refuse_stranger
from criteria.services.reaching.disseminations import record_act, refuse_outside
from orgs.models import Refusal, StoredFile, Unit, User


@transaction.atomic
def add_bodies(
    *, dissemination: Dissemination, bodies: Iterable[Unit], version: int, actor: User
) -> list[DisseminationUnit]:
    """Address further bodies; answers the new ones, who is addressed already stays as he is.

    Refusal where nothing is new, or where a body does not stand below the issuer; Stale and Forbidden as named.
    """
    refuse_stranger(actor=actor, body=dissemination.issuer)
    row = locked_draft(dissemination, version=version)
    wanted = {unit.pk: unit for unit in bodies}
    refuse_outside(row.issuer, wanted)
    known = set(row.units.values_list("unit_id", flat=True))
    made = [DisseminationUnit(dissemination=row, unit=unit) for pk, unit in wanted.items() if pk not in known]
    if not made:
        raise Refusal(_("All of them are addressed already.") if wanted else _("Tick which bodies it goes to."))
    DisseminationUnit.objects.bulk_create(made)
    _touch(row, "dissemination.bodies_added", actor, bodies=len(made))
    return made


@transaction.atomic
def remove_bodies(*, dissemination: Dissemination, bodies: Iterable[Unit], version: int, actor: User) -> int:
    """Take bodies off a draft: nothing was sent yet, the rows are only the choice; answers how many went."""
    refuse_stranger(actor=actor, body=dissemination.issuer)
    row = locked_draft(dissemination, version=version)
    gone, _by_kind = row.units.filter(unit__in=[unit.pk for unit in bodies]).delete()
    if not gone:
        raise Refusal(_("Tick which bodies you take off."))
    _touch(row, "dissemination.bodies_removed", actor, bodies=gone)
    return gone


@transaction.atomic
def remove_material(*, dissemination: Dissemination, file: StoredFile, version: int, actor: User) -> None:
    """Take a file off what is to be studied, while it is a draft; whoever brought it keeps it.

    Refusal for a file that does not belong to it; Stale and Forbidden as named.
    """
    refuse_stranger(actor=actor, body=dissemination.issuer)
    row = locked_draft(dissemination, version=version)
    if not selectors.materials_of(row).filter(pk=file.pk).update(object_type="", object_id=""):
        raise Refusal(_("This file does not belong to the text."))
    _touch(row, "dissemination.file_removed", actor, sha256=file.sha256)


def _touch(row: Dissemination, action: str, actor: User, **facts: object) -> None:
    row.version += 1
    row.save(update_fields=["version"])
    record_act(row, action, actor, version=row.version, **facts)
