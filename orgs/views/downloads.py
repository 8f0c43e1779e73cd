"""Files that are made for the one who asks, sent as an attachment that no cache keeps."""

from django.http import HttpResponse

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def workbook(content: bytes, name: str) -> HttpResponse:
    """An XLSX file."""
    return _attached(content, f"{name}.xlsx", XLSX)


def letter(content: bytes, name: str) -> HttpResponse:
    """A DOCX file."""
    return _attached(content, f"{name}.docx", DOCX)


def _attached(content: bytes, name: str, content_type: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=content_type, headers=headers)
