"""A form acts once, however often it arrives."""

import pytest
from django.http import QueryDict

from orgs.models import IdempotencyKey, Refusal, Stale
from orgs.services.idempotency import carry_out_once, fingerprint

pytestmark = pytest.mark.django_db


@pytest.fixture
def send(province):
    done = []

    def once(key="k-1", body=None, user="chi", action="test"):
        def act():
            done.append(1)
            return f"ref-{len(done)}"

        asked = {"text": "một"} if body is None else body
        return carry_out_once(key=key, user=province.users[user], action=action, body=asked, act=act), len(done)

    return once


def test_same_key_and_body_answers_the_same_and_acts_once(send):
    assert send() == ("ref-1", 1)
    assert send() == ("ref-1", 1)
    assert send(key="k-2") == ("ref-2", 2)


@pytest.mark.parametrize("more", [{"body": {"text": "hai"}}, {"user": "em"}, {"action": "other"}])
def test_same_key_with_something_else_is_stale(send, more):
    send()
    with pytest.raises(Stale):
        send(**more)


def test_token_of_the_page_is_no_part_of_the_body(send):
    send(body={"text": "một", "csrfmiddlewaretoken": "a"})
    assert send(body={"text": "một", "csrfmiddlewaretoken": "b"}) == ("ref-1", 1)


def test_every_tick_of_several_counts():
    one, other = QueryDict("rating=1&rating=3"), QueryDict("rating=2&rating=3")
    assert one.dict() == other.dict()
    assert fingerprint(one) != fingerprint(other)


def test_without_a_key_the_act_is_simply_run(send):
    assert send(key="") == ("ref-1", 1)
    assert send(key="") == ("ref-2", 2)
    assert not IdempotencyKey.objects.exists()


def test_refused_act_leaves_the_key_free(province, send):
    def refuse():
        raise Refusal("nein")

    with pytest.raises(Refusal):
        carry_out_once(key="k-1", user=province.users["chi"], action="test", body={"text": "một"}, act=refuse)
    assert send() == ("ref-1", 1)


def test_key_that_is_none_of_ours_is_stale(send):
    with pytest.raises(Stale):
        send(key="x" * 65)
