"""Grades, levels, days and acts are shown in the same words everywhere."""

import datetime
import re
from types import SimpleNamespace as Row

import pytest
from django import forms
from django.template import engines
from django.utils import timezone, translation

from orgs.templatetags import look

UTC = datetime.UTC


def rendered(source, **context):
    return engines["django"].from_string("{% load look %}" + source).render(context)


def words(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).strip()


@pytest.mark.parametrize(
    ("grade", "letters", "label"),
    [
        ("excellent", "XS", "Hoàn thành xuất sắc nhiệm vụ"),
        ("good", "T", "Hoàn thành tốt nhiệm vụ"),
        ("completed", "HT", "Hoàn thành nhiệm vụ"),
        ("not_completed", "KHT", "Không hoàn thành nhiệm vụ"),
        ("", "–", "Chưa xếp loại"),
        (None, "–", "Chưa xếp loại"),
    ],
)
def test_grade_is_shown_as_letters_with_its_full_words(grade, letters, label):
    assert look.grade_letters(grade) == letters
    assert look.grade_label(grade) == label
    chip = rendered("{% grade_chip grade %}", grade=grade)
    assert words(chip) == f"{letters} {label}"
    assert f'title="{label}"' in chip


def test_grade_chip_of_an_unknown_code_is_empty_and_never_a_class_name():
    assert "grade--none" in rendered("{% grade_chip grade %}", grade='x" onclick="')


def test_grade_label_follows_the_language_switch():
    with translation.override("en"):
        assert look.grade_label("good") == "Good completion of duties"


@pytest.mark.parametrize(
    ("level", "label"),
    [("excellent", "Xuất sắc"), ("good", "Tốt"), ("average", "Trung bình"), ("poor", "Kém"), ("", "")],
)
def test_level_is_named_as_in_the_guidance(level, label):
    assert look.level_label(level) == label


def test_day_is_written_day_month_year():
    assert look.vi_date(datetime.date(2024, 2, 5)) == "05/02/2024"
    assert look.day_month(datetime.date(2024, 2, 5)) == "05/02"
    assert (look.vi_date(None), look.day_month(None), look.vi_moment(None)) == ("", "", "")


def test_instant_is_shown_on_the_clock_of_vietnam_even_over_midnight():
    late = datetime.datetime(2024, 12, 31, 17, 30, tzinfo=UTC)
    assert look.vi_moment(late) == "00:30 01/01/2025"
    assert look.vi_date(late) == "01/01/2025"


@pytest.mark.parametrize(
    ("days", "tone", "sentence"),
    [
        (-1, "bad", "Quá hạn 1 ngày"),
        (-30, "bad", "Quá hạn 30 ngày"),
        (0, "warn", "Hạn hôm nay, {day}"),
        (1, "warn", "Hạn {day}, còn 1 ngày"),
        (7, "warn", "Hạn {day}, còn 7 ngày"),
        (8, "info", "Hạn {day}"),
    ],
)
def test_deadline_is_told_with_what_is_left(days, tone, sentence):
    today = timezone.localdate()
    due_on = today + datetime.timedelta(days=days)
    shown = due_on.strftime("%d/%m" if due_on.year == today.year else "%d/%m/%Y")
    chip = rendered("{% due_chip due_on %}", due_on=due_on)
    assert words(chip) == sentence.format(day=shown)
    assert f"chip--{tone}" in chip
    assert f'datetime="{due_on.isoformat()}"' in chip


def test_deadline_of_another_year_shows_the_year():
    due_on = datetime.date(timezone.localdate().year + 2, 1, 15)
    assert words(rendered("{% due_chip due_on %}", due_on=due_on)) == f"Hạn 15/01/{due_on.year}"


def test_deadline_that_was_met_is_never_overdue():
    due_on = timezone.localdate() - datetime.timedelta(days=3)
    chip = rendered("{% due_chip due_on True %}", due_on=due_on)
    assert "chip--ok" in chip
    assert words(chip).startswith("Đã xong, hạn ")


def test_no_deadline_gives_no_chip():
    assert rendered("{% due_chip due_on %}", due_on=None).strip() == ""


def test_chip_of_an_unknown_tone_is_quiet():
    assert "chip--quiet" in rendered('{% chip "Đang chờ" "loud" %}')


def test_person_is_shown_with_the_post_under_the_name_and_escaped():
    shown = rendered("{% person_line name post url %}", name="Nguyễn <b>Ấn</b>", post="Giám đốc Sở", url="/people/1")
    assert "&lt;b&gt;" in shown
    assert 'href="/people/1"' in shown
    assert words(shown).endswith("Giám đốc Sở")


def test_act_fields_carry_the_version_and_a_fresh_key_each_time():
    first, second = (rendered("{% hidden_act_fields document %}", document=Row(version=7)) for _ in range(2))
    key = re.compile(r'name="idempotency_key" value="([0-9a-f-]{36})"')
    assert 'name="version" value="7"' in first
    assert key.search(first).group(1) != key.search(second).group(1)


def test_act_fields_without_a_document_carry_only_the_key():
    assert 'name="version"' not in rendered("{% hidden_act_fields %}")


class SignForm(forms.Form):
    number = forms.CharField(label="Số văn bản")
    kind = forms.ChoiceField(label="Loại", choices=[("a", "A")], widget=forms.RadioSelect)

    def clean(self):
        raise forms.ValidationError("Thiếu ngày ký.")


def test_error_summary_names_each_field_and_links_to_it():
    rows = look.error_list(SignForm({}))
    assert [row.text for row in rows] == [
        "Thiếu ngày ký.",
        "Số văn bản: Trường này là bắt buộc.",
        "Loại: Trường này là bắt buộc.",
    ]
    assert [row.anchor for row in rows] == ["", "id_number", "id_kind_0"]
    page = rendered('{% include "includes/error_summary.html" with form=form only %}', form=SignForm({}))
    assert 'role="alert"' in page
    assert 'href="#id_kind_0"' in page


def test_error_summary_links_lead_to_fields_that_exist():
    form = SignForm({})
    for row in look.error_list(form):
        assert not row.anchor or f'id="{row.anchor}"' in form.as_p()


def test_error_summary_of_an_untouched_form_is_empty():
    assert look.error_list(SignForm()) == []
    assert look.error_list() == []
    assert rendered('{% include "includes/error_summary.html" with form=form only %}', form=SignForm()).strip() == ""


def test_error_summary_takes_ready_rows():
    rows = look.error_list(None, [{"text": "Mục II chưa viết", "anchor": "id_ii"}, Row(text="Thiếu mức", anchor="")])
    assert rows == [look.ErrorRow("Mục II chưa viết", "id_ii"), look.ErrorRow("Thiếu mức")]


def test_row_that_cannot_be_acted_on_says_why_beside_a_disabled_button():
    task = Row(title="Nộp bản kiểm điểm", reason="Mục II chưa viết xong", act_label="Nộp", act_url="/x")
    row = rendered('{% include "includes/task_row.html" with task=task only %}', task=task)
    assert "disabled" in row
    assert "/x" not in row
    described = re.search(r'aria-describedby="([^"]+)"', row).group(1)
    assert re.search(rf'id="{described}">Mục II chưa viết xong<', row)


def test_blocked_act_has_no_form_and_shows_the_reason():
    act = Row(label="Kết thúc", url="/acts/end", reason="Chưa đủ số người dự")
    shown = rendered('{% include "includes/confirm_act.html" %}', act=act)
    assert "<form" not in shown
    assert "Chưa đủ số người dự" in words(shown)


def test_meter_over_its_maximum_turns_bad_and_stays_inside_the_bar():
    shown = rendered('{% include "includes/meter.html" with title="XS" value=4 maximum=3 only %}')
    assert "meter--bad" in shown
    assert 'value="3" max="3"' in shown
    assert "4/3" in shown
    assert "meter--ok" in rendered('{% include "includes/meter.html" with title="XS" value=3 maximum=3 only %}')
