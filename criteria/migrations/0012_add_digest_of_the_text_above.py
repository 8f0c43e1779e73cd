"""A confirmation of a changed text keeps the digest of the parent's text too, so that it ends when that one changes."""

import hashlib
import unicodedata

from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def keep_texts_above(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """What was confirmed until now was read beside the parent as it stands: an issued framework has not changed."""
    level = apps.get_model("criteria", "CriterionLevel")
    for row in apps.get_model("criteria", "LevelConfirmation").objects.select_related("criterion__group__framework"):
        above = level.objects.filter(
            criterion__group__framework=row.criterion.group.framework.parent_id,
            criterion__code=row.criterion.concretises,
            level=row.level,
        ).first()
        if above is not None:
            text = " ".join(unicodedata.normalize("NFC", above.text).split())
            row.above_sha256 = hashlib.sha256(text.encode()).hexdigest()
            row.save(update_fields=["above_sha256"])


class Migration(migrations.Migration):
    dependencies = [
        ("criteria", "0011_add_pens_and_kept_criteria"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="levelconfirmation", name="criteria_level_confirmed_once"),
        migrations.AddField(
            model_name="levelconfirmation",
            name="above_sha256",
            field=models.CharField(blank=True, default="", editable=False, max_length=64),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="levelconfirmation",
            constraint=models.UniqueConstraint(
                fields=("criterion", "level", "text_sha256", "above_sha256"), name="criteria_texts_confirmed_once"
            ),
        ),
        migrations.RunPython(keep_texts_above, migrations.RunPython.noop),
    ]
