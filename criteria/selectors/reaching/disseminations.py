"""Disseminations: who sees which, who is to study, which part of a body somebody may look at."""

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from criteria import access as reach
from criteria.models import Acknowledgement, Dissemination, DisseminationUnit
from orgs import access, roles
from orgs.models import Appointment, Person, StoredFile, Unit, User
from orgs.selectors.files import register_readers

LABEL, BODY_LABEL = "criteria.Dissemination", "criteria.DisseminationUnit"
OPEN, CLOSED, DRAFT = "open", "closed", "draft"


def visible_to(user: User) -> QuerySet[Dissemination]:
    """The disseminations that `user` may read: drafts who prepares them, the others who studies, leads or inspects."""
    rows = Dissemination.objects.select_related("issuer", "regulation", "framework")
    return access.within(rows, access.document_scope(LABEL, access.viewer_of(user)))


def listed(user: User) -> QuerySet[Dissemination]:
    """Visible disseminations, the newest first, with how many bodies each addresses and the day I studied it myself."""
    own = Acknowledgement.objects.filter(dissemination=OuterRef("pk"), person=user.person_id or 0)
    rows = visible_to(user).annotate(bodies=Count("units"), has_studied=Exists(own))
    return rows.order_by("-id")


def waiting_for(user: User) -> QuerySet[Dissemination]:
    """What `user` himself is still to study."""
    if not user.person_id:
        return Dissemination.objects.none()
    rows = Dissemination.objects.filter(state=OPEN, pk__in=_addressed_to(user.person_id).values("dissemination"))
    return rows.exclude(acknowledgements__person=user.person_id).order_by("due_on", "id")


def body_of(dissemination: Dissemination, user: User) -> DisseminationUnit | None:
    """Where `user` is to study it: his post before his Party organisation; None where he is not asked."""
    if not user.person_id:
        return None
    rows = _addressed_to(user.person_id).filter(dissemination=dissemination).select_related("unit")
    posted = Appointment.objects.current(timezone.localdate()).filter(person=user.person_id, unit=OuterRef("unit"))
    return rows.annotate(is_posted=Exists(posted)).order_by("-is_posted", "id").first()


def acknowledged_by(dissemination: Dissemination, user: User) -> Acknowledgement | None:
    """That `user` has studied it, or None."""
    return dissemination.acknowledgements.filter(person=user.person_id).first() if user.person_id else None


def prepares(user: User, dissemination: Dissemination) -> bool:
    """Whether `user` stands on the side that sends it out."""
    return reach.bodies_prepared_by(access.viewer_of(user)).filter(pk=dissemination.issuer_id).exists()


def bodies_seen_by(user: User, dissemination: Dissemination) -> QuerySet[Unit]:
    """The addressed bodies whose share `user` sees: all who sends it out, else those that he inspects or keeps."""
    viewer = access.viewer_of(user)
    bodies = Unit.objects.without_tree_fields().filter(disseminated__dissemination=dissemination)
    if prepares(user, dissemination):
        return bodies
    inspected = Q(pk__in=viewer.subtree_of(roles.INSPECTOR))
    return bodies.filter(inspected | Q(pk__in=reach.units_kept_by(viewer).values("pk")))


def leads(user: User, unit: Unit) -> bool:
    """Whether `user` leads the body: he alone sees by name who has studied and who has not."""
    return reach.units_led_by(access.viewer_of(user)).filter(pk=unit.pk).exists()


def keeps(user: User, unit: Unit, *, fresh: bool = False) -> bool:
    """Whether `user` may record a session of the body: its head, secretary or officer; `fresh` asks at the act."""
    return reach.units_kept_by(access.viewer_of(user, fresh=fresh)).filter(pk=unit.pk).exists()


def bodies_of(dissemination: Dissemination) -> QuerySet[Unit]:
    """Whom it goes to, by name."""
    rows = Unit.objects.without_tree_fields().filter(disseminated__dissemination=dissemination)
    return rows.select_related("kind").order_by("sort_key", "code")


def kept_ids(user: User, dissemination: Dissemination) -> frozenset[int]:
    """Ids of the addressed bodies whose sittings `user` may record."""
    rows = reach.units_kept_by(access.viewer_of(user)).filter(disseminated__dissemination=dissemination)
    return frozenset(rows.order_by().values_list("pk", flat=True))


def led_ids(user: User, dissemination: Dissemination) -> frozenset[int]:
    """Ids of the addressed bodies that `user` leads."""
    rows = reach.units_led_by(access.viewer_of(user)).filter(disseminated__dissemination=dissemination)
    return frozenset(rows.order_by().values_list("pk", flat=True))


def people_of(unit: Unit) -> QuerySet[Person]:
    """Who is to study in `unit` today: whoever holds a post in it or belongs to it as a Party organisation, by name."""
    today = timezone.localdate()
    posts = Appointment.objects.current(today).filter(unit=unit).values("person")
    return Person.objects.present(today).filter(Q(pk__in=posts) | Q(party_cell=unit)).order_by("sort_key", "id")


def still_to_study(dissemination: Dissemination) -> QuerySet[Person]:
    """Who of all addressed bodies is to study it today and has not, each once."""
    today = timezone.localdate()
    bodies = DisseminationUnit.objects.filter(dissemination=dissemination).values("unit")
    posts = Appointment.objects.current(today).filter(unit__in=bodies).values("person")
    asked = Person.objects.present(today).filter(Q(pk__in=posts) | Q(party_cell__in=bodies))
    return asked.exclude(pk__in=dissemination.acknowledgements.values("person"))


def by_name(dissemination: Dissemination, unit: Unit) -> QuerySet[Person]:
    """The people of `unit`, who has not studied it first; each with `studied`, the list of his one acknowledgement."""
    own = dissemination.acknowledgements.select_related("recorded_by__person", "attendance")
    rows = people_of(unit).annotate(is_done=Exists(own.filter(person=OuterRef("pk"))))
    return rows.prefetch_related(Prefetch("acknowledgements", own, to_attr="studied")).order_by(
        "is_done", "sort_key", "id"
    )


def materials_of(dissemination: Dissemination) -> QuerySet[StoredFile]:
    """The files that are to be studied."""
    return StoredFile.objects.filter(object_type=LABEL, object_id=str(dissemination.uuid)).order_by("id")


def lists_kept_by(user: User) -> QuerySet[DisseminationUnit]:
    """Whose attendance lists `user` may open: of the bodies that he keeps, and of what he sends out."""
    viewer = access.viewer_of(user)
    own = Q(unit__in=reach.units_kept_by(viewer).values("pk"))
    sent = Q(dissemination__issuer__in=reach.bodies_prepared_by(viewer).values("pk"))
    return DisseminationUnit.objects.filter(own | sent)


def _addressed_to(person_id: int) -> QuerySet[DisseminationUnit]:
    posts = Appointment.objects.current(timezone.localdate()).filter(person=person_id, unit__isnull=False)
    cells = Person.objects.filter(pk=person_id, party_cell__isnull=False).values("party_cell")
    return DisseminationUnit.objects.filter(Q(unit__in=posts.values("unit")) | Q(unit__in=cells))


def register() -> None:
    """Open materials to who reads the dissemination, attendance lists to who keeps the body."""
    register_readers(LABEL, visible_to)
    register_readers(BODY_LABEL, lists_kept_by)
