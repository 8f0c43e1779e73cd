"""Acts on frameworks below others: made concrete, brought in, confirmed, excepted, looked at again."""

from criteria import conformity
from criteria.models import Criterion, Framework, Revisit
from criteria.selectors.frameworks import conforming
from criteria.selectors.frameworks.framework_files import record_of
from criteria.services.frameworks import conformities, framework_files, frameworks, revisits
from tests.access.played.acts.act import DOCUMENT, Act, put


def above(made):
    """An issued framework of the province."""
    found = Framework.objects.filter(title="Khung trên").first()
    if found is None:
        copied = frameworks.copy_framework(framework=made.cycle.frameworks.first().framework, actor=made.user("giang"))
        group = copied.groups.create(order=90, number="IX", title="Nhóm", group_key="results")
        criterion = group.criteria.create(order=1, number="1", code="IX.1", title="Tiêu chí", item_key="")
        criterion.levels.create(level="good", text="Hoàn thành tốt.")
        found = put(copied, "issued", title="Khung trên", number="31-HD/TU", issued_on=made.today)
    return found


def own_criterion(framework):
    """The criterion that concretises the one of the framework above."""
    return Criterion.objects.get(group__framework=framework, code="IX.1")


def child(made):
    """A draft of Sở Y tế below it."""
    unit = made.province.units["SYT"]
    return frameworks.concretise_framework(framework=above(made), issuer=unit, actor=made.user("khanh"))


def concretised(made, _late):
    return {"framework": above(made), "issuer": made.province.units["SYT"]}


def brought_in(made, _late):
    row = put(child(made), "issued", number="32-KH/SYT", issued_on=made.today)
    return {"source": conformity.to_json(record_of(row))}


def departing(made, _late):
    row = child(made)
    Criterion.objects.filter(pk=own_criterion(row).pk).update(concretises="")
    breach = conforming.standing_breaches(row)[0]
    given = {"framework": row, "code": breach.code, "path": breach.named}
    return {**given, "document": DOCUMENT, "reason": "Đặc thù của ngành."}


def changed_text(made, _late):
    row = put(child(made), "submitted")
    level = own_criterion(row).levels.get()
    level.text = "Câu chữ khác."
    level.save()
    texts = {"text_sha256": level.text, "above_sha256": conforming.text_above(row, level)}
    given = {"criterion": level.criterion, "level": level.level}
    given |= {name: conforming.digest_of(text) for name, text in texts.items()}
    return {**given, "document": DOCUMENT, "confirmed_on": made.today}


def asked_again(made, late):
    row = Revisit.objects.create(framework=put(child(made), "issued"), parent_before=above(made), asked_on=made.today)
    return {"revisit": row, "decision": "keep", "reason": "Vẫn phù hợp.", "version": row.version - late}


ACTS = (
    Act(frameworks.concretise_framework, "khanh", concretised, again=True),
    Act(framework_files.import_framework, "khanh", brought_in, again=True),
    Act(conformities.record_exception, "khanh", departing),
    Act(conformities.confirm_level, "giang", changed_text),
    Act(revisits.decide_revisit, "khanh", asked_again),
)
