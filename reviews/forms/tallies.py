"""The counted paper ballot as it is typed in: six totals, and a table of subjects and grades."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from reviews.models import Rating, Tally
from reviews.selectors.meeting.ballots import CHOICES
from reviews.services.meeting.tallies import TOTALS, Counted

MOST = 9_999
NUMBER = {"class": "form-control figure count", "inputmode": "numeric", "autocomplete": "off"}


class TallyForm(forms.Form):
    """An empty cell counts nobody; a row without any number is a subject on whom there was no ballot."""

    refused_field = ""

    def __init__(
        self,
        *args: Any,
        ratings: Iterable[Rating],
        totals: Mapping[str, int] | None = None,
        lines: Mapping[int, Mapping[str, int]] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.ratings = list(ratings)
        for name in TOTALS:
            label = Tally._meta.get_field(name).verbose_name
            self.fields[name] = _number(label, required=True, initial=(totals or {}).get(name))
        for rating in self.ratings:
            for grade in CHOICES:
                initial = (lines or {}).get(rating.pk, {}).get(grade)
                self.fields[cell_name(rating.pk, grade)] = _number(str(rating.subject), initial=initial)

    def total_fields(self) -> list[forms.BoundField]:
        """The six totals."""
        return [self[name] for name in TOTALS]

    def rows(self) -> list[dict[str, Any]]:
        """The table: one row for each rating, one cell for each choice."""
        return [
            {
                "rating": rating,
                "is_bad": self.refused_field == f"rating-{rating.pk}",
                "cells": [(grade, self[cell_name(rating.pk, grade)]) for grade in CHOICES],
            }
            for rating in self.ratings
        ]

    def counted(self) -> Counted:
        """What the service takes."""
        cleaned = self.cleaned_data
        lines = {}
        for rating in self.ratings:
            cells = {grade: cleaned[cell_name(rating.pk, grade)] for grade in CHOICES}
            if any(count is not None for count in cells.values()):
                lines[rating.pk] = {grade: count or 0 for grade, count in cells.items()}
        return Counted({name: cleaned[name] for name in TOTALS}, lines)


def cell_name(rating_id: int, grade: str) -> str:
    """The name of one cell."""
    return f"count-{rating_id}-{grade or 'blank'}"


def _number(label: str, *, required: bool = False, initial: int | None = None) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=required,
        initial=initial,
        min_value=0,
        max_value=MOST,
        widget=forms.TextInput(attrs=NUMBER),
    )
