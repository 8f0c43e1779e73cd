"""Bad input on the pages of the register: refused at its field, what was typed stays, and nothing at all is written."""

from dataclasses import dataclass, field
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from registrations.models import Discipline, Finding, Origin, Shortcoming
from registrations.services.register import facts as register
from registrations.services.register import remarks
from registrations.services.remedies.naming import NamedIn, name_shortcoming
from tests.access.played.tables import changed, everything
from tests.registrations.works.test_registering import closed_cycle

pytestmark = pytest.mark.django_db
TYPED = "Câu tôi vừa gõ vào đây"
NAMED_ON = date(2023, 12, 28)
FUTURE, NO_DAY, EARLY = "01/01/2999", "31/02/2024", "01/01/2020"
DECISION = {"document": "QĐ 33-QĐ/UBKTTU", "document_on": "06/05/2024", "form": "canh_cao", "text": TYPED}
CONCLUSION = {"document": "KL 5-KL/UBKT", "document_on": "06/05/2024", "kind": "disunity", "text": TYPED}
NAMED = {"document": "TB 9-TB/TU", "document_on": "06/05/2024", "text": TYPED}
CORRECTED = DECISION | {"correction": "QĐ 50-QĐ/UBKTTU"}
REMARK = {"kind": "concern", "made_on": "06/05/2024", "text": TYPED}
PLAN = {"measure": TYPED, "due_on": "30/06/2099"}


@dataclass(frozen=True)
class Bad:
    """What somebody sends to a page, and the field that must be named; `typed` must come back with the page."""

    page: str
    body: dict
    field: str
    who: str = "quan"
    typed: str = TYPED
    files: dict = field(default_factory=dict)


def without(body, *names, **more):
    return {name: value for name, value in body.items() if name not in names} | more


CASES = [
    # Nothing is a fact without a document.
    Bad("discipline", without(DECISION, "document"), "document"),
    Bad("discipline", DECISION | {"document": "   "}, "document"),
    Bad("discipline", without(DECISION, "document_on"), "document_on"),
    Bad("finding", without(CONCLUSION, "document"), "document"),
    Bad("finding", CONCLUSION | {"document": " "}, "document"),
    Bad("shortcoming", without(NAMED, "document"), "document"),
    Bad("shortcoming", without(NAMED, "text", is_none="on", document=" "), "document", typed="06/05/2024"),
    # Days that are none, or to come.
    Bad("discipline", DECISION | {"document_on": NO_DAY}, "document_on"),
    Bad("discipline", DECISION | {"document_on": FUTURE}, "document_on"),
    Bad("finding", CONCLUSION | {"document_on": "hôm qua"}, "document_on"),
    Bad("shortcoming", NAMED | {"document_on": FUTURE}, "document_on"),
    # What the document does not bear.
    Bad("discipline", DECISION | {"form": "nhac_nho"}, "form"),
    Bad("discipline", DECISION | {"form": ""}, "form"),
    Bad("finding", CONCLUSION | {"kind": ""}, "kind"),
    Bad("finding", CONCLUSION | {"kind": "gossip"}, "kind"),
    Bad("discipline", DECISION | {"counted_year": "2013"}, "counted_year"),
    Bad("discipline", DECISION | {"counted_year": "2026"}, "counted_year"),
    Bad("discipline", DECISION | {"counted_year": "năm kia"}, "counted_year"),
    Bad("shortcoming", without(NAMED, "text"), "text", typed="TB 9-TB/TU"),
    Bad("shortcoming", NAMED | {"is_none": "on"}, "text"),
    # Corrections and withdrawals rest on a document as well.
    Bad("correct", without(CORRECTED, "correction"), "correction"),
    Bad("correct", CORRECTED | {"document": " "}, "document"),
    Bad("correct", CORRECTED | {"document_on": FUTURE}, "document_on"),
    Bad("correct", CORRECTED | {"counted_year": "1999"}, "counted_year"),
    Bad("withdraw", {}, "document", typed="Ủy ban Kiểm tra kết luận"),
    Bad("remedied", {"document": "BC 3-BC/SKH", "remedied_on": EARLY}, "remedied_on", typed="BC 3-BC/SKH"),
    Bad("remedied", {"document": "BC 3-BC/SKH", "remedied_on": FUTURE}, "remedied_on", typed="BC 3-BC/SKH"),
    Bad("remedied", {"remedied_on": "06/05/2024"}, "document", typed="06/05/2024"),
    # Remarks of the superior and their answers.
    Bad("remark", without(REMARK, "text"), "text", who="an", typed="06/05/2024"),
    Bad("remark", REMARK | {"kind": "praise"}, "kind", who="an"),
    Bad("remark", REMARK | {"made_on": FUTURE}, "made_on", who="an"),
    Bad("remark", REMARK | {"made_on": "20/12/2022"}, "made_on", who="an"),
    Bad("answer", {"answer": "  "}, "answer", who="chi", typed="Cần chủ động hơn"),
    Bad("take back", {"reason": ""}, "reason", who="an", typed="Cần chủ động hơn"),
    # The remedy.
    Bad("plan", without(PLAN, "measure"), "measure", who="an", typed="30/06/2099"),
    Bad("plan", PLAN | {"due_on": NO_DAY}, "due_on", who="an"),
    Bad("plan", PLAN | {"due_on": EARLY}, "due_on", who="an"),
    Bad("plan", PLAN | {"owner": "11111111-2222-3333-4444-555555555555"}, "owner", who="an"),
    Bad("report", {"report": " "}, "report", who="an", typed="Chậm giải ngân"),
    Bad("evidence", {}, "file", who="an", typed="Chậm giải ngân", files={"ma.exe": b"MZ"}),
    Bad("evidence", {}, "file", who="an", typed="Chậm giải ngân", files={"gia.pdf": b"PK\x03\x04"}),
    Bad("evidence", {}, "file", who="an", typed="Chậm giải ngân", files={"Báo cáo MẬT.pdf": b"%PDF-1.7"}),
    Bad("evidence", {}, "file", who="an", typed="Chậm giải ngân"),
]


@pytest.fixture
def pages(province):
    """Each page of the table with the row that it is about; the cycle of 2022 is closed."""
    users, chi = province.users, province.people["chi"]
    about = f"?person={chi.uuid}"
    given = {"document": "QĐ 33", "document_on": date(2024, 5, 6), "subject": chi, "actor": users["quan"]}
    decision = register.enter_fact(model=Discipline, form="canh_cao", **given)
    finding = register.enter_fact(model=Finding, kind="disunity", **given | {"text": "Ủy ban Kiểm tra kết luận"})
    row = name_shortcoming(
        subject=province.people["an"],
        text="Chậm giải ngân",
        named_in=NamedIn(Origin.PROMPT, "reviews.PromptItem", "1", "Gợi ý kiểm điểm"),
        document="12-CV/TU",
        document_on=NAMED_ON,
        actor=users["giang"],
    )
    Shortcoming.objects.filter(pk=row.pk).update(measure="Giao ban hằng tuần.")
    made = {"kind": "concern", "text": "Cần chủ động hơn", "made_on": timezone.localdate()}
    remark = remarks.make_remark(subject=chi, actor=users["an"], **made)
    closed_cycle(province, 2022)

    def address(name, *arguments):
        return reverse(f"registrations:{name}", args=arguments)

    return {
        **{kind: address("fact_create", kind) + about for kind in ("discipline", "finding", "shortcoming")},
        "correct": address("fact_correct", "discipline", decision.uuid),
        "withdraw": address("fact_withdraw", "finding", finding.uuid),
        "remedied": address("fact_remedy", row.uuid),
        "remark": address("remark_create") + about,
        "answer": address("remark_answer", remark.uuid),
        "take back": address("remark_withdraw", remark.uuid),
        **{name: address(f"remedy_{name}", row.uuid) for name in ("plan", "report", "evidence")},
    }


@pytest.mark.parametrize("bad", CASES, ids=[f"{case.page} {place}" for place, case in enumerate(CASES)])
def test_bad_input_is_refused_at_its_field_and_nothing_is_written(province, client, pages, bad):
    client.force_login(province.users[bad.who])
    files = [SimpleUploadedFile(name, content) for name, content in bad.files.items()]
    page = pages[bad.page]
    before = everything()
    answer = client.post(page, bad.body | {"file": files} | {"version": 1, "idempotency_key": "xau-1"})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {bad.field}
    assert bad.typed in answer.text
    assert f"id_{bad.field}" in answer.text
    assert changed(before) == []


STALE = [
    ("correct", "quan", CORRECTED | {"form": "khien_trach"}),
    ("plan", "an", PLAN),
    ("report", "an", {"report": TYPED}),
    ("answer", "chi", {"answer": TYPED}),
    ("take back", "an", {"reason": TYPED}),
]


@pytest.mark.parametrize(("page", "who", "body"), STALE, ids=[row[0] for row in STALE])
def test_stale_page_keeps_what_was_typed_and_writes_nothing(province, client, pages, page, who, body):
    client.force_login(province.users[who])
    before = everything()
    answer = client.post(pages[page], body | {"version": 0, "idempotency_key": "cu-1"})
    assert (answer.status_code, TYPED in answer.text) == (409, True)
    assert changed(before) == []


@pytest.mark.parametrize(("page", "who", "body"), STALE, ids=[row[0] for row in STALE])
def test_form_without_a_version_is_refused_as_stale(province, client, pages, page, who, body):
    client.force_login(province.users[who])
    before = everything()
    assert client.post(pages[page], body | {"idempotency_key": "cu-2"}).status_code == 409
    assert changed(before) == []


def test_remark_that_was_taken_back_is_answered_no_more(province, client, pages):
    client.force_login(province.users["an"])
    assert client.post(pages["take back"], {"reason": "Nhầm người.", "version": 1}).status_code == 302
    client.force_login(province.users["chi"])
    shown = client.get(pages["answer"])
    assert (shown.status_code, "đã được rút lại" in shown.text) == (403, True)
    assert client.post(pages["answer"], {"answer": TYPED, "version": 2}).status_code == 409


def test_day_of_a_closed_year_names_the_year_and_the_day_of_closing(province, client, pages):
    client.force_login(province.users["an"])
    answer = client.post(pages["remark"], REMARK | {"made_on": "20/12/2022", "idempotency_key": "n"})
    (told,) = answer.context["form"].errors["made_on"]
    assert "2022" in told
    assert "đóng" in told
