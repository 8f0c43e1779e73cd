"""The head of the former place gives his comment on somebody who moved, himself and dated."""

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from orgs import access, roles
from orgs.models import Forbidden, Refusal, RoleGrant, Stale, User
from orgs.services.messages import Letter, tell
from reviews.models import Opinion, OpinionStatus, Rating
from reviews.selectors.grading.former_comments import asked_of
from reviews.services.grading.opinions import OPEN_STATES, Received, keep_received, record


@transaction.atomic
def give_comment(
    *, opinion: Opinion, received: Received, version: int, actor: User, upload: UploadedFile | None = None
) -> Opinion:
    """Give the comment that was asked of a place which `actor` heads, or mend the one that he gave; the officers who
    asked are told. Nobody proposes a grade here.

    Refuses: who does not head that place, a comment on oneself, a grade that is decided, a comment that came on paper
    or was waived, what `keep_received` refuses.
    """
    rating = Rating.objects.select_for_update(of=("self",)).select_related("person").get(pk=opinion.rating_id)
    access.viewer_of(actor, fresh=True)
    if not asked_of(actor).filter(pk=opinion.pk).exists():
        raise Forbidden(_("Only the head of the former place gives this comment."))
    row = Opinion.objects.select_for_update(of=("self",)).get(pk=opinion.pk)
    row.rating = rating
    if reason := reason_against_giving(row):
        raise Stale(reason)
    if row.version != version:
        raise Stale(_("Somebody else has changed this opinion since you opened it."))
    if received.grade:
        raise Refusal(_("The former place comments; it proposes no grade."), field="grade")
    keep_received(row, received, actor, upload)
    row.given_by = actor
    row.save()
    record(actor, "opinion.give", row, role=roles.UNIT_HEAD)
    _tell_officers(row)
    return row


def reason_against_giving(row: Opinion) -> str:
    """Why the comment cannot be given or mended any more; empty while it can."""
    if row.rating.state not in OPEN_STATES:
        return _("The grade is decided: the comment can no longer be given or changed.")
    if row.status == OpinionStatus.WAIVED:
        return _("The officer goes on without this comment.")
    if row.status == OpinionStatus.RECEIVED and row.given_by_id is None:
        return _("The officer entered this comment from its document already.")
    return ""


def _tell_officers(row: Opinion) -> None:
    unit, day = row.rating.appraising_unit_id, timezone.localdate()
    grants = RoleGrant.objects.current(day).filter(role=roles.OFFICER, unit=unit, user__is_active=True)
    with override("vi"):
        subject = _("%(place)s commented on %(about)s") % {"place": row.unit, "about": row.rating.person}
    url = reverse("reviews:opinion_list", args=[row.rating.uuid])
    tell(
        Letter(grant.user, subject, f"opinion:{row.uuid}:given:{row.version}", url=url)
        for grant in grants.select_related("user").order_by("pk")
        if grant.user.person_id != row.rating.person_id
    )
