"""Lines of a replay of the round: what its two lists show."""

from django.utils import timezone

from criteria.models import Regulation
from reviews.models import Replay, ReplayLine


def replay_of(made):
    """The one replay of the round, made when it is first asked for."""
    words = {"asked_by": made.user("giang"), "asked_at": timezone.now(), "done_at": timezone.now()}
    regulation = Regulation.objects.get(key="132-QĐ/TW@2018-03-08")
    row, _made = Replay.objects.get_or_create(
        cycle=made.cycle, regulation=regulation, defaults={**words, "content_sha256": regulation.content_sha256}
    )
    return row


def line(made, rating):
    ReplayLine.objects.create(replay=replay_of(made), rating=rating, came_from="good", came_to="completed")


def of_replay(made, _rows):
    return [replay_of(made).uuid]
