"""The home page: what I am to study, whom an officer is to call again."""

import pytest
from django.urls import reverse
from django.utils import timezone

from criteria.selectors.reaching.urging import Matter
from criteria.services.reaching import disseminations, urging
from tests.criteria.coverage import sent

pytestmark = pytest.mark.django_db


def home(client):
    return client.get(reverse("reviews:home")).content.decode()


def test_text_stands_among_my_tasks_until_i_have_studied_it(login, province):
    row = sent.opened(province, "SKH")
    words = "Nghiên cứu: Quán triệt Quy định 124-QĐ/TW"
    assert words in home(login("chi"))
    assert words not in home(login("em"))
    disseminations.acknowledge(dissemination=row, actor=province.users["chi"])
    assert words not in home(login("chi"))


def test_officer_finds_the_calls_that_are_due_again(login, province):
    row = sent.opened(province, "SKH")
    call = urging.Call(timezone.now(), "Văn thư", call_again_on=timezone.localdate())
    assert "cần gọi lại" not in home(login("giang"))
    urging.log_call(
        matter=Matter("dissemination", row),
        unit=province.units["SKH"],
        issuer=province.units["BTCTU"],
        call=call,
        actor=province.users["giang"],
    )
    body = home(login("giang"))
    assert "1 cơ quan, đơn vị cần gọi lại" in body
    assert reverse("criteria:urging_pick", args=["dissemination", row.uuid]) in body
