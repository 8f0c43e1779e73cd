"""A framework of the province for persons on form 02A, and the tools to put others below it."""

from datetime import date

import pytest

from criteria.models import Framework
from criteria.selectors.rules.illustrations import illustrations
from criteria.services.frameworks import frameworks
from criteria.services.frameworks.framework_rows import rows_of_template
from orgs import roles
from orgs.models import Appointment, Job, RoleGrant
from orgs.services.transitions import advance
from tests.cast import SINCE
from tests.criteria import rounds


@pytest.fixture
def login(client, province):
    """The test client as one of the cast."""

    def as_(name):
        client.force_login(province.users[name], backend="orgs.backends.RoleBackend")
        return client

    return as_


@pytest.fixture
def frames(province):
    """The tools, with `above`: issued by the province under Quy định 124, submission not asked for."""
    return Frames(province)


class Frames:
    """Makes and issues frameworks as their officers would."""

    def __init__(self, province):
        self.province = province
        self.law = rounds.regulation()
        # Sở Y tế has its officer in Khánh; Sở Kế hoạch gets one in Chi.
        RoleGrant.objects.create(
            user=province.users["chi"],
            role=roles.OFFICER,
            unit=province.units["SKH"],
            document="QĐ 09-QĐ/SKH",
            started_on=SINCE,
        )
        self.job = Job.objects.create(code="TCCB", name="Chuyên viên tổ chức cán bộ")

    def user(self, name):
        return self.province.users[name]

    def own(self, unit="TU", actor="giang", **more):
        """A draft with the criteria of the product's example for 02A."""
        words = {"title": f"Khung của {unit}", "subject": "person", "form_key": "02A"}
        rows = more.pop("rows", None)
        made = frameworks.create_framework(
            issuer=self.province.units[unit],
            regulation=self.law,
            actor=self.user(actor),
            rows=tuple(self.example() if rows is None else rows),
            **{**words, **more},
        )
        return made

    def example(self, form="02A"):
        template = next(row for row in illustrations()[self.law.key] if row["form"] == form)
        return rows_of_template(template)

    def issue(self, framework, actor="giang", number="01-HD/TU", on=date(2024, 10, 1)):
        Framework.objects.filter(pk=framework.pk).update(number=number, issued_on=on)
        row = Framework.objects.get(pk=framework.pk)
        return advance(row, "issue", actor=self.user(actor), version=row.version)

    def issued(self, unit="TU", actor="giang", *, number="01-HD/TU", on=date(2024, 10, 1), **more):
        return self.issue(self.own(unit, actor, **more), actor, number, on)

    def child(self, above, unit="SYT", actor="khanh"):
        """A draft of the body below, with every criterion of the framework above."""
        return frameworks.concretise_framework(
            framework=above, issuer=self.province.units[unit], actor=self.user(actor)
        )

    def works_as(self, name, *, job=None, position=None, unit=None, main=False):
        """One more post of somebody."""
        return Appointment.objects.create(
            person=self.province.people[name],
            unit=self.province.units.get(unit),
            job=job,
            position=position,
            is_main=main,
            started_on=SINCE,
            document="QĐ 10-QĐ/SYT",
        )
