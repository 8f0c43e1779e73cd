"""Rules about tasks and targets, and about shares of units and members graded."""

from criteria.rating.facts import ROLES
from criteria.rating.situation import Found, RuleFunction, Situation, is_percent, one_of, percent_text, some_of
from criteria.regulation import Regulation, Rule

BLOCKS_OF_TASKS = one_of("tasks", "units_led")
BLOCKS = one_of("tasks", "units_led", "members_graded", "same_level_bodies", "collective_tasks")
PARTS = one_of("done", "on_time", "beyond", "completed_or_better", "good_or_better")

DONE = {"done": "Hoàn thành", "on_time": "Đúng tiến độ", "beyond": "Vượt mức"}
TASKS = {
    "tasks": "chỉ tiêu, nhiệm vụ được giao",
    "units_led": "chỉ tiêu, nhiệm vụ của đơn vị, lĩnh vực phụ trách",
    "collective_tasks": "nhiệm vụ của tập thể",
}
GRADED = {
    "units_led": "đơn vị, tổ chức trực thuộc",
    "members_graded": "thành viên",
    "same_level_bodies": "cơ quan, tổ chức cùng cấp",
}
AT_LEAST = {"completed_or_better": "completed", "good_or_better": "good"}


def share_below(situation: Situation, rule: Rule) -> Found | None:
    """A part of a block of counts stays below `percent` of its base."""
    if not situation.facts.knows(needs_share(situation.regulation, rule, situation.facts.subject)):
        return None
    work = situation.facts.work(rule.numbers["of"])
    part, base = getattr(work, rule.numbers["part"]), getattr(work, rule.numbers["base"])
    if part * 100 >= rule.numbers["percent"] * base:
        return None
    return Found({"part_count": str(part), "base_count": str(base), "share": percent_text(part, base)})


def tells_share(situation: Situation, rule: Rule) -> str:
    """How much of the base the part is."""
    block, part, base = rule.numbers["of"], rule.numbers["part"], rule.numbers["base"]
    work = situation.facts.work(block)
    reached, whole = getattr(work, part), getattr(work, base)
    if reached is None or not whole:
        return ""
    share = f"{percent_text(reached, whole)}%"
    if part in DONE:
        return f"{DONE[part]} {reached}/{whole} {TASKS[block]} ({share})."
    label = situation.regulation.grade_label(AT_LEAST[part])
    return f"{reached}/{whole} {GRADED[block]} được xếp loại {label} trở lên ({share})."


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


def concerns_graded(situation: Situation, rule: Rule) -> bool:
    """Not a body known to have subordinate units, or none, where the rule asks for the other."""
    units = situation.facts.subordinate_units
    return units is None or (units > 0) is (rule.numbers["units"] == "some")


def needs_graded(regulation: Regulation, rule: Rule, subject: str) -> tuple[str, ...]:
    """Whether there are subordinate units, the part and its base."""
    return "subordinate_units", *needs_share(regulation, rule, subject)


def quality_not_met(situation: Situation, rule: Rule) -> Found | None:
    """Some task was not done with the quality asked for."""
    return Found() if situation.facts.work(rule.numbers["of"]).quality_met is False else None


def tells_quality(situation: Situation, rule: Rule) -> str:
    """What was stated about quality."""
    known: dict[bool | None, str] = {
        True: "bảo đảm chất lượng, hiệu quả",
        False: "có nhiệm vụ chưa bảo đảm chất lượng, hiệu quả",
    }
    said = known.get(situation.facts.work(rule.numbers["of"]).quality_met)
    return f"Theo báo cáo: {said}." if said else ""


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


def tells_targets(situation: Situation, rule: Rule) -> str:
    """What was done, and what became of the main targets."""
    work = situation.facts.work(rule.numbers["of"])
    if work.done is None or not work.assigned or work.main_targets_missed is None:
        return ""
    targets = "không đạt" if work.main_targets_missed else "đạt"
    cause = " do bất khả kháng" if work.main_targets_missed and work.force_majeure else ""
    return f"{_done(rule.numbers['of'], work.done, work.assigned)}; {targets} các chỉ tiêu chủ yếu{cause}."


def _done(block: str, done: int, assigned: int) -> str:
    return f"Hoàn thành {done}/{assigned} {TASKS[block]} ({percent_text(done, assigned)}%)"


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


def tells_done(situation: Situation, rule: Rule) -> str:
    """What was done, and how much of the rest has a cause."""
    work = situation.facts.work(rule.numbers["of"])
    if work.done is None or not work.assigned:
        return ""
    cause = f"; {work.undone_objective} chưa hoàn thành vì nguyên nhân khách quan đã được xác nhận"
    return f"{_done(rule.numbers['of'], work.done, work.assigned)}{cause if work.undone_objective else ''}."


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


def concerns_member(situation: Situation, rule: Rule) -> bool:
    """Not somebody known to hold another role in the collective."""
    return situation.facts.role is None or situation.facts.role in rule.numbers["roles"]


def tells_collective_tasks(situation: Situation, rule: Rule) -> str:
    """What the collective did."""
    work = situation.facts.collective_tasks
    if work.done is None or not work.assigned:
        return ""
    return f"{_done('collective_tasks', work.done, work.assigned)}{'; do bất khả kháng' if work.force_majeure else ''}."


def needs_collective_tasks(regulation: Regulation, rule: Rule, subject: str) -> tuple[str, ...]:
    """The role, and what the collective was assigned and did."""
    return "role", "collective_tasks.assigned", "collective_tasks.done"


FUNCTIONS = {
    "share_below": RuleFunction(
        share_below,
        {"of": BLOCKS, "part": PARTS, "base": one_of("assigned", "total"), "percent": is_percent},
        frozenset({"part_count", "base_count", "share"}),
        needs_share,
        tells=tells_share,
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
        tells=tells_share,
        concerns=concerns_graded,
    ),
    "quality_not_met": RuleFunction(quality_not_met, {"of": BLOCKS_OF_TASKS}, needs=needs_quality, tells=tells_quality),
    "targets_missed": RuleFunction(
        targets_missed,
        {"of": BLOCKS_OF_TASKS, "percent": is_percent},
        frozenset({"done", "assigned", "share"}),
        needs_targets,
        tells=tells_targets,
    ),
    "undone_without_cause": RuleFunction(
        undone_without_cause,
        {"of": BLOCKS_OF_TASKS},
        frozenset({"undone", "assigned"}),
        needs_done,
        tells=tells_done,
    ),
    "collective_tasks_below": RuleFunction(
        collective_tasks_below,
        {"percent": is_percent, "roles": some_of(*ROLES)},
        frozenset({"done", "assigned", "share"}),
        needs_collective_tasks,
        tells=tells_collective_tasks,
        concerns=concerns_member,
    ),
    "objective_causes": RuleFunction(objective_causes, {"of": BLOCKS_OF_TASKS}, frozenset({"undone", "late"})),
}
