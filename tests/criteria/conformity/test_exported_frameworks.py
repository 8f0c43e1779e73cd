"""What the product itself exports: of the published schema, and fit to be compared."""

import json
from datetime import date

import pytest
from django.core.management import call_command

from criteria.models import Framework
from criteria.selectors.rules.illustrations import illustrations
from criteria.services.frameworks import frameworks
from tests.criteria import rounds
from tests.criteria.conformity.json_schema import SCHEMA, problems

pytestmark = pytest.mark.django_db
FORMS = ("01", "02A", "02B")


@pytest.fixture
def exported(province, tmp_path):
    """{form: file} of the frameworks that come with the product."""
    law = rounds.regulation()
    rows = frameworks.add_illustrations(
        issuer=province.units["TU"],
        regulation=law,
        templates=illustrations()[law.key],
        actor=province.users["giang"],
    )
    Framework.objects.filter(pk__in=[row.pk for row in rows]).update(number="01-HD/TU", issued_on=date(2024, 10, 1))
    files = {form: tmp_path / f"{form}.json" for form in FORMS}
    for form, path in files.items():
        call_command("export_framework", "TU/01-HD/TU@2024-10-01", form=form, output=str(path))
    return files


@pytest.mark.parametrize("form", FORMS)
def test_exported_framework_is_of_the_schema_and_conforms_to_itself(exported, capsys, form):
    data = json.loads(exported[form].read_text(encoding="utf-8"))
    assert list(problems(data, SCHEMA)) == []
    assert list(data) == list(SCHEMA["properties"])
    call_command("check_conformity", parent=str(exported[form]), child=str(exported[form]))
    assert json.loads(capsys.readouterr().out) == {"conforms": True, "breaches": [], "warnings": []}


def test_exported_framework_that_lost_a_criterion_does_not_conform(exported, capsys):
    data = json.loads(exported["02B"].read_text(encoding="utf-8"))
    lost = data["groups"][0]["criteria"].pop(0)
    path = exported["02B"].with_name("child.json")
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        call_command("check_conformity", parent=str(exported["02B"]), child=str(path))
    assert ended.value.code == 1
    (breach,) = json.loads(capsys.readouterr().out)["breaches"]
    assert (breach["code"], breach["path"]) == ("missing_required", "parent.groups[0].criteria[0]")
    assert breach["cites"] == f"01-HD/TU ngày 01/10/2024, {lost['code']} {lost['title']}"
