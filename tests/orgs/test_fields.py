"""Days and times are typed as they are written here, in every form of ours, whatever the language of the browser."""

from datetime import date, time
from importlib import import_module
from pkgutil import walk_packages

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import override

from orgs.forms.fields import ClockField, DayField, PlainSelect

APPS = ("orgs", "criteria", "registrations", "reviews")


def form_classes():
    """Every form of the pages, by the modules that define it."""
    for app in APPS:
        package = import_module(f"{app}.forms")
        for found in walk_packages(package.__path__, f"{package.__name__}."):
            module = import_module(found.name)
            for thing in vars(module).values():
                if isinstance(thing, type) and issubclass(thing, forms.BaseForm) and thing.__module__ == found.name:
                    yield thing


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("text", ["05/11/2024", "5/11/2024", "05-11-2024", "5.11.2024", "2024-11-05"])
def test_day_comes_first_in_both_languages(language, text):
    with override(language):
        assert DayField().clean(text) == date(2024, 11, 5)
        assert 'value="05/11/2024"' in DayField().widget.render("on", date(2024, 11, 5))


@pytest.mark.parametrize("text", ["11/25/2024", "31/02/2024", "5/11", "hôm qua"])
def test_day_that_is_none_says_how_to_write_it(text):
    with override("vi"), pytest.raises(ValidationError, match="ngày/tháng/năm, ví dụ 05/11/2024"):
        DayField().clean(text)


@pytest.mark.parametrize(
    ("text", "hour"),
    [("07:30", (7, 30)), ("7h30", (7, 30)), ("14h", (14, 0)), ("7.30", (7, 30)), ("19:05:00", (19, 5))],
)
def test_time_is_typed_on_twenty_four_hours(text, hour):
    assert ClockField().clean(text) == time(*hour)


def test_time_that_is_none_says_how_to_write_it():
    with override("vi"), pytest.raises(ValidationError, match="ví dụ 07:30"):
        ClockField().clean("7:30 PM")


def test_every_form_of_the_pages_takes_days_and_times_alike():
    found = [
        (form, name, field)
        for form in form_classes()
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, forms.DateField | forms.TimeField | forms.DateTimeField)
    ]
    assert len(found) > 12
    for form, name, field in found:
        assert isinstance(field, DayField | ClockField), f"{form.__name__}.{name}"
        assert field.widget.input_type == "text", f"{form.__name__}.{name}"


def test_long_choice_is_the_list_that_django_writes():
    choices = [("", "Tất cả"), ("a", "Sở <Y tế>"), ("b&c", "Ban “Tổ chức”")]
    for value in ("", "a", "b&c", "khong-co", None):
        long, plain = PlainSelect(choices=choices), forms.Select(choices=choices)
        attrs = {"id": "id_don_vi", "required": True}
        soups = [" ".join(each.render("don_vi", value, attrs).split()) for each in (long, plain)]
        assert soups[0].replace("> <", "><") == soups[1].replace("> <", "><"), value
