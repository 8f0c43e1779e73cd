"""Acts on prompt lists, prompts and explanation reports."""

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from reviews.services.grading.conclusions import Session
from reviews.services.meeting import (
    deliveries,
    explanations,
    prompt_contributions,
    prompt_lists,
    prompt_outcomes,
    prompts,
)
from tests.access.played.acts.act import DOCUMENT, Act, put
from tests.reviews.papers import round as played
from tests.uploads import PDF

BASIS = "Kết luận số 15-KL/UBKTTU"


def words(text, made, item=None):
    return prompts.PromptText((prompts.MatterText(text, BASIS, made.today, item),), made.today)


def prompt_of(made, state="explained"):
    return put(made.review("an").prompts.get(), state)


def item_of(made, state="explained"):
    return prompt_of(made, state).items.get()


def list_of(made, state="drafting"):
    return put(made.review("an").prompts.get().prompt_list, state)


def new_list(made, _late):
    province = made.province
    return {
        "cycle": made.cycle,
        "authority": province.collectives["BCSD"],
        "advisory_unit": province.units["SNV"],
    }


def new_prompt(made, _late, short="dung"):
    list_of(made)
    return {
        "review": made.review(short),
        "authority": made.province.collectives["BTV-TU"],
        "advisory_unit": made.province.units["BTCTU"],
        "text": words(played.MATTER, made),
    }


def drafted(made, short="dung"):
    return prompts.create_prompt(**new_prompt(made, 0, short), actor=made.user("giang"))


def draft_prompt(made, late):
    row = drafted(made)
    return {"prompt": row, "text": words("Chậm tham mưu.", made), "version": row.version - late}


def members(made, late):
    row = drafted(made, "TT-SYT")
    parts = {made.province.people["dung"].pk: "Phụ trách chung"}
    return {"item": row.items.get(), "parts": parts, "version": row.version - late}


def decision(made, late):
    drafted(made)
    row = list_of(made, "proposed")
    session = Session("99-CV/TU", made.today, made.today, "Nguyễn Văn Ký", "BÍ THƯ")
    return {"prompt_list": row, "session": session, "version": row.version - late}


def note_needed(made, late):
    row = list_of(made)
    return {"prompt_list": row, "is_needed": True, "version": row.version - late}


def question(made, _late):
    return {"prompt_list": list_of(made), "unit": made.province.units["SNV"]}


def asked(made):
    return list_of(made).contributions.create(unit=made.province.units["SYT"], asked_by=made.user("giang"))


def contribution(made, late):
    row = asked(made)
    given = prompt_contributions.Given("Không có nội dung gợi ý.", made.today)
    return {"contribution": row, "given": given, "version": row.version - late}


def waived(made, late):
    row = asked(made)
    return {"contribution": row, "reason": "Quá hạn", "version": row.version - late}


def unopened(made, _late):
    row = prompt_of(made, "issued")
    row.receipts.all().delete()
    return {"prompt": row}


def handed(made, _late):
    more = {"receiver": "Văn thư", "received_on": made.today, "document": ""}
    return {"prompt": prompt_of(made, "issued"), **more}


def follower(made, _late):
    more = {"person": made.province.people["dung"], "task": "", "document": DOCUMENT}
    return {"prompt": prompt_of(made), **more}


def followed(made, _late):
    given = follower(made, 0)
    return {"member": deliveries.name_group_member(**given, actor=made.user("giang"))}


def explanation(made, late):
    item = item_of(made, "issued")
    answer = explanations.Answer("Nguyên nhân khác.", "Tôi nhận trách nhiệm.", "Không.", "Đã xong.", date(2025, 5, 5))
    return {"item": item, "answer": answer, "version": item.explanation.version - late}


def evidence(made, _late):
    return {"item": item_of(made, "issued"), "upload": SimpleUploadedFile("a.pdf", PDF), "title": "Biên bản"}


def attached(made, _late):
    return {"evidence": explanations.attach_evidence(**evidence(made, 0), actor=made.user("an"))}


def note(made, late):
    row = prompt_of(made)
    return {"prompt": row, "mark": "more_needed", "text": "Thiếu minh chứng.", "version": row.version - late}


def outcome(made, late):
    concluded = prompt_outcomes.Concluded("unclear", "Chưa rõ trách nhiệm giám sát.")
    return {"item": item_of(made), "concluded": concluded, "version": 0 - late}


ACTS = (
    Act(prompt_lists.open_list, "ha", new_list),
    Act(prompt_lists.record_decision, "lan", decision),
    Act(prompt_lists.set_note_needed, "giang", note_needed),
    Act(prompt_contributions.ask_contribution, "giang", question),
    Act(prompt_contributions.give_contribution, "khanh", contribution),
    Act(prompt_contributions.waive_contribution, "giang", waived),
    Act(prompts.create_prompt, "giang", new_prompt),
    Act(prompts.edit_prompt, "giang", draft_prompt),
    Act(prompts.name_members, "giang", members),
    Act(deliveries.open_prompt, "an", unopened),
    Act(deliveries.record_receipt, "nga", handed, again=True),
    Act(deliveries.name_group_member, "giang", follower),
    Act(deliveries.release_group_member, "giang", followed),
    Act(explanations.save_explanation, "an", explanation),
    Act(explanations.attach_evidence, "an", evidence),
    Act(explanations.withdraw_evidence, "an", attached),
    Act(explanations.note_explanation, "giang", note),
    Act(prompt_outcomes.conclude_matter, "nga", outcome),
)
