"""Consultations in the scene of the access matrix: one that is out, one that is a draft, an answer, a kept remark."""

from tests.access.played.acts import consulting


def asked(made):
    """The province's committee asks Sở Kế hoạch và Đầu tư and Sở Y tế; Nga wrote a remark that was not taken."""
    draft = consulting.draft(made, "Dự thảo lấy ý kiến")
    kept = consulting.kept_by(made)
    other = consulting.addressees.Recipient(unit=made.province.units["SYT"])
    again = consulting.draft(made, "Lấy ý kiến hai sở")
    consulting.addressees.add_addressees(
        consultation=again, recipients=[other], version=again.version, actor=made.user("giang")
    )
    again = consulting.advance(again, "open", actor=made.user("giang"), version=again.version + 1)
    return {
        "consultation": again,
        "draft_consultation": draft,
        "draft_text": draft.texts.get(),
        "consulted_clause": consulting.clause(again),
        "reply": consulting.reply(made, again),
        "kept_remark": kept,
    }
