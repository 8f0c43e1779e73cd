"""The offices of the demonstration: deciding bodies, posts by kind of unit, levels of management, rules of rating."""

from orgs.models import Line, Proposer, RatingKind

BODIES = (
    ("BTV-TU", "Ban Thường vụ Tỉnh ủy", "TU", "T/M BAN THƯỜNG VỤ"),
    ("BCSD", "Ban cán sự đảng Ủy ban nhân dân tỉnh", "UBND", "T/M BAN CÁN SỰ ĐẢNG"),
    ("DD-HDND", "Đảng đoàn Hội đồng nhân dân tỉnh", "HDND", "T/M ĐẢNG ĐOÀN"),
    ("BTV-DUK", "Ban Thường vụ Đảng ủy Khối các cơ quan tỉnh", "DUK", "T/M BAN THƯỜNG VỤ"),
    ("BTV-DUDN", "Ban Thường vụ Đảng ủy Khối Doanh nghiệp tỉnh", "DUDN", "T/M BAN THƯỜNG VỤ"),
)
# kind of unit: title of its head, of its deputies, number of deputies, level that manages the head, the deputies
POSTS: dict[str, tuple[str, str, int, str, str]] = {
    "ban_dang": ("Trưởng Ban", "Phó Trưởng Ban", 2, "BTVTU", "BTVTU"),
    "so": ("Giám đốc Sở", "Phó Giám đốc Sở", 2, "BTVTU", "BCSD"),
    "mttq": ("Chủ tịch", "Phó Chủ tịch", 2, "BTVTU", "BTVTU"),
    "hoi": ("Chủ tịch Hội", "Phó Chủ tịch Hội", 1, "BTVTU", "BCSD"),
    "dvsn": ("Thủ trưởng đơn vị sự nghiệp", "Phó Thủ trưởng đơn vị sự nghiệp", 1, "BCSD", "SO"),
    "huyen_uy": ("Bí thư", "Phó Bí thư", 2, "BTVTU", "BTVTU"),
    "dang_uy": ("Bí thư Đảng ủy", "Phó Bí thư Đảng ủy", 1, "BTVTU", "BTVTU"),
    "dnnn": ("Chủ tịch công ty", "Phó Giám đốc công ty", 1, "BTVTU", "BCSD"),
}
LEVELS = (
    ("BTVTU", "Ban Thường vụ Tỉnh ủy quản lý", 100, "BTCTU"),
    ("BCSD", "Ban cán sự đảng Ủy ban nhân dân tỉnh quản lý", 80, "SNV"),
    ("SO", "Cơ quan, đơn vị quản lý", 10, None),
)
# kind, level, line, subtree, proposer, appraising unit, copy, deciding body
RULES: tuple[tuple[str, str | None, str, str | None, str, str, str | None, str], ...] = (
    (RatingKind.CADRE, "BTVTU", Line.STATE, None, Proposer.LEADERSHIP, "BTCTU", "SNV", "BTV-TU"),
    (RatingKind.CADRE, "BTVTU", "", None, Proposer.LEADERSHIP, "BTCTU", None, "BTV-TU"),
    (RatingKind.CADRE, "BCSD", "", None, Proposer.LEADERSHIP, "SNV", None, "BCSD"),
    (RatingKind.CADRE, "SO", "", "KHDT", Proposer.LEADERSHIP, "KHDT", None, "TT-KHDT"),
    (RatingKind.PARTY_MEMBER, None, "", "DUK", Proposer.PARTY_CELL, "DUK", None, "BTV-DUK"),
    (RatingKind.COLLECTIVE, None, Line.STATE, None, Proposer.ITSELF, "SNV", "BTCTU", "BCSD"),
    (RatingKind.COLLECTIVE, None, Line.ASSOCIATION, None, Proposer.ITSELF, "SNV", "BTCTU", "BCSD"),
    (RatingKind.COLLECTIVE, None, Line.ENTERPRISE, None, Proposer.ITSELF, "SNV", "BTCTU", "BCSD"),
    (RatingKind.COLLECTIVE, None, "", None, Proposer.ITSELF, "BTCTU", None, "BTV-TU"),
    (RatingKind.ORGANISATION, None, Line.STATE, "UBND", Proposer.UNIT_HEAD, "SNV", None, "BCSD"),
)
