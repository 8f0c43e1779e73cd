"""Forms with points, checklists, axes, signs and tasks: enrolled, written on the page, kept, told to the grading."""

import pytest
from django.urls import reverse

from criteria.regulation.samples import sample_content
from criteria.selectors.rules.forms import FormBook, PersonFacts
from orgs.models import Refusal
from reviews.documents.closing import closing_sections
from reviews.documents.self_review import self_review_sheets
from reviews.models import Rating, SectionAnswer, StatedPoints
from reviews.selectors.grading.facts import facts_of
from reviews.selectors.writing import answers
from reviews.selectors.writing.differences import differences
from reviews.selectors.writing.forecasts import forecast_of
from reviews.selectors.writing.forms import form_of, parts_of
from reviews.services.writing.answers import save_section
from reviews.services.writing.snapshots import take_snapshot

pytestmark = pytest.mark.django_db
AXES = {"1.weight": "60", "1.points": "54", "4.weight": "40", "4.points": "36,5"}
ITEM_B = "assessment.B"
WORK = "work_report"


def address(review, key, name="section_edit"):
    return reverse(f"reviews:{name}", args=[review.uuid, key])


def stored(review, key):
    return SectionAnswer.objects.get(review=review, section_key=key)


def sent(item, value, **more):
    return {f"{item}-{name}": text for name, text in value.items()} | {"version": 0, **more}


def fill(found, review, name):
    """The sample in every part of the review, saved part by part as the page does."""
    whole = sample_content(form_of(review))
    for part in parts_of(form_of(review)):
        own = {item.key: whole[part.section.key][item.key] for item in part.items}
        save_section(review=review, section_key=part.key, content=own, version=0, actor=found.users[name], is_done=True)


@pytest.fixture
def an(client, quarter):
    client.force_login(quarter.users["an"])
    return client


# ---------------------------------------------------------------- which form


def test_quarter_gives_the_quarterly_form_to_each_person_and_the_report_to_collectives(quarter):
    assert (quarter.an.form_key, quarter.chi.form_key, quarter.tt_skh.form_key) == ("01-Q", "01-QN", "01")


def test_year_gives_the_annual_forms(year):
    assert (year.an.form_key, year.chi.form_key, year.tt_skh.form_key) == ("2B", "2A", "01")


@pytest.mark.parametrize(
    ("is_leading", "standing", "form"),
    [(False, "outside_system", "2C"), (False, "civil_servant", "2A"), (True, "outside_system", "2B")],
)
def test_standing_outside_the_system_leads_to_2c(year, is_leading, standing, form):
    book = FormBook(year.cycle.regulation, on=year.cycle.period_end_on)
    assert book.of_person(PersonFacts(is_leading=is_leading, standing=standing)) == (form, form)


def test_frozen_form_is_read_without_the_regulation(quarter):
    regulation = quarter.cycle.regulation
    regulation.content["common_items"][0]["label"] = "Khác"
    regulation.content["points"]["marking"]["percents"] = {"ensured": 50, "not_ensured": 0}
    row = form_of(quarter.an).item("common_1").rows[0]
    assert (row.label, row.points) == ("Trung thành, kiên định", 2)
    assert [mark.percent for mark in form_of(quarter.an).item("common_1").marks] == [100, 0]


def test_each_table_is_a_page_of_its_own(quarter):
    keys = [part.key for part in parts_of(form_of(quarter.an))]
    assert keys == ["assessment.1", "assessment.2", "assessment.3", "assessment.B", "grade", "work_report"]


# ---------------------------------------------------------------- the page


def test_checklist_is_marked_with_a_note_and_shown_again(an, quarter):
    value = {row.key: "ensured" for row in form_of(quarter.an).item("common_3").rows} | {"3.2": "not_ensured"}
    an.post(address(quarter.an, "assessment.3"), sent("common_3", value | {"3.2.note": "Chưa có kế hoạch"}))
    assert stored(quarter.an, "assessment.3").content["common_3"]["3.2.note"] == "Chưa có kế hoạch"
    page = an.get(address(quarter.an, "assessment.3")).content.decode()
    assert 'id="id_common_3-3.2-not_ensured" name="common_3-3.2" value="not_ensured" checked' in page
    assert "3.3. Hoàn thành từ 80% nội dung khắc phục trở lên, không tái phạm" in page


def test_done_with_a_mark_missing_names_the_row_and_keeps_the_others(an, quarter):
    answer = an.post(address(quarter.an, "assessment.3"), sent("common_3", {"3.1": "ensured"}, done="1"))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "3.4. Không né tránh, đùn đẩy trách nhiệm: Hãy chọn mức đánh giá." in page
    assert 'href="#id_common_3-3.4"' in page
    # Under its row the sentence does not name the row again.
    assert '<p class="invalid-feedback d-block" id="error_common_3-3.4">Hãy chọn mức đánh giá.</p>' in page
    assert stored(quarter.an, "assessment.3").content == {"common_3": {"3.1": "ensured"}}
    assert not stored(quarter.an, "assessment.3").is_done


def test_a_mark_that_is_not_on_the_form_is_refused_by_its_row(quarter):
    with pytest.raises(Refusal) as refused:
        save_section(
            review=quarter.an,
            section_key="assessment.1",
            content={"common_1": {"1.2": "excellent"}},
            version=0,
            actor=quarter.users["an"],
        )
    assert "1.2. Yêu nước, phụng sự Nhân dân" in str(refused.value)
    assert not SectionAnswer.objects.exists()


@pytest.mark.parametrize("content", [{"common_1": {"9.9": "ensured"}}, {"common_1": {"1.1": 5}}, {"nothing": {}}])
def test_places_that_the_form_does_not_have_are_refused(quarter, content):
    with pytest.raises(Refusal):
        save_section(
            review=quarter.an, section_key="assessment.1", content=content, version=0, actor=quarter.users["an"]
        )


def test_axes_are_kept_with_a_point_and_shown_with_a_comma(an, quarter):
    an.post(address(quarter.an, ITEM_B), sent("axes", AXES, done="1"))
    row = stored(quarter.an, ITEM_B)
    assert row.is_done
    assert row.content["axes"]["4.points"] == "36.5"
    assert 'value="36,5"' in an.get(address(quarter.an, ITEM_B)).content.decode()


def test_weights_that_do_not_sum_to_one_hundred_are_told_and_kept(an, quarter):
    answer = an.post(address(quarter.an, ITEM_B), sent("axes", AXES | {"4.weight": "30,5"}, done="1"))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Tỷ trọng các trục cộng lại là 90,5, phải bằng 100." in page
    assert "Không quá 30,5 điểm." in page
    assert stored(quarter.an, ITEM_B).content["axes"]["4.weight"] == "30.5"


def test_autosave_keeps_what_cannot_be_read_and_says_so(an, quarter):
    value = {"1.task": "Đề án", "1.due": "cuối tháng", "1.points": "12,5"}
    answer = an.post(address(quarter.an, WORK, "section_autosave"), sent("work", value, tab_id="a", client_seq=1))
    assert answer.status_code == 200
    assert answer.json()["message"] == "Công việc 1, Thời hạn: Hãy ghi ngày theo dạng 30/09/2026."
    kept = {"1.task": "Đề án", "1.due": "cuối tháng", "1.points": "12.5"}
    assert stored(quarter.an, WORK).content == {"work": kept}
    page = an.get(address(quarter.an, WORK)).content.decode()
    assert 'value="cuối tháng"' in page
    assert "Hãy ghi ngày theo dạng 30/09/2026." in page


def test_rows_are_added_and_removed_without_javascript(an, quarter):
    page = an.get(address(quarter.an, WORK)).content.decode()
    assert 'name="work-2.task"' in page
    assert 'name="work-3.task"' not in page
    value = {"1.task": "Đề án", "2.task": "Báo cáo", "2.due": "30/9/2026"}
    answer = an.post(address(quarter.an, WORK), sent("work", value, add="work"))
    assert answer.url == address(quarter.an, WORK) + "#id_work"
    page = an.get(address(quarter.an, WORK)).content.decode()
    assert 'name="work-4.task"' in page
    assert 'value="30/09/2026"' in page
    an.post(address(quarter.an, WORK), sent("work", value, remove="work-1", version=1))
    assert stored(quarter.an, WORK).content == {"work": {"1.task": "Báo cáo", "1.due": "2026-09-30"}}


def test_enter_saves_and_never_removes(an, quarter):
    page = an.get(address(quarter.an, WORK)).content.decode()
    form = page[page.index("data-autosave ") :]
    assert form.index('tabindex="-1" aria-hidden="true"') < form.index('name="add"')


def test_sign_and_attestation_are_answered_on_their_pages(client, local_year):
    client.force_login(local_year.users["an"])
    signs = {"signs-S1": "none", "signs-S2": "yes", "signs-S3": "none"}
    answer = client.post(address(local_year.an, "strengths.1"), signs | {"quality": "Tốt", "version": 0, "done": "1"})
    assert answer.status_code == 422
    assert "một đằng, làm một nẻo: Hãy nêu cụ thể." in answer.content.decode()
    grades = {"cadre_grade": "good", "party_member_grade": "good", "version": 0, "done": "1"}
    answer = client.post(address(local_year.an, "grades"), grades)
    assert "Hãy đánh dấu vào ô này để cam đoan." in answer.content.decode()
    answer = client.post(address(local_year.an, "grades"), grades | {"attested": "yes", "version": 1})
    assert stored(local_year.an, "grades").content["attested"] == {"attested": "yes"}


def test_signs_without_a_list_say_that_there_is_none(client, year):
    client.force_login(year.users["an"])
    page = client.get(address(year.an, "strengths.1")).content.decode()
    assert "Tỉnh chưa ban hành danh mục" in page
    client.post(address(year.an, "strengths.1"), {"quality": "Đã làm", "version": 0, "done": "1"})
    assert stored(year.an, "strengths.1").is_done


def test_conflict_page_shows_both_tables_and_saves_the_mended_one(an, quarter):
    an.post(address(quarter.an, ITEM_B), sent("axes", AXES))
    answer = an.post(address(quarter.an, ITEM_B), sent("axes", AXES | {"1.points": "50"}))
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "54/60" in page
    assert 'name="axes-1.points" value="50"' in page
    kept = quarter.an.kept_texts.get()
    an.post(
        reverse("reviews:section_conflict", args=[quarter.an.uuid, ITEM_B, kept.uuid]),
        sent("axes", AXES | {"1.points": "52"}, version=1),
    )
    assert stored(quarter.an, ITEM_B).content["axes"]["1.points"] == "52"


def test_review_is_submitted_only_when_the_tables_are_whole(quarter):
    fill(quarter, quarter.an, "an")
    assert answers.missing_items(quarter.an) == []
    row = stored(quarter.an, ITEM_B)
    row.content["axes"]["1.weight"] = "39"
    row.save()
    missing = answers.missing_items(quarter.an)
    assert [each.text.rsplit(" · ", 1)[-1] for each in missing] == ["Tỷ trọng các trục cộng lại là 99, phải bằng 100."]


def test_change_of_a_mark_is_read_in_words(quarter):
    fill(quarter, quarter.an, "an")
    take_snapshot(review=quarter.an, kind="meeting", actor=quarter.users["an"])
    row = stored(quarter.an, "assessment.3")
    row.content["common_3"] = row.content["common_3"] | {"3.1": "not_ensured"}
    row.save()
    found = differences(quarter.an)
    assert [each.number for each in found] == ["3"]
    assert ("added", "Không đảm") in [(piece.kind, piece.text) for piece in found[0].pieces]


# ---------------------------------------------------------------- facts and paper


def test_written_sheet_becomes_facts_and_points(quarter):
    fill(quarter, quarter.an, "an")
    facts = facts_of(Rating.objects.get(review=quarter.an, kind="cadre"))
    assert len(facts["sheet"]["common_items"]) == 17
    assert {axis["key"]: axis["points"] for axis in facts["sheet"]["axes"]}["1"] == "36"
    assert "points" not in facts


def test_points_that_a_paper_states_stand_before_ones_own(quarter):
    fill(quarter, quarter.an, "an")
    rating = Rating.objects.get(review=quarter.an, kind="cadre")
    StatedPoints.objects.create(
        rating=rating, results="61.50", document="Biên bản 12", stated_by=quarter.users["giang"]
    )
    facts = facts_of(rating)
    assert facts["points"] == {"results": "61.5"}
    assert set(facts["sheet"]) == {"common_items"}


def test_sheet_of_366_says_nothing_to_a_decree_of_the_state(quarter):
    fill(quarter, quarter.an, "an")
    rating = Rating.objects.get(review=quarter.an, kind="cadre")
    rating.kind, rating.subject_kind = "state", "civil_servant_leader"
    rating.regulation = type(quarter.cycle.regulation).objects.get(key="335/2025/NĐ-CP@2025-12-21")
    rating.save()
    assert "sheet" not in facts_of(rating)


def test_forecast_counts_the_points_written_so_far(quarter):
    before = forecast_of(quarter.an, answers.whole_text(quarter.an))
    assert "points_for_excellent" in {row.rule for row in before.unknown}
    fill(quarter, quarter.an, "an")
    after = forecast_of(quarter.an, answers.whole_text(quarter.an))
    # 25 of 30 and 90 x 70 / 100: 88 points.
    assert "points_for_excellent" in {row.rule for row in after.unmet}
    assert "points_for_good" in {row.rule for row in after.met}


def test_paper_has_tables_sums_and_the_annex_on_its_own_sheet(quarter):
    fill(quarter, quarter.an, "an")
    sheets = self_review_sheets(quarter.an, answers.whole_text(quarter.an))
    assert [sheet.is_landscape for sheet in sheets] == [False, True]
    assert sheets[0].subtitles == ("Quý III/Năm 2026 (Dành cho cán bộ lãnh đạo, quản lý)",)
    tables = [block for sheet in sheets for block in sheet.all_blocks() if block.kind == "table"]
    assert tables[0].caption == "A. NHÓM TIÊU CHÍ CHUNG (30 ĐIỂM)"
    assert tables[0].footer[0].cells[1:6] == ("Tổng (A)", "", "", "30", "25")
    assert tables[1].footer[1].cells == ("", "TỔNG (B) = điểm các trục × 70/100", "", "63")
    lines = [block.text for block in sheets[0].all_blocks() if block.kind == "paragraph"]
    assert "88/100 điểm" in lines
    assert tables[2].rows[1][1:3] == ("Trục 2", "Số hóa hồ sơ cán bộ diện Ban Thường vụ Tỉnh ủy quản lý")


def test_authority_fills_its_part_of_the_quarterly_form(quarter):
    rating = Rating.objects.get(review=quarter.an, kind="cadre")
    (open_part,) = closing_sections(quarter.an, [rating])
    assert open_part.title == "III. Nhận xét, đánh giá của cấp có thẩm quyền"
    leads = [block.lead for block in open_part.blocks if block.kind == "paragraph"]
    assert leads == [
        "Chấm điểm nhóm tiêu chí chung: ",
        "Chấm điểm kết quả thực hiện nhiệm vụ: ",
        "Mức độ đáp ứng đối với các mục tiêu, nhiệm vụ then chốt: ",
    ]
    assert [block.text for block in open_part.blocks if block.kind == "paragraph"][:2] == ["……/30 điểm", "……/70 điểm"]
    Rating.objects.filter(pk=rating.pk).update(state="appraisal", proposed_grade="good", proposal_comment="Mức 1")
    rating.refresh_from_db()
    (filled,) = closing_sections(quarter.an, [rating])
    assert next(block.chosen for block in filled.blocks if block.kind == "choice") == "Hoàn thành tốt nhiệm vụ"
    assert [block.text for block in filled.blocks if block.kind == "paragraph"][-1] == "Mức 1"


def test_points_that_the_paper_states_stand_in_the_part_of_the_authority(quarter):
    rating = Rating.objects.get(review=quarter.an, kind="cadre")
    StatedPoints.objects.create(
        rating=rating, common="28", results="61.50", document="Biên bản 12", stated_by=quarter.users["giang"]
    )
    Rating.objects.filter(pk=rating.pk).update(state="appraisal")
    rating.refresh_from_db()
    (part,) = closing_sections(quarter.an, [rating])
    assert [block.text for block in part.blocks if block.kind == "paragraph"][:2] == ["28/30 điểm", "61,5/70 điểm"]


def test_preview_shows_the_paper_and_its_annex(an, quarter):
    page = an.get(reverse("reviews:review_preview", args=[quarter.an.uuid])).content.decode()
    assert "BẢN TỰ ĐÁNH GIÁ, XẾP LOẠI CỦA CÁ NHÂN" in page
    assert "BÁO CÁO KẾT QUẢ THỰC HIỆN CÔNG VIỆC" in page


# ---------------------------------------------------------------- the State side


def test_civil_servant_under_335_writes_the_sheet_and_is_counted_by_its_products(decree):
    assert decree.chi.form_key == "PL2-01"
    fill(decree, decree.chi, "chi")
    rating = Rating.objects.get(review=decree.chi)
    facts = facts_of(rating)
    assert (rating.kind, facts["regulation"]) == ("state", "335/2025/NĐ-CP@2025-12-21")
    assert facts["points"] == {"common": "27"}
    assert facts["sheet"]["products"][1] == {
        "key": "2",
        "done": True,
        "failed_checks": 1,
        "failed_objective": 0,
        "delays": 1,
        "delays_objective": 1,
    }


def test_round_of_a_decree_makes_no_report_of_collectives(decree):
    assert not hasattr(decree, "tt_skh")
