"""Every page of ours in a real browser: it fits both widths, axe finds nothing grave, the browser complains of nothing.

Each address of the access table that answers with a page is opened as the first of the cast whom it answers; a page
that stands in no table fails there, so none is forgotten here.
"""

import pytest
from django.db import connection
from django.urls import resolve

from tests.access.scene import CAST, Scene, address
from tests.access.test_matrix import ROWS, expected
from tests.journeys.steps import WIDTHS

pytestmark = pytest.mark.django_db(transaction=True)
# Who shows most of a page stands first: officer and administrator, then secretary, head, recorder, confirmer, subject.
FIRST = ("giang", "phuc", "nga", "an", "lan", "minh", "binh", "dung")
ORDER = (*FIRST, *(short for short in CAST if short not in FIRST))


def visits():
    """{member: address names} of every GET that is answered with 200."""
    table, found = expected(), {}
    for name, (method, *_arguments) in ROWS.items():
        who = next((short for short in ORDER if table[name][short] == "200"), None)
        if method == "get" and who:
            found.setdefault(who, []).append(name)
    return found


def is_page(url):
    """Whether a view with a template answers; of any other the answer itself is asked what it is."""
    return bool(getattr(getattr(resolve(url).func, "view_class", None), "template_name", None))


def test_every_page_fits_and_is_accessible(browse, province, accessible, shot):
    scene, seen, faults = Scene(province), [], []
    for short, names in visits().items():
        page = browse(scene.user(short))
        for name in names:
            url = address(scene, name, ROWS[name][1:])
            if not is_page(url) and "text/html" not in page.request.head(url).headers.get("content-type", ""):
                continue
            seen.append(name)
            if (status := page.goto(url).status) != 200:
                faults.append(f"{name} as {short} answers {status}")
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                wide = page.evaluate("document.documentElement.scrollWidth")
                faults += [f"{name} as {short} is {wide} px wide at {width}"] if wide > width else []
                shot(page, f"page-{name}")
            if connection.vendor == "sqlite":  # The same page on both: axe reads it once.
                try:
                    accessible(page)
                except AssertionError as grave:
                    faults.append(f"{name} as {short}: {grave}")
    assert faults == []
    assert len(seen) > len(ROWS) // 3


def test_control_a_page_too_wide_is_seen(browse, province):
    page = browse(province.users["an"], width=360)
    page.goto("/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.evaluate("document.querySelector('main').style.width = '600px'")
    assert page.evaluate("document.documentElement.scrollWidth") > 360
