"""What must always hold, whatever happened: each check names what is broken."""

import hashlib
from collections.abc import Callable

from django.db.models import F, Q

from orgs.models import Membership, QueuedJob, QueueState, StoredFile, Unit, User
from orgs.services import audit, files

Check = Callable[[], list[str]]
CHECKS: dict[str, Check] = {}


def register_check(name: str, check: Check) -> None:
    """Add a check that answers one sentence for each thing that is broken; higher floors add theirs."""
    CHECKS[name] = check


def broken() -> dict[str, list[str]]:
    """Every check's findings; an installation in order has none."""
    return {name: found for name, check in sorted(CHECKS.items()) if (found := check())}


def history_is_whole() -> list[str]:
    """Every audit chain holds from its first event to its head."""
    return [f"chain {row.chain}: event {row.seq} {row.kind}" for row in audit.broken_links()]


def files_are_whole() -> list[str]:
    """Every stored file is there, with the digest that its row names."""
    found = []
    for file in StoredFile.objects.order_by("id").iterator(500):
        path = files.path_of(file)
        if not path.exists():
            found.append(f"file {file.uuid} is missing")
        elif hashlib.sha256(path.read_bytes()).hexdigest() != file.sha256:
            found.append(f"file {file.uuid} was changed on disk")
    return found


def jobs_are_settled() -> list[str]:
    """A finished job has no lease, a running one has."""
    rows = QueuedJob.objects.filter(
        Q(status=QueueState.RUNNING, lease_until=None) | Q(status=QueueState.DONE, lease_until__isnull=False)
    )
    return [f"job {row.uuid} is {row.status} with lease {row.lease_until}" for row in rows]


def units_are_trees() -> list[str]:
    """No unit is its own superior, directly or through others."""
    parents = dict(Unit.objects.without_tree_fields().values_list("pk", "parent_id"))
    found = []
    for unit in parents:
        seen, place = set(), unit
        while place is not None and place not in seen:
            seen.add(place)
            place = parents.get(place)
        if place == unit:
            found.append(f"unit {unit} is below itself")
    return found


def accounts_have_people_in_register() -> list[str]:
    """An active account belongs to somebody who has not left, or to nobody (administrators)."""
    rows = User.objects.filter(is_active=True, person__ended_on__lt=F("date_joined__date"))
    return [f"account {row.username} was made for somebody who had left" for row in rows]


def collectives_have_one_head() -> list[str]:
    """A collective has at most one head at a time."""
    seats = list(Membership.objects.filter(part="head", ended_on=None).values_list("collective__code", flat=True))
    return [
        f"collective {code} has several heads" for code in sorted({code for code in seats if seats.count(code) > 1})
    ]


def register() -> None:
    """The checks of this floor; called from `AppConfig.ready`."""
    for check in (
        history_is_whole,
        files_are_whole,
        jobs_are_settled,
        units_are_trees,
        accounts_have_people_in_register,
        collectives_have_one_head,
    ):
        register_check(check.__name__, check)
