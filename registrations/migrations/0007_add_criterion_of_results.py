import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("criteria", "0013_add_criterion_proposals"),
        ("registrations", "0006_add_results_of_the_year"),
    ]

    operations = [
        migrations.AddField(
            model_name="yearresult",
            name="measured_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="criteria.criterion",
                verbose_name="criterion of the framework",
            ),
        ),
    ]
