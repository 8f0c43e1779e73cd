"""Within which group the quota is counted: the groupings that the regulation names, carried out on the register."""

from collections.abc import Callable
from dataclasses import dataclass

from criteria.regulation import Regulation
from orgs.models import Appointment, Collective, CollectiveKind, Person, Unit
from orgs.selectors.authority import Authority
from reviews.selectors.enrolling.places import is_leader
from reviews.selectors.enrolling.roster import Roster

Subject = Person | Collective | Unit
CODE_LENGTH, TITLE_LENGTH = 120, 300
NOT_LEADING_ORDER = 900
BODIES = {
    CollectiveKind.PARTY_COMMITTEE: "Cấp ủy, ban thường vụ cấp ủy",
    CollectiveKind.PARTY_CELL: "Chi ủy",
    CollectiveKind.LEADERSHIP: "Tập thể lãnh đạo, quản lý",
    CollectiveKind.MASS_ORGANISATION: "Ban thường trực, ban lãnh đạo hội, đoàn thể",
}


@dataclass(frozen=True)
class Group:
    """A peer group as it will be written; `order` puts higher posts first."""

    code: str
    title: str
    order: int = 100


class Groupings:
    """Gives each rating its group; the titles of equivalent posts are gathered once."""

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        self._rule = _rules_of(roster.law)
        self._peers = _names_of_peers(roster)
        self._by_key: dict[str, Callable[[Subject, Authority], Group]] = {
            "collectives": self._by_function,
            "equivalent_positions": self._by_position,
            "grassroots_party_organisation": self._by_grassroots,
        }

    def of(self, kind: str, subject: Subject, authority: Authority, law: Regulation | None = None) -> Group:
        """The group of one rating, by the regulation's rule for this kind; by place of work where it has none.

        `law` is another regulation than the cycle's: nobody is compared across two regulations.
        """
        rules = self._rule if law is None else _rules_of(law)
        group = self._by_key.get(rules.get(kind, ""), self._by_place)(subject, authority)
        code, title = group.code, group.title
        if law is not None:
            code, title = f"{law.number}:{code}", f"{title} ({law.number})"
        return Group(code[:CODE_LENGTH], title[:TITLE_LENGTH], group.order)

    def _by_function(self, subject: Subject, authority: Authority) -> Group:
        if isinstance(subject, Unit):
            return Group(f"organisation:{subject.kind_id}", f"Tổ chức, cơ quan, đơn vị: {self._kind(subject)}")
        unit = self.roster.unit(subject.unit_id)
        title = BODIES[CollectiveKind(subject.kind)]
        return Group(subject.peer_code or f"{subject.kind}:{unit.kind_id}", f"{title}: {self._kind(unit)}")

    def _by_position(self, subject: Subject, authority: Authority) -> Group:
        post = next((post for post in self._by_rank(subject) if post.position and post.position.is_leading), None)
        if post is None:
            return self._by_place(subject, authority)
        code = post.position.peer_code or f"position:{post.position.code}"
        return Group(code, self._peers[code], post.position.rank)

    def _by_rank(self, person: Person) -> list[Appointment]:
        posts = [post for post in self.roster.posts_of(person) if post.position]
        return sorted(posts, key=lambda post: (post.position.rank, not post.is_main))

    def _by_grassroots(self, subject: Subject, authority: Authority) -> Group:
        unit = self._grassroots(subject.party_cell_id, authority.deciding_collective.unit_id)
        return Group(f"party:{unit.code}", f"Đảng viên {unit.name}")

    def _grassroots(self, cell_id: int, deciding_id: int) -> Unit:
        """The deciding Party organisation, unless it stands above other committees: then the one right below it."""
        chain = list(self.roster.book.tree.chain(cell_id))
        ids = [unit.pk for unit in chain]
        if deciding_id not in ids or ids.index(deciding_id) == 0:
            return chain[0]
        below = self.roster.book.tree.subtree([deciding_id]) - {deciding_id}
        is_above_committees = any(
            row.unit_id in below and row.kind == CollectiveKind.PARTY_COMMITTEE for row in self.roster.collectives
        )
        return chain[ids.index(deciding_id) - (1 if is_above_committees else 0)]

    def _by_place(self, subject: Subject, authority: Authority) -> Group:
        posts = self.roster.posts_of(subject) if isinstance(subject, Person) else []
        unit = self.roster.unit(posts[0].unit_id) if posts else None
        leads = is_leader(posts)
        title = "Giữ chức vụ lãnh đạo, quản lý" if leads else "Không giữ chức vụ lãnh đạo, quản lý"
        place = f" - {unit.name}" if unit else ""
        code = f"{'leading' if leads else 'not_leading'}:{unit.code if unit else '-'}"
        return Group(code, f"{title}{place}", NOT_LEADING_ORDER)

    def _kind(self, unit: Unit) -> str:
        return self.roster.kinds[unit.kind_id]


def _rules_of(law: Regulation) -> dict[str, str]:
    return {kind: row.key for row in law.quota.groups for kind in row.ratings}


def _names_of_peers(roster: Roster) -> dict[str, str]:
    names: dict[str, list[tuple[int, str]]] = {}
    for posts in roster.posts.values():
        for post in posts:
            if post.position:
                code = post.position.peer_code or f"position:{post.position.code}"
                names.setdefault(code, []).append((post.position.rank, post.position.name))
    titles = {}
    for code, found in names.items():
        ordered = [name for _rank, name in sorted(set(found))]
        titles[code] = ordered[0] if len(ordered) == 1 else f"{ordered[0]} và tương đương"
    return titles
