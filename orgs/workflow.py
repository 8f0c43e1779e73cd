"""The workflow engine: states and transitions as rows, refused at import time when they do not hold together."""

from collections.abc import Iterable
from dataclasses import dataclass, field


class WorkflowError(Exception):
    """A table of rows that cannot be a procedure; raised while the module that holds it is imported."""


@dataclass(frozen=True)
class State:
    """One station of a document: who may look, which form is open, which milestone is its deadline."""

    name: str
    label: str
    readers: frozenset[str]
    form: str = ""
    due: str = ""
    final: bool = False


@dataclass(frozen=True)
class Transition:
    """One act: from where, to where, by whom, and the names of the guards that must be silent.

    `needs` names what the actor must give with the act: "reason" (a note), "document" (its number and date).
    """

    name: str
    source: str
    target: str
    by: frozenset[str]
    label: str
    guards: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Workflow:
    """A whole procedure of the documents `noun` ("reviews.Review"); `states[0]` is where every one of them begins."""

    name: str
    app: str
    states: tuple[State, ...]
    transitions: tuple[Transition, ...]
    noun: str
    _states: dict[str, State] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_states", {state.name: state for state in self.states})
        _refuse_duplicates(self.name, [state.name for state in self.states])
        _refuse_duplicates(self.name, [f"{row.source}:{row.name}" for row in self.transitions])
        for row in self.transitions:
            for end in (row.source, row.target):
                if end not in self._states:
                    raise WorkflowError(f"{self.name}: transition {row.name} names the unknown state {end}")
        lost = set(self._states) - self._reached({self.states[0].name}, forward=True)
        if lost:
            raise WorkflowError(f"{self.name}: unreachable states {sorted(lost)}")
        stuck = set(self._states) - self._reached({s.name for s in self.states if s.final}, forward=False)
        if stuck:
            raise WorkflowError(f"{self.name}: no final state can be reached from {sorted(stuck)}")

    def _reached(self, seen: set[str], *, forward: bool) -> set[str]:
        while True:
            more = {
                (row.target if forward else row.source)
                for row in self.transitions
                if (row.source if forward else row.target) in seen
            }
            if more <= seen:
                return seen
            seen = seen | more

    @property
    def initial(self) -> State:
        """The state in which a new document starts."""
        return self.states[0]

    def state(self, name: str) -> State:
        """The row of a state; KeyError when the procedure has none of that name."""
        return self._states[name]

    def leaving(self, state: str) -> tuple[Transition, ...]:
        """Every transition that leaves `state`, in the order of the table."""
        return tuple(row for row in self.transitions if row.source == state)

    def transition(self, state: str, name: str) -> Transition | None:
        """The transition `name` out of `state`, or None when there is no such move."""
        return next((row for row in self.leaving(state) if row.name == name), None)

    def readable_by(self, role: str) -> frozenset[str]:
        """Names of the states in which `role` may read the document."""
        return frozenset(state.name for state in self.states if role in state.readers)

    def moves_of(self, role: str) -> frozenset[str]:
        """Names of the states in which `role` holds the pen for at least one move."""
        return frozenset(row.source for row in self.transitions if role in row.by)


def _refuse_duplicates(workflow: str, names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise WorkflowError(f"{workflow}: {name} stands twice")
        seen.add(name)


def roles(*codes: str) -> frozenset[str]:
    """A set of role codes, so that a row of a table stays one line."""
    return frozenset(codes)


WORKFLOWS: dict[str, Workflow] = {}


def workflows_of(noun: str) -> list[Workflow]:
    """The procedures that documents of `noun` ("reviews.Review") may follow."""
    return [flow for flow in WORKFLOWS.values() if flow.noun == noun]


def register(workflow: Workflow) -> Workflow:
    """Make a workflow known by its name; two of the same name are refused."""
    if workflow.name in WORKFLOWS:
        raise WorkflowError(f"workflow {workflow.name} is registered twice")
    WORKFLOWS[workflow.name] = workflow
    return workflow
