"""How a regulation or its guidance is cited as a ground."""

from datetime import date

KINDS = ("Quy định", "Nghị định", "Hướng dẫn", "Thông tư", "Quyết định", "Kết luận", "Nghị quyết", "Luật")


def citation(number: str, issued_on: date, title: str) -> str:
    """Such as "Quy định số 124-QĐ/TW ngày 04/10/2023 về việc kiểm điểm …", the kind of paper before its number."""
    kind = next((word for word in KINDS if title.startswith(word)), "")
    rest = title.removeprefix(kind).strip()
    paper = f"{kind or 'Văn bản'} số {number} ngày {issued_on:%d/%m/%Y}"
    return f"{paper} {rest}" if rest.startswith("về ") else f"{paper}, {rest}" if rest else paper
