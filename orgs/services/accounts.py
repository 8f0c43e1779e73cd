"""Accounts made in bulk from people, reset, deactivated: by an officer, with the history of it."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orgs import access
from orgs.models import Forbidden, Person, Refusal, Stale, User
from orgs.selectors import accounts as selectors
from orgs.services import audit

# No letter or digit that can be taken for another one on paper.
LETTERS = "abcdefghkmnpqrstuvwxyz23456789"
GROUPS, GROUP_LENGTH = 3, 4


@dataclass(frozen=True)
class Slip:
    """What is printed once and handed over: `password` exists nowhere else in plain text."""

    name: str
    username: str
    password: str
    unit: str = ""


def one_time_password() -> str:
    """A random password that can be read from paper: three groups of four, about 58 bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS))


@transaction.atomic
def create_accounts(*, people: Iterable[Person], actor: User) -> list[Slip]:
    """Make an account with a one-time password for each of `people` who has none; username = cadre code.

    Refuses as a whole when somebody is out of reach, has left, has no cadre code or the code is taken as a username.
    """
    asked = list(people)
    _refuse_out_of_reach(asked, actor)
    present = list(
        Person.objects.filter(pk__in=[person.pk for person in asked], account__isnull=True).order_by("sort_key")
    )
    if nameless := [person.full_name for person in present if not person.code]:
        raise Refusal(_("These people have no cadre code yet, so no username: %s.") % ", ".join(nameless[:10]))
    if gone := [person.full_name for person in present if person.ended_on and person.ended_on <= timezone.localdate()]:
        raise Refusal(_("These people have left the register: %s.") % ", ".join(gone[:10]))
    taken = User.objects.filter(username__in=[person.code for person in present]).values_list("username", flat=True)
    if taken:
        raise Refusal(_("These usernames are taken by other accounts: %s.") % ", ".join(taken))
    slips = [Slip(person.full_name, person.code, one_time_password()) for person in present]
    now = timezone.now()
    made = User.objects.bulk_create(
        User(
            username=slip.username,
            password=make_password(slip.password),
            person=person,
            email=person.email,
            must_change_password=True,
            password_issued_at=now,
        )
        for person, slip in zip(present, slips, strict=True)
    )
    for user in made:
        _record(actor, "account.create", user, username=user.username)
    return slips


@transaction.atomic
def reset_password(*, user: User, actor: User) -> Slip:
    """Give `user` a new one-time password; whoever is logged in with the old one is out on the next request."""
    _refuse_account_out_of_reach(user, actor)
    slip = Slip(str(user), user.username, one_time_password())
    user.set_password(slip.password)
    user.must_change_password = True
    user.password_issued_at = timezone.now()
    user.save(update_fields=["password", "must_change_password", "password_issued_at"])
    _record(actor, "account.reset_password", user)
    return slip


@transaction.atomic
def set_active(*, user: User, is_active: bool, reason: str, actor: User) -> User:
    """Deactivate or reactivate an account; accounts are never deleted. A deactivated one is out on the next request."""
    _refuse_account_out_of_reach(user, actor)
    if user.pk == actor.pk:
        raise Refusal(_("You cannot deactivate your own account."))
    if not reason.strip():
        raise Refusal(_("Give the reason."), field="note")
    row = User.objects.select_for_update().get(pk=user.pk)
    if row.is_active == is_active:
        raise Stale(_("Somebody else has changed this account since you opened it."))
    row.is_active = is_active
    row.save(update_fields=["is_active"])
    _record(actor, "account.activate" if is_active else "account.deactivate", row, texts={"note": reason})
    return row


@transaction.atomic
def change_own_password(*, user: User, password: str) -> None:
    """The account's own new password; it was checked by the form's validators."""
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    _record(user, "account.change_password", user)


def _refuse_out_of_reach(people: list[Person], actor: User) -> None:
    access.viewer_of(actor, fresh=True)
    asked = selectors.people_in_reach(actor).filter(pk__in=[person.pk for person in people])
    reached = set(asked.values_list("pk", flat=True))
    if outside := [person.full_name for person in people if person.pk not in reached]:
        raise Forbidden(_("Outside the units whose accounts you keep: %s.") % ", ".join(outside[:10]))


def _refuse_account_out_of_reach(user: User, actor: User) -> None:
    access.viewer_of(actor, fresh=True)
    if not selectors.visible_to(actor).filter(pk=user.pk).exists():
        raise Forbidden(_("This account is outside the units whose accounts you keep."))


def _record(actor: User, action: str, user: User, *, texts: dict[str, str] | None = None, **facts: object) -> None:
    audit.record_event(
        actor=actor, action=action, object_type="orgs.User", object_id=str(user.uuid), facts=facts, texts=texts
    )
