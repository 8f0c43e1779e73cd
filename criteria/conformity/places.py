"""Where something stands in a framework: by its place in the file, and by codes, which a new order does not change."""

from dataclasses import dataclass

from criteria.conformity.model import Criterion, Framework, Group


@dataclass(frozen=True, slots=True)
class Place:
    """`path` is groups[1].criteria[0].levels.good, `named` the same as criteria['II.1'].levels.good."""

    path: str
    named: str

    def below(self, name: str) -> "Place":
        """The place of a value of this object."""
        return Place(f"{self.path}.{name}", f"{self.named}.{name}")

    def in_parent(self) -> "Place":
        """The same place, said to be in the parent."""
        return Place(f"parent.{self.path}", f"parent.{self.named}")


@dataclass(frozen=True, slots=True)
class PlacedGroup:
    """A group and where it stands."""

    group: Group
    place: Place


@dataclass(frozen=True, slots=True)
class PlacedCriterion:
    """A criterion, the group that it stands in, and where."""

    group: Group
    criterion: Criterion
    place: Place


def field(name: str) -> Place:
    """The place of a value of the framework itself."""
    return Place(name, name)


def groups_of(framework: Framework) -> tuple[PlacedGroup, ...]:
    """Every group, in order."""
    return tuple(
        PlacedGroup(group, Place(f"groups[{number}]", f"groups['{group.code}']"))
        for number, group in enumerate(framework.groups)
    )


def criteria_of(framework: Framework) -> tuple[PlacedCriterion, ...]:
    """Every criterion, in order."""
    return tuple(
        PlacedCriterion(
            placed.group,
            criterion,
            Place(f"{placed.place.path}.criteria[{number}]", f"criteria['{criterion.code}']"),
        )
        for placed in groups_of(framework)
        for number, criterion in enumerate(placed.group.criteria)
    )
