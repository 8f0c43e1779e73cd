"""The cap on excellent grades: one ledger row for each peer group, locked before any grade of the group changes."""

from collections.abc import Callable, Iterable
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from orgs import access, roles
from orgs.guards import reason_of_own
from orgs.models import Forbidden, Refusal, Stale, User
from orgs.services import audit
from reviews.models import Grade, QuotaLedger, Rating
from reviews.selectors.grading.quotas import answer_for, counts_of
from reviews.selectors.laws import law_of_group


def lock_ledgers(group_ids: Iterable[int]) -> list[QuotaLedger]:
    """The ledgers of these groups, locked in the order of their ids; always before the ratings themselves."""
    rows = QuotaLedger.objects.select_for_update(of=("self",)).filter(group__in=set(group_ids))
    return list(rows.select_related("group__cycle__regulation", "group__regulation").order_by("id"))


def lock_ledger_of(rating: Rating) -> None:
    """Prelude of the moves that end a pending grade: the ledger is locked before the rating, as everywhere."""
    lock_ledgers([rating.group_id])


@transaction.atomic
def change_within_quota(*, group_ids: Iterable[int], change: Callable[[], None]) -> None:
    """Run `change` under the locks of the ledgers; refuse it whole when a group then holds too many excellent."""
    ledgers = lock_ledgers(group_ids)
    change()
    for ledger in ledgers:
        settle(ledger)


def settle(ledger: QuotaLedger) -> None:
    """Write the counts of a locked ledger; raises `Refusal` with the arithmetic when the cap would be broken."""
    counts = counts_of(ledger.group)
    answer = answer_for(ledger.group, counts)
    used, allowed = counts[Grade.EXCELLENT], answer.allowed or 0
    if used > max(allowed, ledger.exception_allowed or 0):
        raise Refusal(
            _("Group “%(group)s” would hold %(used)s excellent, at most %(allowed)s are allowed. %(arithmetic)s")
            % {
                "group": ledger.group.title,
                "used": used,
                "allowed": max(allowed, ledger.exception_allowed or 0),
                "arithmetic": answer.arithmetic,
            }
        )
    ledger.used, ledger.allowed, ledger.base = used, allowed, sum(counts.values())
    ledger.save(update_fields=["used", "allowed", "base"])


@transaction.atomic
def record_exception(*, ledger: QuotaLedger, allowed: int, document: str, version: int, actor: User) -> QuotaLedger:
    """Record the document by which a group may hold up to `allowed` excellent; it cannot undo decisions in force.

    Refuses: an actor who is no recorder of the deciding body or stands in the group himself, no document, a stale
    version, fewer than are held now.
    """
    row = _ledger_in_hand(ledger, document, version, actor)
    row.exception_allowed, row.exception_document = allowed, document
    _settle_and_keep(row, ("exception_allowed", "exception_document"))
    _record(row, actor, "quota.exception", allowed=allowed, document=document)
    return row


@transaction.atomic
def record_party_share(
    *, ledger: QuotaLedger, percent: Decimal, document: str, version: int, actor: User
) -> QuotaLedger:
    """Record the Party's share of excellent, in percent, to which the group's regulation ties its own (48/2023/NĐ-CP).

    Refuses what `record_exception` refuses, a regulation whose quota is its own, and a share outside 0 to 100.
    """
    row = _ledger_in_hand(ledger, document, version, actor)
    if not law_of_group(row.group).quota.relative_to_party:
        raise Refusal(_("The quota of this group does not depend on the Party's share."))
    if not 0 <= percent <= 100:
        raise Refusal(_("A share lies between 0 and 100 percent."), field="percent")
    row.party_share, row.party_share_document = percent, document
    _settle_and_keep(row, ("party_share", "party_share_document"))
    _record(row, actor, "quota.party_share", percent=str(percent), document=document)
    return row


def _ledger_in_hand(ledger: QuotaLedger, document: str, version: int, actor: User) -> QuotaLedger:
    body = ledger.group.deciding_collective_id
    if body not in access.viewer_of(actor, fresh=True).collectives_of(roles.RECORDER):
        raise Forbidden(_("Only the recorder of the deciding body records an exception."))
    people = Rating.objects.filter(group=ledger.group_id, person__isnull=False).values_list("person_id", flat=True)
    if reason := next(filter(None, (reason_of_own(person, actor) for person in people)), ""):
        raise Forbidden(reason)
    if not document.strip():
        raise Refusal(_("Give the number and date of the document."), field="document")
    (row,) = lock_ledgers([ledger.group_id])
    if row.version != version:
        raise Stale(_("Somebody else has changed this group since you opened it."))
    return row


def _settle_and_keep(row: QuotaLedger, fields: tuple[str, ...]) -> None:
    row.version += 1
    settle(row)
    row.save(update_fields=[*fields, "version"])


def _record(row: QuotaLedger, actor: User, action: str, **facts: object) -> None:
    audit.record_event(
        actor=actor,
        action=action,
        object_type="reviews.PeerGroup",
        object_id=str(row.group.uuid),
        chain=row.group.cycle.chain,
        role=roles.RECORDER,
        facts=facts,
    )
