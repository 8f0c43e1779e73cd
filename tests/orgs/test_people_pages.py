"""The pages of people: who sees whom, search without accents, keyset pages, acts with their refusals."""
# ruff: noqa: E501 - bodies of forms are read by the line

from datetime import date

import pytest
from django.urls import reverse

from orgs.models import Appointment, Membership, Person
from orgs.selectors import people
from orgs.selectors.keyset import Keyset, keyset_page

pytestmark = pytest.mark.django_db


def names_on(response):
    return [person.full_name for person in response.context["page"].rows]


def page(client, user, **query):
    client.force_login(user)
    return client.get(reverse("orgs:people_list"), query)


def test_list_is_sorted_by_given_name_in_the_vietnamese_alphabet(province, client):
    found = names_on(page(client, province.users["phuc"]))
    assert found[:5] == ["Nguyễn Văn Ấn", "Trần Thị Bình", "Lê Thị Kim Chi", "Phạm Quốc Dũng", "Đỗ Thị Ngọc Em"]
    assert len(found) == 15


@pytest.mark.parametrize("text", ["nguyen van an", "NGUYỄN VĂN ẤN", "van a", "cb0001", " Nguyễn  Văn "])
def test_search_needs_neither_accents_nor_case(province, client, text):
    assert names_on(page(client, province.users["phuc"], q=text)) == ["Nguyễn Văn Ấn"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"unit": "SYT"}, ["Phạm Quốc Dũng", "Đỗ Thị Ngọc Em", "Bùi Duy Khánh"]),
        ({"unit": "so y te"}, ["Phạm Quốc Dũng", "Đỗ Thị Ngọc Em", "Bùi Duy Khánh"]),
        ({"authority": "BTVTU"}, ["Nguyễn Văn Ấn", "Phạm Quốc Dũng"]),
        ({"unit": "SYT", "authority": "BTVTU", "q": "dung"}, ["Phạm Quốc Dũng"]),
        ({"unit": "không có"}, []),
    ],
)
def test_filters_cut_the_list_down(province, client, query, expected):
    assert names_on(page(client, province.users["phuc"], **query)) == expected


def test_unit_filter_reaches_the_units_below(province, client):
    found = names_on(page(client, province.users["phuc"], unit="UBND"))
    assert {"Nguyễn Văn Ấn", "Phạm Quốc Dũng", "Võ Thị Thu Hà", "Trương Công Sơn"} <= set(found)
    assert "Hồ Trường Giang" not in found


def test_left_people_are_listed_apart(province, client):
    Person.objects.filter(code="CB0005").update(ended_on=date(2024, 1, 1))
    user = province.users["phuc"]
    assert "Đỗ Thị Ngọc Em" not in names_on(page(client, user))
    assert names_on(page(client, user, status="left")) == ["Đỗ Thị Ngọc Em"]
    assert "Đỗ Thị Ngọc Em" in names_on(page(client, user, status="all"))


def test_sibling_officer_sees_the_own_units_only(province, client):
    found = names_on(page(client, province.users["khanh"]))
    assert set(found) == {"Phạm Quốc Dũng", "Đỗ Thị Ngọc Em", "Bùi Duy Khánh"}
    assert names_on(page(client, province.users["khanh"], unit="SKH")) == []


@pytest.mark.parametrize(("short", "status"), [("chi", 403), ("tu", 403), ("nga", 403), ("an", 200), ("quan", 200)])
def test_list_opens_to_who_may_read_the_register(province, client, short, status):
    assert page(client, province.users[short]).status_code == status


def test_keyset_pages_walk_forth_and_back_without_loss(province, client, django_assert_max_num_queries):
    Person.objects.bulk_create(
        Person(
            full_name=f"Cao Văn {letter}{number}", search="cao", sort_key=f"{number % 3:04d}", code=f"K{letter}{number}"
        )
        for letter in "AB"
        for number in range(60)
    )
    seen, after = [], ""
    while True:
        with django_assert_max_num_queries(2):
            found = keyset_page(Person.objects.filter(search="cao"), after=after)
        seen += [person.code for person in found.rows]
        after = found.after
        if not after:
            break
    assert len(seen) == len(set(seen)) == 120
    assert found.count is None
    assert keyset_page(Person.objects.filter(search="cao")).total == "120"
    back = keyset_page(Person.objects.filter(search="cao"), before=found.before)
    assert [person.code for person in back.rows] == seen[50:100]
    first = keyset_page(Person.objects.filter(search="cao"), before=back.before)
    assert ([person.code for person in first.rows], first.before) == (seen[:50], "")


def test_links_of_the_pages_keep_the_filter(province, client):
    for number in range(60):
        Person.objects.create(code=f"N{number:02}", full_name=f"Cao Văn {number}")
    first = page(client, province.users["phuc"], q="cao van")
    assert first.context["keyset"]["previous_url"] == ""
    second = client.get(reverse("orgs:people_list") + first.context["keyset"]["next_url"])
    assert len(names_on(first) + names_on(second)) == 60
    assert "q=cao+van" in second.context["keyset"]["previous_url"]


def test_unknown_key_gives_the_first_page(province, client):
    for key in ("không phải khóa", "7e0a4a4e-0000-4000-8000-000000000000"):
        assert page(client, province.users["phuc"], after=key).status_code == 200


@pytest.mark.parametrize(("count", "shown"), [(0, "0"), (9_999, "9.999"), (10_000, "10.000"), (10_001, "10.000+")])
def test_count_stops_at_ten_thousand(count, shown):
    assert Keyset((), "", "", count).total == shown


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_the_same_few_queries(province, client, count, django_assert_num_queries):
    user = province.users["khanh"]
    Appointment.objects.filter(unit=province.units["SYT"]).exclude(person__code="CB0008").update(
        unit=province.units["SKH"]
    )
    Person.objects.filter(party_cell=province.units["CB-SYT"]).update(party_cell=None)
    for number in range(count - 1):
        person = Person.objects.create(full_name=f"Người {number}", managing_authority=province.authorities["SO"])
        person.appointments.create(unit=province.units["SYT"], position=province.positions["CV"])
    client.force_login(user)
    client.get(reverse("orgs:people_list"))
    with django_assert_num_queries(8):
        found = client.get(reverse("orgs:people_list"))
    assert len(names_on(found)) == count


# One person.


def detail(client, user, person):
    client.force_login(user)
    return client.get(reverse("orgs:person_detail", args=[person.uuid]))


def test_detail_shows_posts_seats_and_who_rates_on_what_ground(province, client):
    text = detail(client, province.users["phuc"], province.people["an"]).text
    for expected in (
        "Nguyễn Văn Ấn",
        "CB0001",
        "Giám đốc Sở",
        "Tập thể lãnh đạo Sở Kế hoạch và Đầu tư",
        "Ban Thường vụ Tỉnh ủy đánh giá, xếp loại theo QĐ 746-QĐ/TU ngày 01/12/2022.",
        "Ban Thường vụ Đảng ủy Khối các cơ quan tỉnh",
        "Chưa có quy định nào đang áp dụng nêu rõ ai xếp loại.",
    ):
        assert expected in text


@pytest.mark.parametrize(
    ("short", "person", "status"),
    [("chi", "chi", 200), ("chi", "an", 404), ("khanh", "em", 200), ("khanh", "an", 404), ("tu", "an", 404)],
)
def test_detail_is_found_by_who_may_see_the_person(province, client, short, person, status):
    assert detail(client, province.users[short], province.people[person]).status_code == status


def test_detail_links_only_units_that_the_reader_sees(province, client):
    skh, syt = (reverse("orgs:unit_detail", args=[province.units[code].uuid]) for code in ("SKH", "SYT"))
    province.people["chi"].appointments.create(unit=province.units["SYT"], position=province.positions["CV"])
    seen = detail(client, province.users["khanh"], province.people["chi"]).text
    assert syt in seen
    assert skh not in seen
    assert "Sở Kế hoạch và Đầu tư" in seen
    assert skh in detail(client, province.users["son"], province.people["chi"]).text


def test_detail_takes_a_fixed_number_of_queries(
    province, client, django_assert_num_queries, django_assert_max_num_queries
):
    an = province.people["an"]
    client.force_login(province.users["phuc"])
    url = reverse("orgs:person_detail", args=[an.uuid])
    client.get(url)
    with django_assert_max_num_queries(22) as asked:
        client.get(url)
    for number in range(3):
        an.appointments.create(
            unit=province.units["SYT"], position=province.positions["CV"], started_on=date(2021, 1, 1 + number)
        )
        an.memberships.create(collective=province.collectives["TT-SYT"], started_on=date(2021, 1, 1 + number))
        an.email = f"an{number}@example.vn"
        an.save()
    with django_assert_num_queries(len(asked)):
        client.get(url)


def test_history_of_the_record_tells_field_before_and_after(province, client):
    client.force_login(province.users["phuc"])
    chi = province.people["chi"]
    client.post(
        reverse("orgs:person_edit", args=[chi.uuid]),
        edit_body(chi, email="chi@example.vn", managing_authority=province.authorities["BCSD"].pk),
    )
    event = detail(client, province.users["phuc"], chi).context["events"][0]
    assert (event.who, event.note) == ("phuc", "QĐ 5-QĐ/TU")
    assert {(change.field, change.before, change.after) for change in event.changes} == {
        ("Thư điện tử", "", "chi@example.vn"),
        ("Diện quản lý", "Sở, ban, ngành quản lý", "Ban cán sự đảng UBND tỉnh quản lý"),
    }


def test_record_that_came_without_a_history_opens(province, client):
    chi = province.people["chi"]
    chi.history.all().delete()
    assert detail(client, province.users["phuc"], chi).context["events"] == []


def edit_body(person, **more):
    values = {
        "full_name": person.full_name,
        "code": person.code,
        "birth_on": person.birth_on.strftime("%d/%m/%Y"),
        "managing_authority": person.managing_authority_id,
        "standing": person.standing,
        "is_party_member": "on",
        "party_cell": person.party_cell_id,
        "party_admitted_on": "19/05/2005",
        "document": "QĐ 5-QĐ/TU",
        "version": person.version,
        **more,
    }
    return {key: value for key, value in values.items() if value is not None}


def test_edit_writes_once_and_answers_a_stale_page_with_409(province, client):
    chi = province.people["chi"]
    client.force_login(province.users["phuc"])
    url = reverse("orgs:person_edit", args=[chi.uuid])
    assert client.get(url).status_code == 200
    assert client.post(url, edit_body(chi, full_name="Lê Thị Kim Chí")).status_code == 302
    chi.refresh_from_db()
    assert (chi.full_name, chi.version, chi.search) == ("Lê Thị Kim Chí", 2, "le thi kim chi")
    stale = client.post(url, edit_body(chi, full_name="Khác", version=1))
    assert stale.status_code == 409
    assert Person.objects.get(pk=chi.pk).full_name == "Lê Thị Kim Chí"


def test_edit_shows_what_is_wrong_in_the_form(province, client):
    chi = province.people["chi"]
    client.force_login(province.users["phuc"])
    url = reverse("orgs:person_edit", args=[chi.uuid])
    for wrong in ({"birth_on": "31/02/1980"}, {"birth_on": "01/01/2090"}, {"code": "CB0001"}, {"document": ""}):
        answer = client.post(url, edit_body(chi, **wrong))
        assert answer.status_code == 200
        assert list(answer.context["form"].errors) == list(wrong)


@pytest.mark.parametrize(("short", "status"), [("khanh", 404), ("quan", 403), ("an", 403), ("chi", 403), ("phuc", 200)])
def test_edit_opens_to_who_keeps_the_person(province, client, short, status):
    client.force_login(province.users[short])
    url = reverse("orgs:person_edit", args=[province.people["chi"].uuid])
    assert client.get(url).status_code == status
    if status != 200:
        assert client.post(url, edit_body(province.people["chi"], full_name="Khác")).status_code == status
        assert Person.objects.get(code="CB0003").full_name == "Lê Thị Kim Chi"


def test_who_left_my_units_is_visible_but_not_mine_to_change(province, client):
    em = province.people["em"]
    Person.objects.filter(pk=em.pk).update(party_cell=None)
    em.appointments.update(ended_on=date(2024, 1, 1))
    em.appointments.create(unit=province.units["SKH"], position=province.positions["CV"], started_on=date(2024, 1, 1))
    client.force_login(province.users["khanh"])
    assert client.get(reverse("orgs:person_detail", args=[em.uuid])).status_code == 200
    refused = client.get(reverse("orgs:person_edit", args=[em.uuid]))
    assert refused.status_code == 403
    assert "Người này ngoài phạm vi đơn vị đồng chí quản lý." in refused.text


def test_end_closes_posts_and_seats_and_keeps_everything(province, client):
    dung = province.people["dung"]
    client.force_login(province.users["khanh"])
    url = reverse("orgs:person_end", args=[dung.uuid])
    body = {"on": "01/10/2024", "reason": "Nghỉ hưu", "document": "QĐ 9-QĐ/TU", "version": dung.version}
    assert client.post(url, {**body, "on": "01/10/2090"}).status_code == 200
    assert client.post(url, {**body, "idempotency_key": "k-1"}).status_code == 302
    assert client.post(url, {**body, "idempotency_key": "k-1"}).status_code == 302
    dung.refresh_from_db()
    assert (dung.ended_on, dung.ended_reason) == (date(2024, 10, 1), "Nghỉ hưu")
    assert set(Appointment.objects.filter(person=dung).values_list("ended_on", flat=True)) == {date(2024, 10, 1)}
    assert set(Membership.objects.filter(person=dung).values_list("ended_on", flat=True)) == {date(2024, 10, 1)}
    assert client.post(url, {**body, "version": 2}).status_code == 409


def test_new_person_gets_a_post_in_a_unit_that_i_keep(province, client):
    client.force_login(province.users["khanh"])
    url = reverse("orgs:person_create")
    body = {
        "full_name": "Cao Thị Mới",
        "code": "CB9001",
        "standing": "civil_servant",
        "unit": province.units["SYT"].pk,
        "position": province.positions["CV"].pk,
        "started_on": "01/03/2024",
        "document": "QĐ 1",
    }
    assert client.get(url).status_code == 200
    outside = client.post(url, {**body, "unit": province.units["SKH"].pk})
    assert list(outside.context["form"].errors) == ["unit"]
    assert client.post(url, {**body, "unit": ""}).status_code == 403
    no_post = client.post(url, {**body, "position": ""})
    assert list(no_post.context["form"].errors) == ["position"]
    assert not Person.objects.filter(code="CB9001").exists()
    assert client.post(url, body).status_code == 302
    assert Person.objects.get(code="CB9001").appointments.get().unit == province.units["SYT"]


def test_post_and_seat_are_given_and_ended_by_document(province, client):
    em = province.people["em"]
    client.force_login(province.users["khanh"])
    given = client.post(
        reverse("orgs:appointment_create", args=[em.uuid]),
        {"unit": province.units["SYT"].pk, "position": province.positions["PGD"].pk, "is_main": "on", "started_on": "01/05/2024", "document": "QĐ 2"},
    )  # fmt: skip
    assert given.status_code == 302
    old, new = em.appointments.order_by("started_on")
    assert (old.ended_on, new.position.code, new.document) == (date(2024, 5, 1), "PGD", "QĐ 2")
    seat_url = reverse("orgs:membership_create", args=[em.uuid])
    seat = {
        "collective": province.collectives["TT-SYT"].pk,
        "part": "deputy",
        "order": 2,
        "started_on": "01/05/2024",
        "document": "QĐ 2",
    }
    assert client.post(seat_url, seat).status_code == 302
    assert list(client.post(seat_url, seat).context["form"].errors) == ["collective"]
    foreign = {**seat, "collective": province.collectives["TT-SKH"].pk}
    assert list(client.post(seat_url, foreign).context["form"].errors) == ["collective"]
    held = em.memberships.get()
    end = reverse("orgs:membership_end", args=[em.uuid, held.uuid])
    assert list(client.post(end, {"on": "01/01/2024", "document": "QĐ 3"}).context["form"].errors) == ["on"]
    assert client.post(end, {"on": "01/06/2024", "document": "QĐ 3"}).status_code == 302
    assert client.post(end, {"on": "01/06/2024", "document": "QĐ 3"}).status_code == 409
    end_post = reverse("orgs:appointment_end", args=[em.uuid, new.uuid])
    assert client.get(end_post).status_code == 200
    assert client.post(end_post, {"on": "01/07/2024", "document": "QĐ 4"}).status_code == 302
    assert not people.appointments_of(em).filter(ended_on__isnull=True).exists()


def test_post_of_another_person_is_not_found_under_this_one(province, client):
    client.force_login(province.users["khanh"])
    other = province.people["dung"].appointments.get()
    url = reverse("orgs:appointment_end", args=[province.people["em"].uuid, other.uuid])
    assert client.post(url, {"on": "01/07/2024", "document": "QĐ"}).status_code == 404
    other.refresh_from_db()
    assert other.ended_on is None
