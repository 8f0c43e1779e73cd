"""What a framework covers, as rows; what stood in two columns is carried over, and older criteria get their code."""

import uuid

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.utils import timezone


def cover(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """One row for the job, else for the position: with both a framework was ranked by its job."""
    covers = apps.get_model("criteria", "FrameworkCover")
    for framework in apps.get_model("criteria", "Framework").objects.exclude(job=None, position=None):
        position = None if framework.job_id else framework.position_id
        covers.objects.create(framework=framework, job_id=framework.job_id, position_id=position)


def uncover(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The columns as they were, from the rows that they can hold."""
    for row in apps.get_model("criteria", "FrameworkCover").objects.exclude(job=None, position=None):
        frameworks = apps.get_model("criteria", "Framework").objects.filter(pk=row.framework_id)
        frameworks.update(job_id=row.job_id, position_id=row.position_id)


def date_superseded(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Frameworks superseded before the day was kept: the day of their last move."""
    rows = apps.get_model("criteria", "Framework").objects.filter(state="superseded", superseded_on=None)
    for framework in rows:
        framework.superseded_on = timezone.localdate(framework.state_since)
        framework.save(update_fields=["superseded_on"])


def code(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The number of the criterion, with that of its group where the number stands twice in the framework."""
    criteria = apps.get_model("criteria", "Criterion").objects.order_by("group__framework", "group__order", "order")
    taken = {}
    for criterion in criteria.select_related("group"):
        used = taken.setdefault(criterion.group.framework_id, set())
        if not criterion.code:
            criterion.code = free_code(criterion, used)
            criterion.save(update_fields=["code"])
        used.add(criterion.code)


def free_code(criterion: models.Model, used: set[str]) -> str:
    number = criterion.number.strip(" .") or str(criterion.order)
    for tried in (number, f"{criterion.group.number.strip(' .')}.{number}"):
        if tried not in used:
            return tried
    return f"{criterion.group.order}.{criterion.order}"


class Migration(migrations.Migration):
    dependencies = [("criteria", "0007_add_reply_drafts"), ("orgs", "0002_audit_triggers")]

    operations = [
        migrations.CreateModel(
            name="FrameworkCover",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "collective",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.collective",
                        verbose_name="collective",
                    ),
                ),
                (
                    "framework",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="covers",
                        to="criteria.framework",
                        verbose_name="framework",
                    ),
                ),
                (
                    "job",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.job",
                        verbose_name="job",
                    ),
                ),
                (
                    "position",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.position",
                        verbose_name="position",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.unit",
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "what a framework covers",
                "verbose_name_plural": "what a framework covers",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("collective", None), ("job__isnull", False), ("position", None), ("unit", None)),
                            models.Q(("collective", None), ("job", None), ("position__isnull", False), ("unit", None)),
                            models.Q(("collective__isnull", False), ("job", None), ("position", None), ("unit", None)),
                            models.Q(("collective", None), ("job", None), ("position", None), ("unit__isnull", False)),
                            _connector="OR",
                        ),
                        name="criteria_cover_of_one_thing",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("job__isnull", False)),
                        fields=("framework", "job"),
                        name="criteria_cover_job_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("position__isnull", False)),
                        fields=("framework", "position"),
                        name="criteria_cover_position_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("collective__isnull", False)),
                        fields=("framework", "collective"),
                        name="criteria_cover_collective_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("unit__isnull", False)),
                        fields=("framework", "unit"),
                        name="criteria_cover_unit_once",
                    ),
                ],
            },
        ),
        migrations.RunPython(cover, uncover),
        migrations.RunPython(date_superseded, migrations.RunPython.noop),
        migrations.RunPython(code, migrations.RunPython.noop),
    ]
