"""Tell people what concerns them before the rating: a prompt, a return, a meeting."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from orgs.models import User
from orgs.services.messages import Letter, tell
from reviews.models import Meeting, Prompt, PromptContribution, Rating, Review, WorkingGroupMember
from reviews.selectors.addressees import (
    contributors_of,
    followers_of,
    members_answering,
    officers_of,
    summoned_to,
    writers_of,
)

SUBJECT = ("review__person", "review__collective")


def tell_prompted(prompt: Prompt, *, actor: User, note: str = "", document_ref: str = "") -> None:
    """Consequence of `issue`: who writes the review learns at once that an explanation is due."""
    tell(
        _letters(
            writers_of(prompt.review),
            lambda: (
                _("%(authority)s prompts you to explain before the review meeting (%(number)s)")
                % {"authority": prompt.authority, "number": prompt.number}
            ),
            key=f"prompt:{prompt.uuid}:{prompt.version}",
            url=reverse("reviews:prompt_detail", args=[prompt.uuid]),
            is_urgent=True,
            due_on=prompt.due_on,
        )
    )
    _tell_members(prompt)
    tell_followers(prompt)


def tell_followers(prompt: Prompt) -> None:
    """The working group of the superior learns whom it follows; each member once for a prompt."""
    tell(
        _letters(
            followers_of(prompt),
            lambda: _("You are in the working group that follows the prompt to %s") % prompt.review.subject,
            key=f"prompt-group:{prompt.uuid}",
            url=reverse("reviews:prompt_detail", args=[prompt.uuid]),
            due_on=prompt.due_on,
        )
    )


def _tell_members(prompt: Prompt) -> None:
    """The members named in a prompt to their collective learn which part is theirs."""
    tell(
        _letters(
            members_answering(prompt).exclude(pk__in=writers_of(prompt.review).values("pk")),
            lambda: (
                _("You answer for a part of the prompt to %(subject)s (%(number)s)")
                % {"subject": prompt.review.subject, "number": prompt.number}
            ),
            key=f"prompt-part:{prompt.uuid}:{prompt.version}",
            url=reverse("reviews:prompt_detail", args=[prompt.uuid]),
            due_on=prompt.due_on,
        )
    )


def tell_contribution_asked(row: PromptContribution) -> None:
    """Officers and head of the body asked learn what is wanted of it."""
    tell(
        _letters(
            contributors_of(row.unit),
            lambda: _("Your body is asked whom %s should prompt, and on what") % row.prompt_list.authority,
            body=row.question,
            key=f"contribution:{row.uuid}",
            url=reverse("reviews:contribution_give", args=[row.uuid]),
            due_on=row.due_on,
        )
    )


def tell_explanation_returned(prompt: Prompt, *, actor: User, note: str = "", document_ref: str = "") -> None:
    """Consequence of `return` of an explanation report: it is to be completed."""
    prompt.explained_at = None
    prompt.save(update_fields=["explained_at"])
    tell(
        _letters(
            writers_of(prompt.review),
            lambda: _("Your explanation report was returned for completion"),
            body=note,
            key=f"prompt-return:{prompt.uuid}:{prompt.version}",
            url=reverse("reviews:prompt_detail", args=[prompt.uuid]),
            is_urgent=True,
            due_on=prompt.due_on,
        )
    )


def tell_returned(review: Review, reason: str) -> None:
    """Who writes the review learns at once that it came back."""
    tell(
        _letters(
            writers_of(review),
            lambda: _("Returned for completion: %s") % review.subject,
            body=reason,
            key=f"return:{review.uuid}:{review.version}",
            url=reverse("reviews:review_detail", args=[review.uuid]),
            is_urgent=True,
        )
    )


def tell_ended(rating: Rating, ground: str, actor: User) -> None:
    """The officers of the body that would have appraised it learn that a rating ended without a grade, and why."""
    tell(
        _letters(
            officers_of(rating).exclude(pk=actor.pk),
            lambda: (
                _("%(subject)s, %(rating)s: recorded as exempt or not rated")
                % {"subject": rating.subject, "rating": rating.get_kind_display()}
            ),
            body=ground,
            key=f"ended:{rating.uuid}:{rating.version}",
            url=reverse("reviews:rating_detail", args=[rating.uuid]),
        )
    )


def tell_convened(meeting: Meeting) -> None:
    """Those summoned learn when and where the meeting is; again when the day changes."""
    day = f"{meeting.held_on:%d/%m/%Y}"
    place = ", ".join(filter(None, [f"{meeting.starts_at:%H:%M}" if meeting.starts_at else "", meeting.place]))
    tell(
        _letters(
            summoned_to(meeting),
            lambda: _("Review meeting of %(collective)s on %(day)s") % {"collective": meeting.collective, "day": day},
            body=place,
            key=f"meeting:{meeting.uuid}:{meeting.held_on:%Y%m%d}",
            url=reverse("reviews:home"),
            due_on=meeting.held_on,
        )
    )


def tell_followers_of_session(meeting: Meeting) -> None:
    """The working groups of the superior learn when the subject that each follows is heard."""
    day = f"{meeting.held_on:%d/%m/%Y}"
    followed = WorkingGroupMember.objects.filter(released_at=None, prompt__state__in=("issued", "explained"))
    prompts = Prompt.objects.filter(pk__in=followed.values("prompt"), review__agenda_items__meeting=meeting)
    for prompt in prompts.select_related(*SUBJECT):
        subject = prompt.review.subject
        tell(
            _letters(
                followers_of(prompt),
                lambda subject=subject: (
                    _("%(subject)s, which you follow, is heard on %(day)s") % {"subject": subject, "day": day}
                ),
                body=meeting.place,
                key=f"prompt-session:{prompt.uuid}:{meeting.uuid}:{meeting.held_on:%Y%m%d}",
                url=reverse("reviews:prompt_detail", args=[prompt.uuid]),
                due_on=meeting.held_on,
            )
        )


def _letters(users: Iterable[User], subject: object, *, key: str, **more: object) -> list[Letter]:
    found = []
    for user in users:
        with override(user.language or settings.LANGUAGE_CODE):
            found.append(Letter(recipient=user, subject=subject(), dedup_key=key, **more))
    return found
