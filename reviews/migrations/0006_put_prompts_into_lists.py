"""Prompts that were issued one by one are put into the list of their authority; where drafts wait, it is drafted."""

import uuid

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone


def put_into_lists(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """One list for each authority and cycle that prompted anybody."""
    prompt_lists, prompts = apps.get_model("reviews", "PromptList"), apps.get_model("reviews", "Prompt")
    pairs = prompts.objects.order_by().values_list("cycle_id", "authority_id").distinct()
    for cycle_id, authority_id in list(pairs):
        rows = prompts.objects.filter(cycle_id=cycle_id, authority_id=authority_id).order_by("id")
        first = rows.first()
        kept, _is_new = prompt_lists.objects.get_or_create(
            cycle_id=cycle_id,
            authority_id=authority_id,
            defaults={
                "uuid": uuid.uuid4(),
                "advisory_unit_id": first.advisory_unit_id,
                "workflow_name": "prompt_list",
                "state": "drafting" if rows.filter(state="draft").exists() else "issued",
                "state_since": timezone.now(),
                "is_demo": first.is_demo,
            },
        )
        rows.update(prompt_list_id=kept.pk)


class Migration(migrations.Migration):
    dependencies = [("reviews", "0005_add_prompt_lists")]

    operations = [migrations.RunPython(put_into_lists, migrations.RunPython.noop)]
