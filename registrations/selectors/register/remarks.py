"""Running remarks: whom a superior may remark on, and who reads and answers them."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from orgs import access, roles
from orgs.access import Viewer
from orgs.models import Appointment, Collective, Membership, Person, User
from orgs.models.names import fold
from registrations.access import REACHED
from registrations.models import RunningRemark

NOBODY = Q(pk__in=[])


def persons_under(viewer: Viewer) -> Q:
    """The persons whose superior the viewer is: he heads their agency or collective, or is officer of the body that
    manages them.
    """
    today, rows = timezone.localdate(), NOBODY
    if units := viewer.units_of(roles.UNIT_HEAD):
        rows |= Q(pk__in=Appointment.objects.current(today).filter(unit__in=units).values("person"))
    if headed := viewer.collectives_of(roles.HEAD):
        rows |= Q(pk__in=Membership.objects.current(today).filter(collective__in=headed).values("person"))
    if offices := viewer.units_of(roles.OFFICER):
        rows |= Q(managing_authority__advisory_unit__in=offices)
    return rows & ~Q(pk=viewer.person_id) if viewer.person_id else rows


def collectives_under(viewer: Viewer) -> Q:
    """The collectives of the bodies below the one that the viewer heads, and those that he keeps or appraises."""
    rows = access.reach_of("orgs.Collective", roles.OFFICER, viewer) or NOBODY
    for reached in REACHED["collective"]:
        rows |= reached(viewer)
    if units := viewer.units_of(roles.UNIT_HEAD):
        rows |= Q(unit__parent__in=units)
    return rows


def people_to_remark(user: User, text: str = "") -> QuerySet[Person]:
    """The persons on whom `user` may remark, by name; a search needs no accents."""
    rows = access.within(Person.objects.filter(ended_on=None), persons_under(access.viewer_of(user)))
    rows = rows.filter(search__contains=fold(text)) if text.strip() else rows
    return rows.order_by("sort_key", "pk")


def collectives_to_remark(user: User) -> QuerySet[Collective]:
    """The collectives on which `user` may remark."""
    rows = access.within(Collective.objects.filter(is_reviewed=True), collectives_under(access.viewer_of(user)))
    return rows.select_related("unit").order_by("unit__sort_key", "pk")


def office_of(user: User) -> str:
    """In which office `user` remarks: the post in which he heads the agency, or else the first that he holds."""
    posts = Appointment.objects.current(timezone.localdate()).filter(person=user.person_id)
    post = posts.select_related("position", "job", "unit").order_by("-is_head", "-is_main", "pk").first()
    if post is None:
        return ""
    return ", ".join(str(part) for part in (post.position or post.job, post.unit) if part)


def visible_to(user: User) -> QuerySet[RunningRemark]:
    """The remarks that `user` reads: about himself or his collective, his own, and those on whom he may remark too."""
    viewer = access.viewer_of(user)
    rows = Q(author=viewer.user_id)
    if viewer.person_id:
        rows |= Q(person=viewer.person_id)
    rows |= Q(collective__in=viewer.collectives_of(roles.MEMBER) | viewer.collectives_of(roles.SECRETARY))
    inspected = access.reach_of("orgs.Person", roles.INSPECTOR, viewer) or NOBODY
    rows |= Q(person__in=Person.objects.filter(persons_under(viewer) | inspected).values("pk"))
    rows |= Q(collective__in=Collective.objects.filter(collectives_under(viewer)).values("pk"))
    return RunningRemark.objects.filter(rows)


def listed(user: User, text: str = "", kind: str = "") -> QuerySet[RunningRemark]:
    """The same for a list, the newest first."""
    rows = visible_to(user).select_related("person", "collective__unit", "author__person", "answered_by__person")
    if kind:
        rows = rows.filter(kind=kind)
    if text.strip():
        folded = fold(text)
        rows = rows.filter(Q(person__search__contains=folded) | Q(collective__unit__search__contains=folded))
    return rows


def may_answer(user: User, remark: RunningRemark) -> bool:
    """Whether `user` answers: the person himself, or who writes for the collective; not a withdrawn one."""
    if remark.withdrawn_at:
        return False
    viewer = access.viewer_of(user)
    if remark.person_id:
        return remark.person_id == user.person_id
    return remark.collective_id in viewer.collectives_of(roles.AUTHOR)
