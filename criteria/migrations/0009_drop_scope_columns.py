"""The two columns whose content the rows of covers hold since the migration before."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("criteria", "0008_add_framework_covers")]

    operations = [
        migrations.RemoveField("framework", "job"),
        migrations.RemoveField("framework", "position"),
        migrations.RemoveField("historicalframework", "job"),
        migrations.RemoveField("historicalframework", "position"),
    ]
