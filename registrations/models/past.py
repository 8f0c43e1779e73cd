"""Grades of years that were rated before this installation: brought in from a workbook, and marked so."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from criteria.regulation.vocabulary import GRADES
from orgs.models import RatingKind
from registrations.models.register import RegisteredFact


class PastRating(RegisteredFact):
    """The grade that a decision of an earlier year gave; `counted_year` is the year that was rated."""

    kind = models.CharField(_("rating"), max_length=20, choices=RatingKind.choices)
    grade = models.CharField(_("grade"), max_length=20, choices=[(grade, grade) for grade in GRADES])

    class Meta(RegisteredFact.Meta):
        constraints = [
            *RegisteredFact.Meta.constraints,
            *(
                models.UniqueConstraint(
                    fields=[name, "kind", "counted_year"],
                    condition=models.Q(withdrawn_on=None),
                    name=f"registrations_past_{name}_once",
                )
                for name in ("person", "collective", "unit")
            ),
        ]
        verbose_name = _("grade of an earlier year")
        verbose_name_plural = _("grades of earlier years")
