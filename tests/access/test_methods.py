"""What may be asked of an address: a page answers HEAD as it answers GET, and what only acts stands among no pages."""

from django.test import RequestFactory
from django.urls import get_resolver
from django.views import View

from tests.access.scene import OURS
from tests.access.test_matrix import ROWS, expected


def views():
    """{address name: view class} of every address of ours that a class answers."""
    found = {}

    def walk(resolver, spaces):
        for entry in resolver.url_patterns:
            if hasattr(entry, "url_patterns"):
                walk(entry, [*spaces, entry.namespace] if entry.namespace else spaces)
            elif spaces and spaces[0] in OURS and hasattr(entry.callback, "view_class"):
                found[":".join([*spaces, entry.name])] = entry.callback.view_class

    walk(get_resolver(), [])
    return found


def reads(view):
    return "get" in view.http_method_names and hasattr(view, "get")


def deaf(found):
    """The names of the pages that refuse HEAD, which browsers and watchers of links send before GET."""
    return [name for name, view in found.items() if reads(view) and "head" not in view.http_method_names]


def test_every_page_answers_head():
    assert len(views()) > len(ROWS) // 2
    assert deaf(views()) == []


def test_what_only_acts_stands_among_no_pages():
    table = expected()
    pages = {name for name, (method, *_rest) in ROWS.items() if method == "get" and "200" in table[name].values()}
    assert [name for name, view in views().items() if name in pages and not reads(view)] == []


def test_control_a_page_without_head_is_seen():
    class Deaf(View):
        http_method_names = ["get"]

        def get(self, request):
            raise AssertionError("never asked")

    class Acting(View):
        http_method_names = ["post"]

    assert Deaf.as_view()(RequestFactory().head("/")).status_code == 405
    assert deaf({"deaf": Deaf, "acting": Acting}) == ["deaf"]
