"""Prompts in a real browser: a list is proposed and decided, a prompted collective explains and its meeting opens.

Another prompted collective has not sent its report, and its meeting does not open.
"""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from orgs import roles
from orgs.models import RoleGrant
from registrations.models import Shortcoming
from reviews.models import Meeting, Prompt, PromptContribution, PromptList
from reviews.services.meeting import meetings
from tests.cast import SINCE
from tests.journeys.steps import Sight, press
from tests.reviews.meeting import test_prompts as given
from tests.reviews.meeting.conftest import LONG_AGO, start_round
from tests.uploads import PDF

pytestmark = pytest.mark.django_db(transaction=True)
SUBMIT = "main form:has([type=submit].btn-primary)"
BASIS = "Thông báo số 45-TB/UBKTTU ngày 05/10/2024"


@pytest.fixture
def sight(shot, accessible):
    return Sight(shot, accessible)


@pytest.fixture
def ring(province):
    RoleGrant.objects.create(
        user=province.users["khanh"],
        role=roles.SECRETARY,
        collective=province.collectives["TT-SYT"],
        document="QĐ 9-QĐ/SYT",
        started_on=SINCE,
    )
    made = start_round(province)
    made.submit("TT-SYT", "dung")
    return made


def address(name, row, *more):
    return reverse(f"reviews:{name}", args=[row.uuid, *more])


def list_is_begun(page, ring):
    page.goto(reverse("reviews:prompt_list_list"))
    page.goto(reverse("reviews:prompt_list_open"))
    value = f"{ring.cycle.uuid}:{ring.collectives['BTV-TU'].uuid}:{ring.units['BTCTU'].pk}"
    page.select_option("[name=of]", value)
    press(page, SUBMIT)
    row = PromptList.objects.get()
    page.goto(address("contribution_ask", row))
    page.fill("[name=unit]", "SYT")
    page.fill("[name=question]", "Đề nghị cho ý kiến về đối tượng và nội dung cần gợi ý.")
    press(page, SUBMIT)
    return row


def body_contributes(page):
    row = PromptContribution.objects.get()
    page.goto(address("contribution_give", row))
    page.fill("[name=text]", "Đề nghị làm rõ tiến độ giải ngân.")
    press(page, SUBMIT)
    expect(page.locator("main")).to_be_visible()


def collective_is_prompted(page, ring, code):
    page.goto(reverse("reviews:prompt_write", args=[ring.review(code).uuid]))
    page.fill("[name=item-1]", "Tiến độ giải ngân vốn đầu tư công quý III chậm so với kế hoạch.")
    page.fill("[name=basis-1]", BASIS)
    page.fill("[name=due_on]", f"{timezone.localdate():%d/%m/%Y}")
    press(page, SUBMIT)
    expect(page.locator("main")).to_contain_text(BASIS)


def members_and_group_are_named(page, ring):
    prompt = Prompt.objects.get(review=ring.review("TT-SKH"))
    page.goto(address("prompt_members", prompt, prompt.items.get().uuid))
    page.fill(f"[name=member-{ring.people['binh'].pk}]", "Trực tiếp phụ trách đấu thầu.")
    press(page, SUBMIT)
    page.goto(address("prompt_group", prompt))
    page.fill("[name=person]", "Đỗ Thị Ngọc Em")
    page.fill("[name=document]", "Quyết định số 90-QĐ/TU")
    press(page, SUBMIT)
    expect(page.locator("main")).to_contain_text("Đỗ Thị Ngọc Em")


def list_is_decided(browse, ring, row, sight):
    page = browse(ring.users["giang"])
    page.goto(address("prompt_list_detail", row))
    sight(page, "prompting-1-list")
    press(page, f"form[action='{address('prompt_list_act', row, 'propose')}']")
    page = browse(ring.users["lan"])
    page.goto(address("prompt_list_decide", row))
    today = f"{timezone.localdate():%d/%m/%Y}"
    typed = {"number": "124-CV/TU", "concluded_on": today, "session_on": today, "signatory": "Nguyễn Văn Ký"}
    for name, value in {**typed, "signatory_title": "PHÓ BÍ THƯ"}.items():
        page.fill(f"[name={name}]", value)
    press(page, SUBMIT)
    page = browse(ring.users["minh"])
    page.goto(address("prompt_list_detail", row))
    press(page, f"form[action='{address('prompt_list_act', row, 'confirm')}']")
    expect(page.locator("main")).to_contain_text("124-CV/TU")
    sight(page, "prompting-2-issued")


def collective_explains(page, ring, sight):
    prompt = Prompt.objects.get(review=ring.review("TT-SKH"))
    page.goto(address("prompt_detail", prompt))
    press(page, f"form[action='{address('prompt_open', prompt)}']")
    page.goto(address("explanation_edit", prompt, prompt.items.get().uuid))
    page.set_input_files("[name=new-file]", {"name": "bien-ban.pdf", "mimeType": "application/pdf", "buffer": PDF})
    page.fill("[name=new-title]", "Biên bản giao ban")
    press(page, f"form[action='{address('evidence_add', prompt, prompt.items.get().uuid)}']")
    page.fill("[name=cause]", "Vướng giải phóng mặt bằng kéo dài.")
    page.fill("[name=responsibility]", "Tập thể chưa giao ban định kỳ.")
    page.fill("[name=shared_responsibility]", "Đồng chí Bình trực tiếp phụ trách.")
    page.fill("[name=remedy]", "Giao ban hằng tuần.")
    page.fill("[name=remedy_due]", "31/12/2027")
    sight(page, "prompting-3-explanation")
    with page.expect_navigation():
        page.click("main button[name=next]")
    press(page, f"form[action='{address('prompt_act', prompt, 'send')}']")
    expect(page.locator("main")).to_contain_text("Biên bản giao ban")


def convened(ring, code, secretary):
    today = timezone.localdate()
    words = meetings.Convened(held_on=today, circulated_on=today - LONG_AGO)
    return meetings.convene(
        cycle=ring.cycle, collective=ring.collectives[code], convened=words, actor=ring.users[secretary]
    )


def group_reads_its_subject(browse, ring, meeting, sight):
    """The person named to the working group goes from the prompt to the session, where the others are closed to him."""
    page = browse(ring.users["em"])
    page.goto(address("prompt_detail", Prompt.objects.get(review=ring.review("TT-SKH"))))
    expect(page.locator("main")).to_contain_text("Tổ công tác")
    item = ring.item(meeting, "TT-SKH")
    page.click(f"main a[href='{address('meeting_item', meeting, item.uuid)}']")
    expect(page.locator("h1")).to_contain_text("Tập thể lãnh đạo Sở Kế hoạch và Đầu tư")
    expect(page.locator("main")).to_contain_text("Vướng giải phóng mặt bằng kéo dài.")
    expect(page.locator("main")).to_contain_text("Trực tiếp phụ trách đấu thầu.")
    expect(page.locator("main")).to_contain_text("Biên bản giao ban")
    expect(page.locator("main")).not_to_contain_text("Nguyễn Văn Ấn")
    sight(page, "prompting-5-group")


def matter_is_concluded(browse, ring, meeting, sight):
    """Heard in its only venue the review leaves the meeting; then the recorder of the body concludes the matter."""
    prompt = Prompt.objects.get(review=ring.review("TT-SKH"))
    ring.attend(meeting)
    ring.hear(meeting, "TT-SKH")
    assert ring.review("TT-SKH").state == "finishing"
    page = browse(ring.users["lan"])
    page.goto(address("prompt_outcome", prompt, prompt.items.get().uuid))
    page.check("[name=mark][value=partly]")
    page.fill("[name=text]", "Còn phải làm rõ trách nhiệm giám sát.")
    press(page, SUBMIT)
    expect(page.locator("main")).to_contain_text("Rõ một phần")
    assert Shortcoming.objects.get().collective == ring.collectives["TT-SKH"]
    sight(page, "prompting-6-concluded")


def test_the_meeting_opens_where_the_report_was_sent_and_not_where_it_was_not(browse, ring, sight):
    page = browse(ring.users["giang"])
    row = list_is_begun(page, ring)
    body_contributes(browse(ring.users["khanh"]))
    for code in ("TT-SKH", "TT-SYT"):
        collective_is_prompted(page, ring, code)
    members_and_group_are_named(page, ring)
    list_is_decided(browse, ring, row, sight)
    collective_explains(browse(ring.users["nga"]), ring, sight)

    sent, owing = convened(ring, "TT-SKH", "nga"), convened(ring, "TT-SYT", "khanh")
    page = browse(ring.users["nga"])
    page.goto(address("meeting_detail", sent))
    press(page, f"form[action='{address('meeting_act', sent, 'open')}']")
    assert Meeting.objects.get(pk=sent.pk).state == "open"
    page = browse(ring.users["khanh"])
    page.goto(address("meeting_detail", owing))
    # The reason names who owes, and what can be done about it.
    expect(page.locator("main")).to_contain_text("Chưa gửi báo cáo giải trình: Tập thể lãnh đạo Sở Y tế.")
    expect(page.locator("main")).to_contain_text("hoãn kiểm điểm đối tượng đó")
    expect(page.get_by_role("button", name="Khai mạc hội nghị")).to_be_disabled()
    assert page.locator(f"form[action='{address('meeting_act', owing, 'open')}']").count() == 0
    sight(page, "prompting-4-owing")
    assert Meeting.objects.get(pk=owing.pk).state == "preparing"
    group_reads_its_subject(browse, ring, sent, sight)
    matter_is_concluded(browse, ring, sent, sight)


def test_the_group_finds_its_one_subject_and_the_head_his_unfinished_reports(browse, ring):
    prompt = given.issued(ring, "TT-SYT")
    prompt.working_group.create(person=ring.people["oanh"], document="QĐ 90-QĐ/TU", named_by=ring.users["giang"])
    page = browse(ring.users["oanh"])
    page.goto(address("prompt_detail", prompt))
    expect(page.locator("main")).to_contain_text("Đặng Kiều Oanh")
    assert page.locator("main form[method=post]").count() == 0
    page = browse(ring.users["dung"])
    page.goto(reverse("reviews:prompt_list") + "?state=issued")
    expect(page.locator("main")).to_contain_text("Tập thể lãnh đạo Sở Y tế")
