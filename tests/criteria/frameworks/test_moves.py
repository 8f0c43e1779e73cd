"""Submitted, agreed, returned, issued, superseded: who may, what stands in the way, what follows."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from criteria.models import ConformityException, Criterion, CriterionLevel, Framework, LevelConfirmation, Revisit
from criteria.selectors.frameworks import conforming, framework_lineage
from criteria.selectors.frameworks import frameworks as selectors
from criteria.services.frameworks import conformities, frameworks, revisits
from orgs.models import AuditEvent, Blocked, Forbidden, Message, Refusal, Stale
from orgs.services.transitions import advance

pytestmark = pytest.mark.django_db
DOCUMENT = "CV 12-CV/BTCTU ngày 05/11/2024"


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def text_of(framework, code, level):
    return CriterionLevel.objects.get(criterion__group__framework=framework, criterion__code=code, level=level)


def change(framework, code="2", level="good", text="Hoàn thành các nhiệm vụ được giao, có sản phẩm cụ thể."):
    row = text_of(framework, code, level)
    row.text = text
    row.save()
    return row


def confirm(frames, framework, row, name="giang", **more):
    given = {
        "criterion": row.criterion,
        "level": row.level,
        "text_sha256": conforming.digest_of(row.text),
        "above_sha256": conforming.digest_of(conforming.text_above(framework, row)),
        "document": DOCUMENT,
        "confirmed_on": date(2024, 11, 5),
    }
    return conformities.confirm_level(**{**given, **more}, actor=frames.user(name))


def test_child_holds_every_criterion_and_conforms(frames):
    above = frames.issued()
    child = frames.child(above)
    assert (child.state, child.parent, child.issuer.code, child.edition) == ("draft", above, "SYT", 1)
    assert child.title == "Khung của TU, Sở Y tế"
    codes = list(Criterion.objects.filter(group__framework=child).values_list("code", "concretises"))
    assert codes == [(code, code) for code, _ in codes]
    assert len(codes) == Criterion.objects.filter(group__framework=above).count()
    assert conforming.result_of(child).conforms
    assert frames.issue(child, "khanh", "07-KH/SYT").state == "issued"


def test_only_issued_frameworks_are_concretised_by_the_own_body(frames):
    draft = frames.own()
    with pytest.raises(Refusal, match="đã ban hành"):
        frames.child(draft)
    above = frames.issue(draft)
    for name in ("an", "ha", "tu", "chi"):
        with pytest.raises(Forbidden):
            frames.child(above, actor=name)


def test_required_criterion_that_is_left_out_bars_the_issue_with_its_clause(frames):
    child = frames.child(frames.issued())
    gone = Criterion.objects.get(group__framework=child, code="2")
    gone.levels.all().delete()
    gone.delete()
    with pytest.raises(Blocked) as blocked:
        frames.issue(child, "khanh")
    assert "Thiếu tiêu chí bắt buộc 2 “" in str(blocked.value)
    assert fresh(child).state == "draft"


def test_exception_with_document_lets_the_departure_stand(frames):
    child = frames.child(frames.issued())
    Criterion.objects.filter(group__framework=child, code="2").update(concretises="")
    breach = next(row for row in conforming.standing_breaches(fresh(child)) if row.code == "missing_required")
    given = {"framework": child, "code": breach.code, "path": breach.named, "document": DOCUMENT, "reason": "Đặc thù."}
    for name in ("an", "giang", "chi"):
        with pytest.raises(Forbidden):
            conformities.record_exception(**given, actor=frames.user(name))
    for wrong in ({"document": " "}, {"reason": " "}, {"path": "parent.criteria['9']"}, {"code": "weight_sum"}):
        with pytest.raises(Refusal):
            conformities.record_exception(**{**given, **wrong}, actor=frames.user("khanh"))
    assert not ConformityException.objects.exists()
    conformities.record_exception(**given, actor=frames.user("khanh"))
    assert conforming.standing_breaches(fresh(child)) == []
    assert frames.issue(child, "khanh").state == "issued"
    with pytest.raises(Refusal):
        conformities.record_exception(**given, actor=frames.user("khanh"))


def test_changed_text_waits_for_an_officer_of_the_superior(frames):
    child = frames.child(frames.issued())
    row = change(child)
    assert [breach.code for breach in conforming.standing_breaches(fresh(child))] == ["level_changed"]
    with pytest.raises(Blocked, match="chưa được cơ quan ban hành khung cấp trên xác nhận"):
        frames.issue(child, "khanh")
    for name in ("khanh", "chi", "ha", "an", "tu"):
        with pytest.raises(Forbidden):
            confirm(frames, child, row, name)
    with pytest.raises(Refusal, match="Ghi số và ngày của văn bản"):
        confirm(frames, child, row, document=" ")
    with pytest.raises(Refusal, match="đã thay đổi"):
        confirm(frames, child, row, text_sha256="0" * 64)
    with pytest.raises(Refusal, match="không cần xác nhận"):
        confirm(frames, child, text_of(child, "2", "poor"))
    confirm(frames, child, row)
    assert LevelConfirmation.objects.get().confirmed_by == frames.user("giang")
    assert conforming.standing_breaches(fresh(child)) == []
    assert frames.issue(child, "khanh").state == "issued"


def test_confirmation_holds_only_for_the_text_that_was_read(frames):
    child = frames.child(frames.issued())
    confirm(frames, child, change(child))
    change(child, text="Hoàn thành phần lớn nhiệm vụ.")
    assert [breach.code for breach in conforming.standing_breaches(fresh(child))] == ["level_changed"]


def test_submission_is_needed_where_the_framework_above_asks_for_it(frames):
    child = frames.child(frames.issued(is_submission_required=True))
    Framework.objects.filter(pk=child.pk).update(number="07-KH/SYT", issued_on=date(2024, 10, 20))
    with pytest.raises(Blocked, match="chưa có ý kiến thống nhất"):
        advance(child, "issue", actor=frames.user("khanh"), version=1)
    sent = advance(child, "submit", actor=frames.user("khanh"), version=1)
    assert Message.objects.get(recipient=frames.user("giang")).subject == f"Trình đồng chí: “{child}”"
    with pytest.raises(Refusal):
        frameworks.save_criterion(framework=sent, row=frames.example()[0])
    with pytest.raises(Forbidden):
        advance(sent, "agree", actor=frames.user("khanh"), version=2, document_ref=DOCUMENT)
    with pytest.raises(Refusal):
        advance(sent, "agree", actor=frames.user("giang"), version=2)
    agreed = advance(sent, "agree", actor=frames.user("giang"), version=2, document_ref=DOCUMENT)
    assert (agreed.state, fresh(agreed).agreed_document) == ("agreed", DOCUMENT)
    assert advance(agreed, "issue", actor=frames.user("khanh"), version=3).state == "issued"


def test_returned_framework_is_written_again(frames):
    child = frames.child(frames.issued(is_submission_required=True))
    sent = advance(child, "submit", actor=frames.user("khanh"), version=1)
    with pytest.raises(Refusal):
        advance(sent, "return", actor=frames.user("giang"), version=2)
    back = advance(sent, "return", actor=frames.user("giang"), version=2, note="Bổ sung chỉ tiêu định lượng.")
    told = Message.objects.get(recipient=frames.user("khanh"))
    assert (told.body, told.is_urgent) == ("Bổ sung chỉ tiêu định lượng.", True)
    frameworks.save_criterion(framework=back, row=frames.example()[0])
    assert advance(back, "submit", actor=frames.user("khanh"), version=3).state == "submitted"


def test_framework_at_the_top_has_nobody_to_submit_to(frames):
    with pytest.raises(Blocked, match="không cụ thể hóa"):
        advance(frames.own(), "submit", actor=frames.user("giang"), version=1)


def test_superior_reads_what_lies_before_him_but_no_draft(frames):
    child = frames.child(frames.issued())
    seen = {
        name: selectors.visible_to(frames.user(name)).filter(pk=child.pk) for name in ("giang", "khanh", "ha", "an")
    }
    assert {name for name, rows in seen.items() if rows.exists()} == {"khanh"}
    advance(child, "submit", actor=frames.user("khanh"), version=1)
    assert {name for name, rows in seen.items() if rows.all().exists()} == {"khanh", "giang"}


def test_framework_is_edited_in_draft_synthesis_and_returned_alone(frames):
    framework, row = frames.own(), frames.example()[0]
    for state in ("consultation", "submitted", "agreed", "issued", "superseded"):
        framework.state = state
        with pytest.raises(Refusal):
            frameworks.save_criterion(framework=framework, row=row)
    for state in ("draft", "synthesis", "returned"):
        framework.state = state
        assert frameworks.save_criterion(framework=framework, row=row).pk


def test_circle_of_parents_is_named_and_bars_the_issue(frames):
    one, two = frames.own(title="Khung một"), frames.own(title="Khung hai")
    Framework.objects.filter(pk=two.pk).update(parent=one)
    two, words = fresh(two), "“Khung một (1)” → “Khung hai (1)” → “Khung một (1)”"
    assert words in framework_lineage.circle_of(one, two)
    with pytest.raises(Refusal) as refused:
        frameworks.refuse_circle(one, two)
    assert (refused.value.field, words in refused.value.message) == ("parent", True)
    frameworks.refuse_circle(two, one)
    Framework.objects.filter(pk=one.pk).update(parent=two)
    with pytest.raises(Blocked, match="vòng tròn"):
        frames.issue(one)


def test_framework_below_a_draft_or_superseded_one_is_not_issued(frames):
    above = frames.issued()
    child = frames.child(above)
    advance(above, "supersede", actor=frames.user("giang"), version=above.version)
    with pytest.raises(Blocked, match="Hết hiệu lực|không còn hiệu lực|chưa có hiệu lực"):
        frames.issue(child, "khanh")


def superseded(frames, *, successor=True, **data):
    above = frames.issued()
    children = [frames.issue(frames.child(above), "khanh", "07-KH/SYT"), frames.child(above, "SKH", "chi")]
    newer = None
    if successor:
        newer = frames.issue(frameworks.copy_framework(framework=above, actor=frames.user("giang")), number="02-HD/TU")
    above = fresh(above)
    advance(above, "supersede", actor=frames.user("giang"), version=above.version, **data)
    return fresh(above), newer, children


def test_superseding_asks_every_issued_child_to_look_again(frames):
    above, newer, children = superseded(frames)
    today = timezone.localdate()
    asked = Revisit.objects.get()
    assert (above.state, above.superseded_on) == ("superseded", today)
    assert (asked.framework, asked.parent_before, asked.parent_after) == (children[0], above, newer)
    assert (asked.head, asked.due_on) == (frames.province.people["dung"], today + timedelta(days=30))
    told = Message.objects.get(recipient=frames.user("dung"))
    assert told.subject == f"Cần rà soát lại: “{children[0]}”"
    assert (told.due_on, str(asked.uuid) in told.url) == (asked.due_on, True)
    assert AuditEvent.objects.filter(action="revisit.asked").count() == 1


def test_last_day_of_the_look_again_is_set_and_not_in_the_past(frames):
    today = timezone.localdate()
    with pytest.raises(Refusal):
        superseded(frames, due_on=today - timedelta(days=1))
    assert not Revisit.objects.exists()
    above = Framework.objects.get(parent=None, edition=1)
    advance(above, "supersede", actor=frames.user("giang"), version=above.version, due_on=today)
    assert Revisit.objects.get().due_on == today


def decide(frames, asked, decision, name="khanh", **more):
    given = {"reason": "Rà soát theo Công văn 1823-CV/TU.", "version": asked.version, **more}
    return revisits.decide_revisit(revisit=asked, decision=decision, actor=frames.user(name), **given)


def test_kept_framework_is_asked_again_when_the_next_parent_goes(frames):
    _above, newer, children = superseded(frames)
    asked = Revisit.objects.get()
    for name in ("giang", "chi", "an", "tu"):
        with pytest.raises(Forbidden):
            decide(frames, asked, "keep", name)
    with pytest.raises(Refusal):
        decide(frames, asked, "keep", reason=" ")
    with pytest.raises(Refusal):
        decide(frames, asked, "forget")
    kept = decide(frames, asked, "keep")
    assert (kept.decision, kept.successor, kept.decided_on) == ("keep", None, timezone.localdate())
    with pytest.raises(Stale):
        decide(frames, asked, "amend")
    newer = fresh(newer)
    advance(newer, "supersede", actor=frames.user("giang"), version=newer.version)
    assert list(Revisit.objects.filter(parent_before=newer).values_list("framework", flat=True)) == [children[0].pk]


def test_amended_framework_is_a_draft_of_its_next_edition_below_the_new_parent(frames):
    _above, newer, children = superseded(frames)
    made = decide(frames, Revisit.objects.get(), "amend").successor
    assert (made.state, made.edition, made.copied_from, made.parent) == ("draft", 2, children[0], newer)
    assert fresh(children[0]).state == "issued"


def test_replaced_framework_is_made_from_the_new_parent_and_needs_one(frames):
    superseded(frames, successor=False)
    with pytest.raises(Refusal, match="giữ nguyên hoặc sửa đổi"):
        decide(frames, Revisit.objects.get(), "replace")
    Revisit.objects.update(parent_after=frames.issued(title="Khung mới", number="03-HD/TU"))
    made = decide(frames, Revisit.objects.get(), "replace").successor
    assert (made.parent.title, made.issuer.code, made.copied_from) == ("Khung mới", "SYT", None)


def test_old_criteria_and_new_ones_have_a_code_of_their_own(frames):
    rows = frames.example()
    twice = [rows[0], rows[1].__class__(**{**rows[1].__dict__, "number": rows[0].number})]
    made = frames.own(rows=twice)
    codes = list(Criterion.objects.filter(group__framework=made).order_by("group__order", "order").values_list("code"))
    assert len(set(codes)) == 2
    assert codes[0] == (rows[0].number,)


def test_copy_keeps_every_word_and_figure(frames):
    above = frames.own()
    Criterion.objects.filter(group__framework=above, code="2").update(direction="at_least", cites="Điều 3", weight=20)
    CriterionLevel.objects.filter(criterion__group__framework=above, criterion__code="2").update(target=95, points=10)
    above.groups.filter(criteria__code="2").update(weight_sum=20, is_sum_fixed=True, cites="khoản 2 Điều 5")
    above.covers.create(job=frames.job)
    above.covers.create(unit=frames.province.units["SYT"])
    copied = frameworks.copy_framework(framework=above, actor=frames.user("giang"))
    assert conforming.differences(above, copied) == ()
    assert [str(row) for row in copied.covers.all()] == ["Chuyên viên tổ chức cán bộ", "Sở Y tế"]
    assert [str(row) for row in frames.child(frames.issue(copied)).covers.all()] == ["Chuyên viên tổ chức cán bộ"]
