"""Forms of the secretary's desk: convening, attendance, comments, hearing, letting a matter of form pass."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from criteria.models import Cycle
from orgs import roles
from orgs.forms.fields import ClockField, DayField
from orgs.models import Collective, Membership, Person, RoleGrant
from reviews.forms.prompts import LongField
from reviews.models import AgendaItem, Attendance, MeetingMode
from reviews.selectors.writing.forms import form_of, parts_of
from reviews.services.meeting.meetings import FORM_GUARDS, Convened, Presence

PRESENT, ABSENT = "present", "absent"
MARKS = (("", _("Not marked")), (PRESENT, _("Present")), (ABSENT, _("Absent")))
GUARD_WORDS = {
    "draft_circulated_in_time": _("Working days between sending the drafts and the meeting"),
    "quorum_present": _("Members present"),
}
SELECT = {"class": "form-select"}
STATES = (
    ("", _("All")),
    ("preparing", _("Being prepared")),
    ("open", _("In session")),
    ("closed", _("Closed, minutes signed")),
)


class MeetingFilterForm(forms.Form):
    """Filter of the list of meetings; lives in the address."""

    cycle = forms.ModelChoiceField(
        Cycle.objects.none(), label=_("Cycle"), required=False, to_field_name="uuid", empty_label=_("All")
    )
    state = forms.ChoiceField(label=_("Status"), required=False, choices=STATES)

    def __init__(self, *args: Any, cycles: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cycle"].queryset = cycles


class SessionForm(forms.Form):
    """When, where, for what, under whom; when the drafts were sent."""

    held_on = DayField(label=_("Day of the meeting"))
    starts_at = ClockField(label=_("Begins at"), required=False)
    place = forms.CharField(
        label=_("Place"), max_length=300, required=False, widget=forms.TextInput(attrs={"class": "form-control"})
    )
    mode = forms.ChoiceField(
        label=_("Purpose"), choices=MeetingMode.choices, initial=MeetingMode.BOTH, widget=forms.Select(attrs=SELECT)
    )
    circulated_on = DayField(
        label=_("Drafts sent to the participants on"),
        required=False,
        help_text=_("The drafts reach the participants at least 3 working days before (HD 25-HD/BTCTW)."),
    )
    chair = forms.ModelChoiceField(
        Person.objects.none(), label=_("Chair"), required=False, widget=forms.Select(attrs=SELECT)
    )
    secretary = forms.ModelChoiceField(
        Person.objects.none(), label=_("Secretary"), required=False, widget=forms.Select(attrs=SELECT)
    )
    superior_present = forms.CharField(
        label=_("Working group of the superior body"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )

    def __init__(self, *args: Any, collective: Collective, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = people_of(collective)
        self.fields["chair"].queryset = self.fields["secretary"].queryset = people

    def convened(self) -> Convened:
        """What the service takes."""
        return Convened(**{field.name: self.cleaned_data[field.name] for field in fields(Convened)})


def people_of(collective: Collective) -> QuerySet[Person]:
    """Who may chair or keep the minutes: the members and the secretaries of the collective."""
    today = timezone.localdate()
    members = Membership.objects.current(today).filter(collective=collective)
    grants = RoleGrant.objects.current(today).filter(
        collective=collective, role__in=(roles.SECRETARY, roles.PARTY_SECRETARY)
    )
    return Person.objects.filter(Q(pk__in=members.values("person")) | Q(pk__in=grants.values("user__person"))).order_by(
        "sort_key", "id"
    )


class AttendanceForm(forms.Form):
    """One row for each person summoned, and the course of the meeting."""

    def __init__(self, *args: Any, attendance: Iterable[Attendance], proceedings: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.attendance = list(attendance)
        for row in self.attendance:
            mark = {True: PRESENT, False: ABSENT, None: ""}[row.is_present]
            self.fields[f"mark-{row.pk}"] = forms.ChoiceField(
                label=str(row.person), choices=MARKS, required=False, initial=mark, widget=forms.Select(attrs=SELECT)
            )
            self.fields[f"reason-{row.pk}"] = forms.CharField(
                label=str(row.person),
                max_length=300,
                required=False,
                initial=row.reason,
                widget=forms.TextInput(attrs={"class": "form-control"}),
            )
        self.fields["rest_present"] = forms.BooleanField(
            label=_("Everybody who is not marked is present"), required=False
        )
        self.fields["proceedings"] = LongField(
            label=_("Course of the meeting"), required=False, rows=5, initial=proceedings
        )

    def rows(self) -> list[dict[str, Any]]:
        """The rows as the table shows them."""
        return [
            {"person": row.person, "mark": self[f"mark-{row.pk}"], "reason": self[f"reason-{row.pk}"]}
            for row in self.attendance
        ]

    def presence(self) -> dict[int, Presence]:
        """What the service takes: those who were marked."""
        found = {}
        for row in self.attendance:
            mark = self.cleaned_data[f"mark-{row.pk}"] or (PRESENT if self.cleaned_data["rest_present"] else "")
            if mark:
                found[row.pk] = Presence(mark == PRESENT, self.cleaned_data[f"reason-{row.pk}"])
        return found


class CommentForm(forms.Form):
    """A comment made to the subject's face: by a participant, or by a guest who is named."""

    person = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("Participant"),
        required=False,
        widget=forms.Select(attrs=SELECT),
        empty_label=_("Somebody else"),
    )
    speaker = forms.CharField(
        label=_("Name and post of somebody else"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )
    section_key = forms.ChoiceField(label=_("About the section"), required=False, widget=forms.Select(attrs=SELECT))
    text = LongField(label=_("Comment"), rows=4, required=False)

    def __init__(self, *args: Any, item: AgendaItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Person.objects.filter(pk__in=item.meeting.attendance.exclude(is_present=False).values("person"))
        self.fields["person"].queryset = people.exclude(pk=item.review.person_id).order_by("sort_key", "id")
        parts = parts_of(form_of(item.review))
        self.fields["section_key"].choices = [("", _("The whole review")), *((row.key, row.short) for row in parts)]


class HearForm(forms.Form):
    """What the subject answered and what the chair concluded."""

    answer = LongField(label=_("Answer of the subject"), required=False, rows=4)
    conclusion = LongField(label=_("Conclusion of the chair"), required=False, rows=5)


class LetPassForm(forms.Form):
    """The chair lets a matter of form pass; the reason stands in the minutes."""

    guard = forms.ChoiceField(
        label=_("What is let pass"),
        choices=[(name, GUARD_WORDS[name]) for name in FORM_GUARDS],
        widget=forms.Select(attrs=SELECT),
    )
    note = LongField(label=_("Reason, as it will stand in the minutes"), required=False, rows=3)
