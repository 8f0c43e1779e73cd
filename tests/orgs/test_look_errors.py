"""Pages for what went wrong: in Vietnamese, with the reason and the way out."""

import re

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404
from django.template.loader import render_to_string
from django.test import Client, override_settings
from django.urls import resolve
from django.utils import translation

from orgs.models import Forbidden, Refusal, Stale
from orgs.views import errors

SENTENCES = {
    400: "Yêu cầu chưa hợp lệ",
    403: "Đồng chí chưa có quyền thực hiện việc này",
    404: "Không tìm thấy trang này",
    409: "Đã có người cập nhật trước",
    413: "Dung lượng quá lớn",
    500: "Hệ thống gặp lỗi",
    503: "Tạm thời chưa truy cập được",
}


@pytest.fixture
def request_of_an(rf, province):
    request = rf.get("/somewhere")
    request.user = province.users["an"]
    return request


def answers(request):
    return {
        400: errors.bad_request(request, SuspiciousOperation("bad host secret.example")),
        403: errors.permission_denied(request, PermissionDenied()),
        404: errors.page_not_found(request, Http404("secret name")),
        409: errors.conflict(request),
        413: errors.bad_request(request, RequestDataTooBig()),
        500: errors.server_error(request),
        503: errors.unavailable(request),
    }


@pytest.mark.django_db
def test_every_error_says_in_vietnamese_what_happened_and_leads_out(request_of_an):
    for status, answer in answers(request_of_an).items():
        page = answer.content.decode()
        assert answer.status_code == status
        assert f"<h1>{SENTENCES[status]}</h1>" in page
        assert '<html lang="vi">' in page
        assert re.search(r'<main.*<a class="btn btn-primary" href="/">Về việc của tôi</a>', page, re.S), status
        assert "secret" not in page


@pytest.mark.django_db
def test_every_error_speaks_english_by_the_switch(request_of_an):
    with translation.override("en"):
        pages = {status: answer.content.decode() for status, answer in answers(request_of_an).items()}
    for page in pages.values():
        assert '<html lang="en">' in page
        assert "To my tasks" in page


@pytest.mark.parametrize("status", [400, 413, 500, 503])
def test_page_renders_without_request_and_without_the_database(status):
    # No django_db mark: any query would fail this test.
    assert SENTENCES[status] in render_to_string(f"errors/{status}.html", {"status": status})


def test_unavailable_says_when_to_come_back(rf):
    assert errors.unavailable(rf.get("/")).headers["Retry-After"] == "30"


@pytest.mark.django_db
def test_forbidden_shows_the_reason_escaped(request_of_an):
    page = errors.permission_denied(request_of_an, PermissionDenied("Chỉ <thư ký> được ghi.")).content.decode()
    assert "Chỉ &lt;thư ký&gt; được ghi." in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("refusal", "status"),
    [(Forbidden("Không phải việc của đồng chí."), 403), (Stale("Đã đổi."), 409), (Refusal("Thiếu."), 409)],
)
def test_refusal_that_no_form_can_show_becomes_its_page(request_of_an, refusal, status):
    answer = errors.refused(request_of_an, refusal)
    assert answer.status_code == status
    assert str(refusal) in answer.content.decode()


@pytest.mark.django_db
def test_conflict_keeps_both_texts_and_lets_both_be_saved(request_of_an):
    answer = errors.conflict(
        request_of_an, mine="Bản của tôi", theirs="Bản đã lưu", keep_url="/keep", field_name="text", back_url="/back"
    )
    page = answer.content.decode()
    kept = re.search(r'<textarea[^>]*name="text"[^>]*>(.*?)</textarea>', page, re.S).group(1)
    assert "Bản của tôi" in kept
    assert "Bản đã lưu" in kept
    assert 'action="/keep"' in page
    assert 'href="/back"' in page


@pytest.mark.django_db
@override_settings(DEBUG=False)
def test_wrong_address_is_a_404_page_for_who_is_logged_in(client, province):
    client.force_login(province.users["an"], backend="orgs.backends.RoleBackend")
    answer = client.get("/no/such/place")
    assert answer.status_code == 404
    assert SENTENCES[404] in answer.content.decode()
    assert "Nguyễn Văn Ấn" in answer.content.decode()


@pytest.mark.django_db
def test_form_without_a_token_is_told_to_load_the_page_again():
    answer = Client(enforce_csrf_checks=True).post("/login", {"username": "an"})
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "Biểu mẫu này đã cũ" in page
    assert "mở lại trang" in page
    assert "chưa có quyền" not in page


@pytest.mark.django_db
def test_what_was_typed_into_a_form_of_another_login_is_shown_again_but_no_password():
    typed = {"text": "Tôi đã viết <b>một</b> đoạn dài", "old_password": "mat khau cu", "grade": "good"}
    answer = Client(enforce_csrf_checks=True, headers={"referer": "http://testserver/reviews/1"}).post("/login", typed)
    page = answer.content.decode()
    assert "Tôi đã viết &lt;b&gt;một&lt;/b&gt; đoạn dài" in page
    assert "mat khau cu" not in page
    assert 'href="http://testserver/reviews/1"' in page
    stranger = Client(enforce_csrf_checks=True, headers={"referer": "https://example.org/"}).post("/login", typed)
    assert "example.org" not in stranger.content.decode()


@pytest.fixture
def sent_form(rf, province):
    """A form of An's that a page of ours has read and will refuse."""
    typed = {"note": "Chưa có <b>biên bản</b> họp", "new_password": "mat khau moi", "version": "3"}
    request = rf.post("/registrations/remedies/close", typed)
    request.user, request.resolver_match = province.users["an"], resolve("/registrations/remedies/close")
    return request


@pytest.mark.django_db
@pytest.mark.parametrize("status", [403, 404, 409])
def test_refusal_of_a_form_shows_what_was_typed_but_no_password(sent_form, status):
    page = answers(sent_form)[status].content.decode()
    assert "Chưa có &lt;b&gt;biên bản&lt;/b&gt; họp</textarea>" in page
    assert page.count("<textarea") == 1
    assert "mat khau moi" not in page


@pytest.mark.django_db
@pytest.mark.parametrize("status", [403, 404, 409])
def test_page_that_was_only_opened_shows_no_box_and_an_unknown_address_reads_no_form(request_of_an, sent_form, status):
    sent_form.resolver_match = None
    for request in (request_of_an, sent_form):
        assert "<textarea" not in answers(request)[status].content.decode()
