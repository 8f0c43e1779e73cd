"""The ballot of a meeting: whom it is about, and its counted result as a table."""

from dataclasses import dataclass

from django.db.models import Q

from reviews.models import Grade, Meeting, MeetingMode, Rating, Tally

BLANK = ""
CHOICES = (*Grade.values, BLANK)
NAMED = ("person", "collective", "organisation", "review")


@dataclass(frozen=True)
class BallotRow:
    """One rating with how many valid ballots chose each grade, in the order of `CHOICES`; `share` of the valid ones.

    A share is in whole percent, rounded half up; 0 where there was no valid ballot.
    """

    rating: Rating
    counts: tuple[int, ...]
    valid: int

    @property
    def cells(self) -> list[tuple[str, int, int]]:
        """(grade, count, share) for each choice."""
        return [
            (grade, count, (200 * count + self.valid) // (2 * self.valid) if self.valid else 0)
            for grade, count in zip(CHOICES, self.counts, strict=True)
        ]


def ballot_ratings(meeting: Meeting) -> list[Rating]:
    """The ratings that this collective proposes in the cycle and that have not left it, in the order of the board."""
    if meeting.mode == MeetingMode.REVIEW:
        return []
    mine = Q(proposing_collective=meeting.collective_id, cycle=meeting.cycle_id, state="proposal")
    counted = Q(tally_lines__tally__meeting=meeting)
    rows = Rating.objects.filter(mine | counted).distinct().select_related(*NAMED)
    rows = rows.defer("facts", "suggestion", "review__form")
    return list(rows.order_by("kind", "sort_key", "id"))


def tally_of(meeting: Meeting) -> Tally | None:
    """The ballot of the meeting with who entered and who confirmed it."""
    people = ("scan", "entered_by__person", "confirmed_by__person")
    return Tally.objects.filter(meeting=meeting).select_related(*people).first()


def rows_of(tally: Tally) -> list[BallotRow]:
    """The counted result by rating; two queries."""
    lines: dict[int, dict[str, int]] = {}
    ratings: dict[int, Rating] = {}
    for line in tally.lines.select_related(*(f"rating__{name}" for name in NAMED[:3])).order_by("rating__sort_key"):
        lines.setdefault(line.rating_id, {})[line.grade] = line.count
        ratings[line.rating_id] = line.rating
    return [
        BallotRow(rating, tuple(lines[pk].get(grade, 0) for grade in CHOICES), tally.valid)
        for pk, rating in ratings.items()
    ]
