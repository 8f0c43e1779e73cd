"""Works and what hangs on them: who reads which, the files of a note, the support that waits for a body."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet, prefetch_related_objects
from django.utils import timezone

from orgs import access, roles
from orgs.models import StoredFile, User
from orgs.selectors.files import register_readers
from orgs.selectors.successions import SuccessionBook
from registrations.models import (
    Obstacle,
    PersonalPlanLine,
    ProgressNote,
    Registration,
    SupportRequest,
    Work,
    WorkChange,
    WorkDirection,
)
from registrations.selectors.works import registrations
from registrations.selectors.works.successions import body_of
from registrations.workflow import ASKED_FOR_SUPPORT

LABEL, NOTE_LABEL, SUPPORT_LABEL = "registrations.Work", "registrations.ProgressNote", "registrations.SupportRequest"
REGISTERED, CATALOGUE, UNDER_WAY, CHANGE_ASKED = "registered", "catalogue", "under_way", "change_asked"
REPORTED = ("reported_done", "reported_not_done", "reported_changed")
VERIFIED = ("verified", "weighed")
RUNNING = (CATALOGUE, UNDER_WAY, CHANGE_ASKED)
# Once received; what was only written, or withdrawn with its registration, stands in no catalogue.
ENTERED = (*RUNNING, *REPORTED, *VERIFIED)
OPEN_REQUEST, ANSWERED_REQUEST = "open", "answered"
RELATED = ("registration__person", "registration__collective", "registration__unit")


@dataclass(frozen=True)
class Course:
    """Everything that happened to one work, in five lists, and the evidence of its outcome."""

    notes: tuple[ProgressNote, ...]
    obstacles: tuple[Obstacle, ...]
    directions: tuple[WorkDirection, ...]
    requests: tuple[SupportRequest, ...]
    changes: tuple[WorkChange, ...]
    files: tuple[StoredFile, ...]

    @property
    def pending_change(self) -> WorkChange | None:
        """The change that lies before the receiving body."""
        return next((row for row in self.changes if row.decided_at is None), None)


def visible_to(user: User) -> QuerySet[Work]:
    """The works of the registrations that `user` may read."""
    return Work.objects.select_related(*RELATED).filter(access.along("registration__", registrations.reach_of(user)))


def entered(rows: QuerySet[Work]) -> QuerySet[Work]:
    """Those that stand in the catalogue, whatever became of them since."""
    return rows.filter(state__in=ENTERED)


def lines_visible_to(user: User) -> QuerySet[PersonalPlanLine]:
    """The lines of the personal plans of the registrations that `user` may read."""
    rows = PersonalPlanLine.objects.select_related("registration__person", "registration__collective", "shortcoming")
    return rows.filter(registration__in=registrations.visible_to(user).values("pk"))


def course_of(work: Work) -> Course:
    """What happened to the work; one query a list, and one for all files. Its guards find the changes read."""
    notes = list(work.notes.select_related("written_by__person"))
    of_notes = Q(object_type=NOTE_LABEL, object_id__in=[str(note.uuid) for note in notes])
    files: dict[str, list[StoredFile]] = {}
    of_work = Q(object_type=LABEL, object_id=str(work.uuid))
    for file in StoredFile.objects.filter(of_notes | of_work).order_by("id"):
        files.setdefault(file.object_id, []).append(file)
    for note in notes:
        note.files = files.get(str(note.uuid), [])
    changes = WorkChange.objects.select_related("asked_by__person", "decided_by__person")
    prefetch_related_objects([work], Prefetch("changes", changes))
    obstacles = list(work.obstacles.select_related("waits_for", "written_by__person", "solved_by__person"))
    requests = list(work.support_requests.select_related("body", "answered_by__person"))
    follow_bodies([*obstacles, *requests])
    return Course(
        tuple(notes),
        tuple(obstacles),
        tuple(work.directions.select_related("entered_by__person")),
        tuple(requests),
        tuple(work.changes.all()),
        tuple(files.get(str(work.uuid), ())),
    )


def requests_visible_to(user: User) -> QuerySet[SupportRequest]:
    """The requests of works that `user` may read, and those put before a body for which he answers."""
    rows = SupportRequest.objects.select_related("body", "answered_by__person", *(f"work__{name}" for name in RELATED))
    reached = access.document_scope(SUPPORT_LABEL, access.viewer_of(user))
    own = Q(work__registration__in=registrations.visible_to(user).values("pk"))
    return access.within(rows, reached | own)


def asked_of(user: User) -> QuerySet[SupportRequest]:
    """What bodies for which `user` answers were asked, open ones by their last day first."""
    viewer, reached = access.viewer_of(user), access.NOTHING
    for role in ASKED_FOR_SUPPORT:
        rows = access.reach_of(SUPPORT_LABEL, role, viewer)
        reached = reached if rows is None else reached | rows
    rows = SupportRequest.objects.select_related("body", *(f"work__{name}" for name in RELATED))
    return access.within(rows, reached).order_by("due_on", "id")


def follow_bodies(rows: Iterable[SupportRequest | Obstacle]) -> list[Any]:
    """`rows`, each with `way`: how its body was abolished and in which it goes on; one query where any was."""
    found, today = list(rows), timezone.localdate()
    is_moved = any((body := body_of(row)) and body.ended_on and body.ended_on <= today for row in found)
    book = SuccessionBook(today) if is_moved else None
    for row in found:
        body = body_of(row)
        row.way = book.way_of(body.pk) if book and body else ()
    return found


def answers_for(user: User, request: SupportRequest, *, fresh: bool = False) -> bool:
    """Whether `user` answers for the body that was asked."""
    return bool(access.roles_on(user, request, among=ASKED_FOR_SUPPORT, fresh=fresh))


def waiting_for_receiver(user: User) -> QuerySet[Work]:
    """Changes to be consented to and outcomes to be verified by `user`, his own left out; the oldest first."""
    reached = access.reach_of(LABEL, roles.OFFICER, access.viewer_of(user))
    if reached is None:
        return Work.objects.none()
    rows = Work.objects.select_related(*RELATED).filter(state__in=(CHANGE_ASKED, *REPORTED))
    rows = rows.exclude(registration__person__isnull=False, registration__person=user.person_id)
    return access.within(rows, reached).order_by("state_since", "id")


def with_works(rows: QuerySet[Registration]) -> QuerySet[Registration]:
    """`rows`, each with its works read beside it."""
    return rows.prefetch_related(Prefetch("works", in_form_order()))


def is_overdue(request: SupportRequest) -> bool:
    """Whether the body should have answered by now."""
    return request.state == OPEN_REQUEST and request.due_on < timezone.localdate()


def in_form_order() -> QuerySet[Work]:
    """Works as the form has them, for who reads them along with their registrations."""
    return Work.objects.order_by("kind", "order", "id")


def counted(rows: QuerySet[Work]) -> QuerySet[Work]:
    """`rows` with `open_obstacles` and `open_requests`, for lists that say what a work waits for."""
    return rows.annotate(
        open_obstacles=Count("obstacles", filter=Q(obstacles__solved_on=None), distinct=True),
        open_requests=Count("support_requests", filter=Q(support_requests__state=OPEN_REQUEST), distinct=True),
    )


def _note_readers(user: User) -> QuerySet[ProgressNote]:
    return ProgressNote.objects.filter(work__in=visible_to(user).values("pk"))


def register() -> None:
    """Open the evidence to who reads the work; called from `AppConfig.ready`."""
    register_readers(registrations.LABEL, registrations.visible_to)
    register_readers(LABEL, visible_to)
    register_readers(NOTE_LABEL, _note_readers)
