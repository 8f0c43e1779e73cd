"""Rules about tasks and targets, and about shares of units and members graded."""

from criteria.rating.facts import ROLES
from criteria.rating.situation import Found, RuleFunction, Situation, is_percent, one_of, percent_text, some_of
from criteria.regulation import Regulation, Rule

BLOCKS_OF_TASKS = one_of("tasks", "units_led")
BLOCKS = one_of("tasks", "units_led", "members_graded", "same_level_bodies", "collective_tasks")
PARTS = one_of("done", "on_time", "beyond", "completed_or_better", "good_or_better")


def share_below(situation: Situation, rule: Rule) -> Found | None:
    """A part of a block of counts stays below `percent` of its base."""
    if not situation.facts.knows(needs_share(situation.regulation, rule, situation.facts.subject)):
        return None
    work = situation.facts.work(rule.numbers["of"])
    part, base = getattr(work, rule.numbers["part"]), getattr(work, rule.numbers["base"])
    if part * 100 >= rule.numbers["percent"] * base:
        return None
    return Found({"part_count": str(part), "base_count": str(base), "share": percent_text(part, base)})


def needs_share(regulation: Regulation, rule: Rule, subject: str) -> tuple[str, ...]:
    """The part and its base."""
    block = rule.numbers["of"]
    return f"{block}.{rule.numbers['part']}", f"{block}.{rule.numbers['base']}"


def graded_below(situation: Situation, rule: Rule) -> Found | None:
    """As share_below of grades, for bodies that have subordinate units ("some") or have none ("none")."""
    units = situation.facts.subordinate_units
    if units is None or (units > 0) is not (rule.numbers["units"] == "some"):
        return None
    return share_below(situation, rule)


def needs_graded(regulation: Regulation, rule: Rule, subject: str) -> tuple[str, ...]:
    """Whether there are subordinate units, the part and its base."""
    return "subordinate_units", *needs_share(regulation, rule, subject)


def quality_not_met(situation: Situation, rule: Rule) -> Found | None:
    """Some task was not done with the quality asked for."""
    return Found() if situation.facts.work(rule.numbers["of"]).quality_met is False else None


def needs_quality(regulation: Regulation, rule: Rule, subject: str) -> tuple[str, ...]:
    """Whether the quality was met."""
    return (f"{rule.numbers['of']}.quality_met",)


def targets_missed(situation: Situation, rule: Rule) -> Found | None:
    """Under `percent` of the targets done and the main ones missed, force majeure apart."""
    if not situation.facts.knows(needs_targets(situation.regulation, rule, situation.facts.subject)):
        return None
    work = situation.facts.work(rule.numbers["of"])
    if work.done is None or work.assigned is None or work.force_majeure or not work.main_targets_missed:
        return None
    if work.done * 100 >= rule.numbers["percent"] * work.assigned:
        return None
    share = percent_text(work.done, work.assigned)
    return Found({"done": str(work.done), "assigned": str(work.assigned), "share": share})


def needs_targets(regulation: Regulation, rule: Rule, subject: str) -> tuple[str, ...]:
    """What was assigned and done, and whether the main targets were missed."""
    block = rule.numbers["of"]
    return f"{block}.assigned", f"{block}.done", f"{block}.main_targets_missed"


def objective_causes(situation: Situation, rule: Rule) -> Found | None:
    """Some tasks are undone or late for a confirmed objective cause."""
    work = situation.facts.work(rule.numbers["of"])
    if not work.undone_objective and not work.late_objective:
        return None
    return Found({"undone": str(work.undone_objective), "late": str(work.late_objective)})


def undone_without_cause(situation: Situation, rule: Rule) -> Found | None:
    """Some task is not done, and not for a confirmed objective cause."""
    if not situation.facts.knows(needs_done(situation.regulation, rule, situation.facts.subject)):
        return None
    work = situation.facts.work(rule.numbers["of"])
    if work.done is None or work.assigned is None or work.done + work.undone_objective >= work.assigned:
        return None
    undone = work.assigned - work.done - work.undone_objective
    return Found({"undone": str(undone), "assigned": str(work.assigned)})


def needs_done(regulation: Regulation, rule: Rule, subject: str) -> tuple[str, ...]:
    """What was assigned and what was done."""
    return f"{rule.numbers['of']}.assigned", f"{rule.numbers['of']}.done"


def collective_tasks_below(situation: Situation, rule: Rule) -> Found | None:
    """The collective did less than `percent` of its tasks, force majeure apart; for those who hold one of the roles."""
    facts, work = situation.facts, situation.facts.collective_tasks
    if facts.role not in rule.numbers["roles"] or work.force_majeure:
        return None
    if not facts.knows(needs_collective_tasks(situation.regulation, rule, facts.subject)):
        return None
    if work.done is None or work.assigned is None or work.done * 100 >= rule.numbers["percent"] * work.assigned:
        return None
    share = percent_text(work.done, work.assigned)
    return Found({"done": str(work.done), "assigned": str(work.assigned), "share": share})


def needs_collective_tasks(regulation: Regulation, rule: Rule, subject: str) -> tuple[str, ...]:
    """The role, and what the collective was assigned and did."""
    return "role", "collective_tasks.assigned", "collective_tasks.done"


FUNCTIONS = {
    "share_below": RuleFunction(
        share_below,
        {"of": BLOCKS, "part": PARTS, "base": one_of("assigned", "total"), "percent": is_percent},
        frozenset({"part_count", "base_count", "share"}),
        needs_share,
    ),
    "graded_below": RuleFunction(
        graded_below,
        {
            "of": one_of("units_led", "members_graded", "same_level_bodies"),
            "part": one_of("completed_or_better", "good_or_better"),
            "base": one_of("total"),
            "percent": is_percent,
            "units": one_of("some", "none"),
        },
        frozenset({"part_count", "base_count", "share"}),
        needs_graded,
    ),
    "quality_not_met": RuleFunction(quality_not_met, {"of": BLOCKS_OF_TASKS}, needs=needs_quality),
    "targets_missed": RuleFunction(
        targets_missed,
        {"of": BLOCKS_OF_TASKS, "percent": is_percent},
        frozenset({"done", "assigned", "share"}),
        needs_targets,
    ),
    "undone_without_cause": RuleFunction(
        undone_without_cause, {"of": BLOCKS_OF_TASKS}, frozenset({"undone", "assigned"}), needs_done
    ),
    "collective_tasks_below": RuleFunction(
        collective_tasks_below,
        {"percent": is_percent, "roles": some_of(*ROLES)},
        frozenset({"done", "assigned", "share"}),
        needs_collective_tasks,
    ),
    "objective_causes": RuleFunction(objective_causes, {"of": BLOCKS_OF_TASKS}, frozenset({"undone", "late"})),
}
