"""The counted result of a paper ballot: sums checked, entered by one, entered again blindly by another."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from orgs import access
from orgs.guards import reason_of_own
from orgs.models import FilePurpose, Forbidden, Refusal, Stale, User
from orgs.services import audit, files
from reviews.models import Meeting, Rating, Tally, TallyLine
from reviews.selectors.meeting.ballots import CHOICES, ballot_ratings

TOTALS = ("summoned", "present", "issued", "collected", "valid", "invalid")


@dataclass(frozen=True)
class Counted:
    """What the counting team found: totals, and by rating how many valid ballots chose each grade ("" = blank)."""

    totals: Mapping[str, int]
    lines: Mapping[int, Mapping[str, int]]


@transaction.atomic
def enter_tally(*, meeting: Meeting, counted: Counted, actor: User, upload: UploadedFile | None = None) -> Tally:
    """Enter the result of the ballot of an open meeting; replaces an entry that nobody has confirmed yet.

    `upload` is the scan of the signed record of the counting team.
    """
    row = _locked_meeting(meeting, actor)
    _refuse_strangers(row, counted)
    _refuse_sums(counted, _ratings(counted))
    tally = Tally.objects.filter(meeting=row).first()
    if tally and tally.confirmed_by_id:
        raise Stale(_("The result was entered and confirmed already."))
    if tally is None:
        tally = Tally(meeting=row, entered_by=actor, **counted.totals)
    for name in TOTALS:
        setattr(tally, name, counted.totals[name])
    tally.entered_by = actor
    if upload is not None:
        tally.scan = files.store_file(
            upload=upload,
            purpose=FilePurpose.SIGNED_SCAN,
            owner=actor,
            object_type="reviews.Meeting",
            object_id=str(row.uuid),
        )
    tally.version += 1
    tally.save()
    _write_lines(tally, counted)
    _record(actor, "tally.enter", row, counted)
    return tally


@transaction.atomic
def confirm_tally(*, meeting: Meeting, counted: Counted, actor: User) -> Tally:
    """Confirm by entering everything again from the paper; where anything differs it is named and nothing changes."""
    row = _locked_meeting(meeting, actor)
    tally = Tally.objects.select_for_update().filter(meeting=row).first()
    if tally is None or tally.confirmed_by_id:
        raise Stale(_("There is no unconfirmed result of this ballot."))
    if tally.entered_by_id == actor.pk:
        raise Forbidden(_("You entered this result; another person confirms it from the paper."))
    if reason := reason_of_own(tally.entered_by.person_id, actor):
        raise Forbidden(reason)
    if reason := reason_of_own_count(tally, counted.lines, actor):
        raise Forbidden(reason)
    if differing := _differences(tally, counted):
        raise Refusal(
            _("The second count differs from the first: %s. Both look at the paper again.") % "; ".join(differing)
        )
    tally.confirmed_by = actor
    tally.version += 1
    tally.save(update_fields=["confirmed_by", "version"])
    _record(actor, "tally.confirm", row, counted)
    return tally


def reason_of_own_count(tally: Tally, ratings: Iterable[int], actor: User) -> str:
    """Who stands on the ballot himself confirms only what the signed record of the counting team shows."""
    if tally.scan_id:
        return ""
    people = Rating.objects.filter(pk__in=list(ratings)).values_list("person_id", flat=True)
    if any(reason_of_own(person, actor) for person in people):
        return _("You stand on this ballot: its signed record is attached first, or another person confirms it.")
    return ""


def _locked_meeting(meeting: Meeting, actor: User) -> Meeting:
    row = Meeting.objects.select_for_update(of=("self",)).select_related("cycle").get(pk=meeting.pk)
    if row.state != "open":
        raise Stale(_("The meeting is not in session."))
    if not access.roles_on(actor, row, among=row.workflow.transition("open", "close").by, fresh=True):
        raise Forbidden(_("Only the chair and the secretary enter the result of the ballot."))
    return row


def _ratings(counted: Counted) -> dict[int, str]:
    rows = Rating.objects.select_related("person", "collective", "organisation").filter(pk__in=counted.lines)
    return {rating.pk: str(rating.subject) for rating in rows}


def _refuse_strangers(meeting: Meeting, counted: Counted) -> None:
    if set(counted.lines) - {rating.pk for rating in ballot_ratings(meeting)}:
        raise Refusal(_("This collective does not vote on one of these subjects. Open the page again."), field="lines")


def _refuse_sums(counted: Counted, names: Mapping[int, str]) -> None:
    totals = counted.totals
    chain = ("summoned", "present", "issued", "collected")
    for more, less in zip(chain, chain[1:], strict=False):
        if totals[less] > totals[more]:
            raise Refusal(
                _("“%(less)s” (%(a)s) cannot exceed “%(more)s” (%(b)s).")
                % {"less": _label(less), "a": totals[less], "more": _label(more), "b": totals[more]},
                field=less,
            )
    if totals["valid"] + totals["invalid"] != totals["collected"]:
        raise Refusal(_("Valid and invalid ballots together must make the collected ones."), field="valid")
    if not counted.lines:
        raise Refusal(_("Enter the counts of at least one subject."), field="lines")
    for rating, choices in counted.lines.items():
        if set(choices) - set(CHOICES) or any(count < 0 for count in choices.values()):
            raise Refusal(_("%s: a count is not a whole number.") % names[rating], field=f"rating-{rating}")
        if sum(choices.values()) != totals["valid"]:
            raise Refusal(
                _("%(name)s: the counts make %(sum)s, there are %(valid)s valid ballots.")
                % {"name": names[rating], "sum": sum(choices.values()), "valid": totals["valid"]},
                field=f"rating-{rating}",
            )


def _label(name: str) -> str:
    return str(Tally._meta.get_field(name).verbose_name)


def _write_lines(tally: Tally, counted: Counted) -> None:
    tally.lines.exclude(rating__in=list(counted.lines)).delete()
    known = {(line.rating_id, line.grade): line for line in tally.lines.all()}
    for rating, choices in counted.lines.items():
        for grade in CHOICES:
            line = known.get((rating, grade)) or TallyLine(tally=tally, rating_id=rating, grade=grade)
            line.count = choices.get(grade, 0)
            line.save()


def _differences(tally: Tally, counted: Counted) -> list[str]:
    found = [str(_label(name)) for name in TOTALS if getattr(tally, name) != counted.totals[name]]
    first: dict[int, dict[str, int]] = defaultdict(dict)
    for line in tally.lines.select_related("rating__person", "rating__collective", "rating__organisation"):
        first[line.rating_id][line.grade] = line.count
    names = _ratings(Counted({}, {**first, **counted.lines}))
    for rating in sorted({*first, *counted.lines}):
        again = counted.lines.get(rating, {})
        if any(first.get(rating, {}).get(grade, 0) != again.get(grade, 0) for grade in CHOICES):
            found.append(names[rating])
    return found


def _record(actor: User, action: str, meeting: Meeting, counted: Counted) -> None:
    audit.record_event(
        actor=actor,
        action=action,
        object_type=meeting._meta.label,
        object_id=str(meeting.uuid),
        chain=meeting.chain,
        by=meeting.workflow.transition("open", "close").by,
        facts={"totals": dict(counted.totals), "subjects": len(counted.lines)},
    )


def shares(lines: Iterable[TallyLine]) -> dict[int, dict[str, int]]:
    """Counts by rating and grade, for the board: {rating id: {grade or "": count}}."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for line in lines:
        found[line.rating_id][line.grade] = line.count
    return dict(found)
