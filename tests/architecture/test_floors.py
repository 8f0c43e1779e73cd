"""What import contracts cannot see: references between tables, states, roles, and where libraries are used."""

import ast
import fnmatch
import re
import subprocess
import sys

import pytest
from django.apps import apps
from django.db import models

from orgs import roles
from tests.architecture import source

OURS = ("orgs", "criteria", "registrations", "reviews")
# A library that writes paper or knows a server is used in one place, so that it can be exchanged there.
PLACES = {
    "weasyprint": ["orgs/documents/*"],
    "docx": ["orgs/documents/*"],
    "pikepdf": ["orgs/documents/*"],
    "segno": ["orgs/documents/*"],
    "celery": ["*/tasks.py", "*/tasks/*", "orgs/bell.py", "config/celery.py"],
    "kombu": ["orgs/bell.py"],
    "redis": ["config/cache.py"],
    "crispy_forms": ["*/forms.py", "*/forms/*"],
    "import_export": ["*/resources.py", "*/resources/*", "*/admin.py", "*/admin/*"],
    "psycopg2": [],
    "requests": [],
    "urllib.request": [],
}


def floor(label):
    return OURS.index(label)


def references_up(fields):
    """Foreign keys that point to a higher floor: (field, its app, the app it points to)."""
    return [name for name, here, there in fields if here in OURS and there in OURS and floor(there) > floor(here)]


def our_references():
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            if isinstance(field, models.ForeignKey | models.ManyToManyField):
                yield model, field


def state_writers(modules):
    """Functions that assign to `.state`, or update() it."""
    found = set()
    for module in modules:
        for function in source.functions(module):
            for node in ast.walk(function):
                targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
                if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign) and any(
                    isinstance(target, ast.Attribute) and target.attr == "state" for target in targets
                ):
                    found.add(f"{module.name}::{function.name}")
    return found


def role_codes_outside(modules):
    """String constants that are codes of granted roles, outside the table of roles and the workflow files.

    A code that is a field's name as well (the secretary of a meeting) cannot be told apart, and is left alone.
    """
    fields = {field.name for model in apps.get_models() for field in model._meta.get_fields()}
    codes = {role.code for role in roles.granted_roles()} - fields
    found = []
    for module in modules:
        if module.path.name in {"roles.py", "workflow.py"} or "workflow" in module.path.parts:
            continue
        allowed = _names_of_choices(module)
        found += [
            f"{module.name}:{node.lineno} {node.value}"
            for node in ast.walk(module.tree)
            if isinstance(node, ast.Constant) and node.value in codes and id(node) not in allowed
        ]
    return found


def _names_of_choices(module):
    """Constants inside Choices classes: a part in a collective may share its word with a role."""
    return {
        id(constant)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef) and any("Choices" in ast.unparse(base) for base in node.bases)
        for constant in ast.walk(node)
        if isinstance(constant, ast.Constant)
    }


def audit_writers(modules):
    """Modules that make, change or save an audit event or the head of a chain."""
    written = re.compile(r"\b(AuditEvent|AuditText|ChainHead)(\(|\.objects\.(create|get_or_create|bulk_create|update))")
    return {module.name for module in modules if written.search(module.text) and "models" not in module.path.parts}


def keeps_history(model):
    """Whether simple-history follows the rows of `model`."""
    return any(field.name == "history" for field in model._meta.related_objects) or hasattr(model, "history")


def libraries_out_of_place(modules):
    found = []
    for module in modules:
        for node in ast.walk(module.tree):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module]
            for name in names:
                for library, places in PLACES.items():
                    is_used = name == library or name.startswith(f"{library}.")
                    if is_used and not any(fnmatch.fnmatch(module.name, place) for place in places):
                        found.append(f"{module.name} imports {name}")
    return found


def test_references_point_to_the_same_or_a_lower_floor():
    fields = [
        (f"{model._meta.label}.{field.name}", model._meta.app_label, field.related_model._meta.app_label)
        for model, field in our_references()
    ]
    assert len(fields) > 20
    assert references_up(fields) == []


def test_control_a_reference_upwards_is_found():
    fields = [("orgs.Unit.cycle", "orgs", "criteria"), ("reviews.Review.unit", "reviews", "orgs")]
    assert references_up(fields) == ["orgs.Unit.cycle"]


def test_nothing_is_deleted_in_a_cascade():
    """People, units and papers end by a date. Only rows that a parent wholly owns may go with it, each named here."""
    cascading = {
        f"{model._meta.label}.{field.name}"
        for model, field in our_references()
        if model._meta.app_label in OURS
        and not model.__name__.startswith("Historical")
        and not model._meta.auto_created
        and isinstance(field, models.ForeignKey)
        and field.remote_field.on_delete is models.CASCADE
    }
    assert cascading == set()


def test_state_is_written_in_one_place():
    assert state_writers(source.modules()) <= {"orgs/services/transitions.py::_place"}


def test_role_codes_stand_in_the_table_of_roles_and_in_workflows():
    assert role_codes_outside(source.modules()) == []


def test_history_is_written_by_its_service_alone():
    assert audit_writers(source.modules()) == {"orgs/services/audit.py"}


def test_ballots_are_in_no_history():
    ballots = [model for model in apps.get_models() if model.__module__ == "reviews.models.tallies"]
    assert {model.__name__ for model in ballots} == {"Tally", "TallyLine"}
    assert [model.__name__ for model in ballots if keeps_history(model)] == []
    assert keeps_history(apps.get_model("orgs.Unit"))


def test_libraries_are_used_in_their_place():
    assert libraries_out_of_place(source.modules()) == []


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (state_writers, "def f(review):\n    review.state = 'archived'\n"),
        (role_codes_outside, "if role == 'account_officer': pass\n"),
        (audit_writers, "AuditEvent.objects.create(chain='x')\n"),
        (libraries_out_of_place, "import weasyprint\n"),
        (libraries_out_of_place, "from celery import shared_task\n"),
    ],
)
def test_control_each_rule_finds_its_fault(rule, text):
    assert rule([source.parse(text)])


def test_import_contracts_hold():
    ran = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
        cwd=source.ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout[-4000:]
    assert re.search(r"Contracts: \d\d? kept, 0 broken", ran.stdout)
