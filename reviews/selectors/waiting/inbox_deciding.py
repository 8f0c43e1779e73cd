"""The rows of the home page about proposing, appraising, deciding, and the own result."""

from collections.abc import Iterable

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orgs import access, roles
from orgs.access import Viewer
from orgs.models import User
from registrations.access import register_reached
from reviews.models import Conclusion, PeerGroup, Petition, Rating
from reviews.selectors.waiting.inbox import TaskRow, register_provider
from reviews.workflow import PROPOSING


def to_propose_and_appraise(user: User, viewer: Viewer) -> Iterable[TaskRow]:
    """One row for the ratings to propose, one for those to appraise, each with a filtered list behind; one query."""
    reached = {"proposal": _reached(viewer, PROPOSING), "appraisal": _reached(viewer, {roles.OFFICER})}
    wanted = access.NOTHING
    for state, rows in reached.items():
        wanted |= rows & Q(state=state)
    ratings = access.within(Rating.objects.filter(cycle__closed_at=None), wanted)
    if viewer.person_id:
        ratings = ratings.exclude(person=viewer.person_id)
    # A proposal waits for a finished review: before that there is nothing to do here.
    ratings = ratings.exclude(state="proposal", review__isnull=False, review__state__in=("self_review", "meeting"))
    ratings = ratings.exclude(state="proposal", review__state__in=("finishing", "postponed", "closed"))
    counts = dict(ratings.order_by().values_list("state").annotate(Count("pk")))
    for state, n in sorted(counts.items()):
        words = {
            "proposal": ngettext("Propose the grade of %(n)s subject", "Propose the grades of %(n)s subjects", n),
            "appraisal": ngettext("Appraise %(n)s rating", "Appraise %(n)s ratings", n),
        }
        yield TaskRow(
            key=f"ratings-{state}",
            title=words[state] % {"n": n},
            act_label=_("See the list"),
            act_url=f"{reverse('reviews:rating_list')}?state={state}",
        )


def boards_to_prepare(user: User, viewer: Viewer) -> Iterable[TaskRow]:
    """For a recorder: each board with ratings before the body; one query."""
    bodies = viewer.collectives_of(roles.RECORDER)
    if not bodies:
        return
    rows = PeerGroup.objects.filter(deciding_collective__in=bodies, cycle__closed_at=None, ratings__state="decision")
    for group in rows.annotate(waiting=Count("ratings")).select_related("deciding_collective").order_by("order", "pk"):
        words = ngettext("%(n)s rating is before the body", "%(n)s ratings are before the body", group.waiting)
        yield TaskRow(
            key=f"board-{group.uuid}",
            title=_("Prepare the decision: %(group)s") % {"group": group.title},
            detail=f"{group.deciding_collective} · {words % {'n': group.waiting}}",
            act_label=_("Open the board"),
            act_url=reverse("reviews:board", args=[group.uuid]),
        )


def to_confirm(user: User, viewer: Viewer) -> Iterable[TaskRow]:
    """For a confirmer: conclusions that another recorded, petitions without an answer; two queries."""
    bodies = viewer.collectives_of(roles.CONFIRMER)
    if not bodies:
        return
    rows = Conclusion.objects.filter(collective__in=bodies, state="recorded").select_related("collective")
    for row in rows.order_by("concluded_on", "pk"):
        yield TaskRow(
            key=f"confirm-{row.uuid}",
            title=_("Confirm the conclusion %(number)s") % {"number": row.number},
            detail=str(row.collective),
            act_label=_("Open"),
            act_url=reverse("reviews:conclusion_detail", args=[row.uuid]),
            reason=_("You recorded this conclusion; another person confirms it.")
            if row.recorded_by_id == user.pk
            else "",
        )
    petitions = Petition.objects.filter(
        rating__deciding_collective__in=bodies, rating__state="petition", concluded_on=None
    ).select_related("rating__person", "rating__collective", "rating__organisation")
    for petition in petitions.order_by("filed_on", "pk"):
        yield TaskRow(
            key=f"petition-{petition.uuid}",
            title=_("Answer the petition of %(subject)s") % {"subject": petition.rating.subject},
            detail=_("Filed on %(day)s") % {"day": f"{petition.filed_on:%d/%m/%Y}"},
            act_label=_("Answer"),
            act_url=reverse("reviews:petition_answer", args=[petition.uuid]),
        )


def to_notify(user: User, viewer: Viewer) -> Iterable[TaskRow]:
    """For an officer: conclusions whose results nobody has notified yet; one query."""
    units = viewer.units_of(roles.OFFICER)
    if not units:
        return
    rows = Conclusion.objects.filter(
        state="confirmed",
        lines__is_in_force=True,
        lines__rating__appraising_unit__in=units,
        lines__rating__state="notice",
        lines__rating__notified_at=None,
    )
    for row in rows.annotate(waiting=Count("lines")).select_related("collective").order_by("concluded_on", "pk"):
        words = ngettext("Notify %(n)s result", "Notify %(n)s results", row.waiting)
        yield TaskRow(
            key=f"notify-{row.uuid}",
            title=words % {"n": row.waiting},
            detail=f"{row.number} · {row.collective}",
            act_label=_("Open"),
            act_url=reverse("reviews:conclusion_detail", args=[row.uuid]),
        )


def own_results(user: User, viewer: Viewer) -> Iterable[TaskRow]:
    """For the subject: results of a round that is still open and that he has not said to have read; one query."""
    if not viewer.person_id:
        return
    rows = Rating.objects.filter(
        person=viewer.person_id,
        state="notice",
        notified_at__isnull=False,
        read_by_subject_at=None,
        cycle__closed_at=None,
    )
    for rating in rows.select_related("cycle", "person").defer("facts", "suggestion").order_by("pk"):
        yield TaskRow(
            key=f"result-{rating.uuid}",
            title=_("Read your result: %(kind)s") % {"kind": rating.get_kind_display()},
            detail=str(rating.cycle),
            chip=rating.get_decided_grade_display(),
            chip_tone="info",
            act_label=_("Read"),
            act_url=reverse("reviews:rating_detail", args=[rating.uuid]),
        )


def _reached(viewer: Viewer, codes: Iterable[str]) -> Q:
    total = access.NOTHING
    for role in codes:
        rows = access.reach_of("reviews.Rating", role, viewer)
        total = total if rows is None else total | rows
    return total


def _appraised(viewer: Viewer) -> Q:
    return Q(ratings__appraising_unit__in=viewer.units_of(roles.OFFICER))


def register() -> None:
    """Contribute these rows, and let officers state facts about whom they appraise; called from `AppConfig.ready`."""
    for provider in (to_propose_and_appraise, boards_to_prepare, to_confirm, to_notify, own_results):
        register_provider(provider)
    for kind in ("person", "collective", "unit"):
        register_reached(kind, _appraised)
