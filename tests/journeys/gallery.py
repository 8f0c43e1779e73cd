"""Addresses of a page that shows every partial and script, for the tests of the look alone."""

import datetime
from pathlib import Path
from types import SimpleNamespace as Row

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.template import engines
from django.urls import path
from django.utils import timezone

from config.urls import handler400, handler403, handler404, handler500  # noqa: F401 - this module stands in as ROOT_URLCONF
from config.urls import urlpatterns as real

LEVELS = ("excellent", "good", "average", "poor")
PAGE = Path(__file__).with_suffix(".html")
# What the autosave address received, and what it answers next; the live server runs in this very process.
SAVED: list[dict] = []
ANSWER: dict = {}
POSTED: list[dict] = []


class ExampleForm(forms.Form):
    full_name = forms.CharField(label="Họ và tên")
    birth_on = forms.DateField(label="Ngày sinh", help_text="dd/mm/yyyy")


class ExampleFilter(forms.Form):
    q = forms.CharField(label="Tìm", required=False)
    late = forms.BooleanField(label="Chỉ hồ sơ chậm", required=False)


def gallery(request):
    return HttpResponse(engines["django"].from_string(PAGE.read_text(encoding="utf-8")).render(context(), request))


def context():
    today = timezone.localdate()
    step_states = ["done", "done", "now", "next", "next", "next", "next"]
    labels = ["Quán triệt", "Đăng ký việc khó", "Tự kiểm điểm", "Hội nghị", "Thẩm định", "Quyết định", "Công bố"]
    marks = ["tick", "dot", "empty", "exclamation"]
    people = ["Nguyễn Văn Ấn", "Phạm Thị Ưởng", "Đinh Quốc Kỳ"]
    return {
        "title": "Các thành phần",
        "lead": "Trang thử giao diện",
        "steps": [
            Row(label=label, state=state, note="còn 6 ngày" if state == "now" else "")
            for label, state in zip(labels, step_states, strict=True)
        ],
        "tasks": [
            Row(title="Hoàn thành bản kiểm điểm", detail="5/8 mục đã xong", due_on=today + datetime.timedelta(days=6),
                act_label="Viết tiếp", act_url="#write", is_primary=True),
            Row(title="Giải trình gợi ý", detail="2 nội dung", due_on=today - datetime.timedelta(days=1),
                act_label="Giải trình", act_url="#explain"),
            Row(title="Nộp bản kiểm điểm", reason="Chưa nộp được: mục II chưa viết xong", act_label="Nộp"),
        ],
        "sections": [
            Row(label=f"Mục {number}", mark=mark, url="#", is_here=mark == "dot")
            for number, mark in enumerate(marks, 1)
        ],
        "levels": [Row(code=code, text="Trên 70 % nhiệm vụ đúng hạn") for code in LEVELS],
        "grades": ["excellent", "good", "completed", "not_completed", ""],
        "people": people,
        "page_obj": Paginator(range(30), 10).page(2),
        "form": ExampleForm({}),
        "filter_form": ExampleFilter({"q": "an"}),
        "acts": [
            Row(label="Kết luận", url="/gallery/post", tone="primary", question="Kết luận hội nghị?"),
            Row(label="Kết thúc", url="/gallery/end", reason="Chưa đủ số người dự"),
        ],
        "events": [
            Row(at=timezone.now(), who="Lê Văn Bình", what="Sửa chức vụ", note="",
                changes=[Row(field="Chức vụ", before="Trưởng phòng", after="Phó Giám đốc")])
        ],
        "files": [Row(name="Báo cáo 218.pdf", url="#", size=1468006, kind="pdf", at=timezone.now(), who="Bình")],
        "document": Row(version=3),
        "today": today,
    }  # fmt: skip


def save(request):
    SAVED.append(request.POST.dict() | {"header": request.headers.get("X-Autosave", "")})
    answer = {"saved": "Đã lưu 10:32", "version": 4, "forecast": "Dự kiến: Hoàn thành tốt"} | ANSWER
    return JsonResponse(answer, status=answer.pop("status", 200))


def post(request):
    POSTED.append(request.POST.dict())
    return HttpResponseRedirect("/gallery/")


def forbidden(request):
    raise PermissionDenied("Chỉ thư ký hội nghị ghi được ý kiến.")


urlpatterns = [
    path("gallery/", gallery),
    path("gallery/save", save),
    path("gallery/post", post),
    path("gallery/forbidden", forbidden),
    *real,
]
