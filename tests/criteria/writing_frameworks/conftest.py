"""A framework of the province, one of Sở Y tế below it, and the pages on which its officer writes."""

import pytest
from django.urls import reverse

from criteria.models import Criterion
from criteria.selectors.frameworks.criterion_content import content_of, digest_of
from tests.criteria.frameworks.conftest import Frames


@pytest.fixture
def login(client, province):
    """The test client as one of the cast."""

    def as_(name):
        client.force_login(province.users[name], backend="orgs.backends.RoleBackend")
        return client

    return as_


@pytest.fixture
def frames(province):
    return Frames(province)


@pytest.fixture
def above(frames):
    return frames.issued()


@pytest.fixture
def child(frames, above):
    return frames.child(above)


@pytest.fixture
def criterion(child):
    return one(child, "2")


def one(framework, code):
    """The criterion with this code, read anew."""
    rows = Criterion.objects.filter(group__framework=framework, code=code)
    return rows.select_related("group__framework").prefetch_related("levels").get()


def seen(criterion):
    """What a page that shows the criterion carries as its version."""
    return digest_of(content_of(one(criterion.group.framework, criterion.code)))


def page(name, *args):
    return reverse(f"criteria:{name}", args=args)


def codes(framework):
    """{number of the group: codes of its criteria} in order."""
    return {
        group.number: list(group.criteria.order_by("order").values_list("code", flat=True))
        for group in framework.groups.order_by("order")
    }
