"""Replies that are written with gaps in several open pages, and remarks that are kept with their clause."""

import django.db.models.deletion
from django.db import migrations, models
from django.utils import timezone

import orgs.models.record


class Migration(migrations.Migration):
    dependencies = [("criteria", "0006_add_submission_and_signer")]

    operations = [
        migrations.AddField(
            "addressee",
            "returned_note",
            orgs.models.record.NfcTextField(blank=True, default="", verbose_name="why it was returned"),
            preserve_default=False,
        ),
        migrations.AlterField(
            "remark",
            "kind",
            models.CharField(
                blank=True,
                choices=[("keep", "Keep"), ("amend", "Amend"), ("add", "Add"), ("drop", "Drop")],
                max_length=10,
                verbose_name="proposal",
            ),
        ),
        migrations.AddField(
            "remark",
            "last_tab",
            models.CharField(blank=True, default="", editable=False, max_length=40),
            preserve_default=False,
        ),
        migrations.AddField("remark", "seen_tabs", models.JSONField(blank=True, default=dict, editable=False)),
        migrations.AddField(
            "remark", "updated_at", models.DateTimeField(auto_now=True, default=timezone.now), preserve_default=False
        ),
        migrations.AddField(
            "keptremark",
            "clause",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="kept_remarks",
                to="criteria.clause",
            ),
        ),
        migrations.AddField("keptremark", "number", models.PositiveIntegerField(default=1)),
        migrations.AddField("keptremark", "why", models.CharField(default="closed", max_length=10)),
        migrations.AddField(
            "keptremark", "tab_id", models.CharField(blank=True, default="", max_length=40), preserve_default=False
        ),
        migrations.AddField("keptremark", "client_seq", models.PositiveIntegerField(default=0)),
        migrations.AddField("keptremark", "settled_at", models.DateTimeField(null=True)),
    ]
