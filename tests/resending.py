"""What is typed into a form of a page, sent after the session has ended, and sent twice."""

from html.parser import HTMLParser

from django.urls import reverse

from tests.cast import PASSWORD


class _Forms(HTMLParser):
    """Every form of a page: its address, the hidden fields as they stand, the names of all fields."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self.found.append((given.get("action") or "", {}, set()))
        elif tag in ("input", "textarea", "select") and self.found and given.get("name"):
            _action, hidden, names = self.found[-1]
            names.add(given["name"])
            if given.get("type") == "hidden":
                hidden[given["name"]] = given.get("value") or ""


def form_of(page, field):
    """The address and the hidden fields of the one form of a page that has this field."""
    ((action, hidden),) = [(action, hidden) for action, hidden, names in _Forms(page.text).found if field in names]
    return action, {name: value for name, value in hidden.items() if name != "csrfmiddlewaretoken"}


def after_the_session_ended(client, url, body, who):
    """Send a form without a session, log in as `who`; answers the page that offers to send it."""
    client.logout()
    kept = client.post(url, body)
    assert kept.status_code == 401
    hidden = form_of(kept, "password")[1]
    return client.post(reverse("orgs:login"), hidden | {"username": who, "password": PASSWORD})


def offered(page):
    """Where the page after the login sends the form, and all that it sends."""
    return page.context["path"], _listed(page.context["fields"])


def _listed(fields):
    found = {}
    for name, value in fields:
        found.setdefault(name, []).append(value)
    return found
