"""Vietnamese names: searched without accents, sorted by the Vietnamese alphabet, alike on every database."""

import unicodedata

import pytest

from orgs.models import Person, names

# By given name, then the words before it; letters before tones: ngang, huyền, hỏi, ngã, sắc, nặng.
IN_ORDER = [
    "Nguyễn Văn An",
    "Trần Thị An",
    "Lê Văn Ân",
    "Lê Văn Ấn",
    "Lê Văn Bảo",
    "Lê Văn Dung",
    "Lê Văn Dũng",
    "Lê Văn Đạt",
    "Lê Văn Em",
    "Lê Văn Ên",
    "Lê Văn Hoa",
    "Lê Văn Hòa",
    "Lê Văn Hóa",
    "Lê Văn Hô",
    "Lê Văn Hơ",
    "Lê Văn Tu",
    "Lê Văn Tư",
    "Lê Văn Ý",
]


@pytest.mark.django_db
def test_database_sorts_by_the_vietnamese_alphabet():
    for name in reversed(IN_ORDER):
        Person.objects.create(full_name=name)
    assert list(Person.objects.order_by("sort_key", "id").values_list("full_name", flat=True)) == IN_ORDER


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["nguyen van a", "NGUYỄN VĂN Á", "  Nguyen   Van A ", "văn á"])
def test_search_finds_without_accents_and_in_any_case(text):
    Person.objects.create(full_name="Nguyễn Văn Á")
    Person.objects.create(full_name="Đỗ Thị Bé")
    assert [str(person) for person in Person.objects.matching(text)] == ["Nguyễn Văn Á"]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đặng Đình Đệ", "dang dinh de"),
        ("ƯỜNG ỡ", "uong o"),
        ("Y Blŏk Êban", "y blok eban"),
        ("", ""),
        (" a \t b ", "a b"),
    ],
)
def test_fold(text, folded):
    assert names.fold(text) == folded
    assert names.fold(unicodedata.normalize("NFD", text)) == folded


def test_keys_are_digits_only_and_fit_their_column():
    for name in (*IN_ORDER, "Rơ Châm H'Bia-Ñ 12", "Đ" * 300):
        key = names.sort_key(name, given_name_first=True)
        assert key.isdigit()
        assert len(key) <= 400
