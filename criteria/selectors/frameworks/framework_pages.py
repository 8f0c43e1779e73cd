"""What the page of one framework shows to one reader, each thing asked once."""

from dataclasses import dataclass
from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from criteria import access as reach
from criteria.conformity import Result
from criteria.models import Framework, FrameworkCover, Revisit
from criteria.selectors.frameworks import conforming, frameworks, revisits
from orgs import access, guards, roles
from orgs.guards import Move
from orgs.models import User

ENDED = ("issued", "superseded")
ISSUE = "issue"
# While it is written, while the opinions are put together, and once the superior has sent it back.
EDITABLE = ("draft", "synthesis", "returned")


@dataclass(frozen=True)
class Page:
    """One framework before one reader. `held` are his parts in it, `moves` what he may do, with reasons against it."""

    framework: Framework
    held: frozenset[str]
    moves: tuple[Move, ...]
    missing: tuple[str, ...]
    result: Result | None
    prepares: bool
    prepares_any: bool

    @property
    def is_written(self) -> bool:
        """Whether the reader may write it now."""
        return self.prepares and self.framework.state in EDITABLE

    @property
    def is_superior(self) -> bool:
        """Whether the reader confirms changed texts here."""
        return roles.SUPERIOR in self.held and self.framework.state not in ENDED

    @cached_property
    def points(self) -> list[conforming.Point]:
        """What bars the issue towards the framework above."""
        return conforming.points_of(self.framework, self.result) if self.result else []

    @property
    def is_barred(self) -> bool:
        """Whether the page says above why it cannot be issued."""
        return bool(self.missing or self.points)

    def says_above(self, move: Move) -> bool:
        """Whether the reasons against `move` are those that the page lists before its acts: of the issue alone."""
        return move.name == ISSUE and bool(move.reasons) and self.is_barred

    def why(self, move: Move) -> str:
        """The reasons against a move."""
        return " ".join(move.reasons)

    @cached_property
    def covers(self) -> list[FrameworkCover]:
        """What it covers."""
        return list(self.framework.covers.select_related("job", "position", "collective", "unit"))

    @cached_property
    def revisit(self) -> Revisit | None:
        """What waits for it since the framework above has changed."""
        return revisits.open_for(self.framework) if self.framework.state in ENDED else None

    @property
    def may_supersede(self) -> bool:
        """Whether the reader may end it."""
        return any(move.name == "supersede" for move in self.moves)

    @property
    def may_except(self) -> bool:
        """Whether the reader may record an exception."""
        return self.prepares and self.framework.state not in ENDED


def is_editable(framework: Framework) -> bool:
    """Whether the framework is being written now."""
    return framework.state in EDITABLE and framework.frozen_at is None


def page_of(framework: Framework, user: User) -> Page:
    """The page of `framework` for `user`; the framework is read once, for the guards too."""
    is_open = framework.state not in ENDED
    result = conforming.remember(framework) if is_open else None
    held = access.roles_on(user, framework)
    bodies = set(reach.bodies_prepared_by(access.viewer_of(user)).values_list("pk", flat=True))
    return Page(
        framework=framework,
        held=held,
        moves=tuple(guards.moves(framework, user, held)),
        missing=tuple(frameworks.gaps(framework)) if is_open else (),
        result=result,
        prepares=framework.issuer_id in bodies,
        prepares_any=bool(bodies),
    )


def refuse_unless_written(framework: Framework, user: User) -> None:
    """PermissionDenied with the reason where `user` sees the framework but cannot write it now."""
    if framework.state not in EDITABLE:
        raise PermissionDenied(_("“%(document)s” is not being written now.") % {"document": framework})
    _refuse_stranger(framework, user)


def refuse_unless_prepared(framework: Framework, user: User) -> None:
    """PermissionDenied with the reason where `user` sees the framework but records nothing about it."""
    if framework.state in ENDED:
        raise PermissionDenied(_("“%(document)s” is not being written now.") % {"document": framework})
    _refuse_stranger(framework, user)


def _refuse_stranger(framework: Framework, user: User) -> None:
    if not reach.bodies_prepared_by(access.viewer_of(user)).filter(pk=framework.issuer_id).exists():
        raise PermissionDenied(_("You do not prepare this document."))
