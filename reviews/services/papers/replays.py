"""Replay a closed round by another regulation: asked for once, carried out by the outbox, kept beside the round."""

from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from criteria.models import Cycle, Regulation
from criteria.selectors.rules.regulations import parsed
from orgs import access, roles
from orgs.models import Forbidden, QueuedJob, QueueState, Refusal, User
from orgs.services import audit, outbox
from reviews.models import Rating, Replay, ReplayLine
from reviews.selectors.papers.replays import CLOSED, choices_for, judged_by, suggested_in

KIND = "cycle.replay"
CHUNK = 500


@transaction.atomic
def start_replay(*, cycle: Cycle, regulation: Regulation, actor: User) -> Replay:
    """Ask for the replay of a closed cycle; asked again, it is judged afresh. Nothing of the cycle is changed.

    Forbidden to who does not read the summaries; Refusal for a cycle that is not closed, and for a regulation that is
    not of its side or is its own.
    """
    if roles.READ_SUMMARIES not in access.viewer_of(actor, fresh=True).rights:
        raise Forbidden(_("Only who reads the summaries asks for a replay."))
    locked = Cycle.objects.select_for_update(of=("self",)).select_related("regulation", "plan").get(pk=cycle.pk)
    if locked.state != CLOSED:
        raise Refusal(_("Only a closed cycle is judged by another regulation."))
    if regulation not in choices_for(locked, actor):
        raise Refusal(_("Choose another regulation of the same side."), field="regulation")
    now = timezone.now()
    asked = {"asked_by": actor, "asked_at": now, "done_at": None, "content_sha256": regulation.content_sha256}
    replay, _created = Replay.objects.update_or_create(cycle=cycle, regulation=regulation, defaults=asked)
    outbox.enqueue(
        kind=KIND,
        dedup_key=f"{KIND}:{replay.pk}:{now.timestamp()}",
        payload={"replay": replay.pk},
        owner=actor,
        title=_("%(cycle)s by %(regulation)s") % {"cycle": cycle, "regulation": regulation.number},
        total=Rating.objects.filter(cycle=cycle).count(),
    )
    audit.record_event(
        actor=actor,
        action="cycle.replay",
        object_type=cycle._meta.label,
        object_id=str(cycle.uuid),
        chain=cycle.chain,
        facts={"regulation": regulation.key},
    )
    return replay


def carry_out_replay(job: QueuedJob) -> None:
    """Job: judge every rating of the cycle, part by part; started again it begins anew, cancelled it stops between."""
    replay = Replay.objects.select_related("cycle", "regulation").get(pk=job.payload["replay"])
    ReplayLine.objects.filter(replay=replay).delete()
    done = 0
    for part in _parts(replay.cycle):
        lease = {"lease_until": timezone.now() + outbox.LEASE, "done": done}
        if not QueuedJob.objects.filter(pk=job.pk, status=QueueState.RUNNING).update(**lease):
            return
        ReplayLine.objects.bulk_create(_lines(replay, part))
        done += len(part)
    Replay.objects.filter(pk=replay.pk).update(done_at=timezone.now(), content_sha256=replay.regulation.content_sha256)
    QueuedJob.objects.filter(pk=job.pk).update(done=done)


def _parts(cycle: Cycle) -> Iterator[list[int]]:
    ids = list(Rating.objects.filter(cycle=cycle).order_by("id").values_list("pk", flat=True))
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]


def _lines(replay: Replay, ids: list[int]) -> Iterator[ReplayLine]:
    law = parsed(replay.regulation).at(replay.cycle.period_end_on)
    for pk, came_from, facts in suggested_in(ids):
        came_to, missing = judged_by(law, facts)
        yield ReplayLine(replay=replay, rating_id=pk, came_from=came_from, came_to=came_to, missing=missing)


def register() -> None:
    """Register the job; called from `AppConfig.ready`."""
    outbox.register_handler(KIND, carry_out_replay)
