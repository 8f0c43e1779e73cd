"""The pages of units and the acts on them: tree, neighbours, ends by date, successions; nothing is deleted."""
# ruff: noqa: E501 - bodies of forms are read by the line

from datetime import date

import pytest
from django.urls import reverse

from orgs.models import AuditEvent, Forbidden, Line, Refusal, Stale, Unit, UnitKind, UnitSuccession
from orgs.services import units as services

pytestmark = pytest.mark.django_db
DAY = date(2024, 7, 1)


def listed(client, user, **query):
    client.force_login(user)
    page = client.get(reverse("orgs:units_list"), query)
    return [(row.depth, row.unit.code) for row in page.context["page_obj"]]


def test_units_stand_as_a_tree_with_counts(province, client):
    found = listed(client, province.users["phuc"])
    assert found == [
        (0, "TU"), (1, "BTCTU"), (1, "DUK"), (2, "CB-SKH"), (2, "CB-SYT"), (0, "UBND"), (1, "SKH"), (1, "SNV"), (1, "SYT"),
    ]  # fmt: skip
    rows = {row.unit.code: row for row in client.get(reverse("orgs:units_list")).context["page_obj"]}
    assert (rows["SYT"].people, rows["UBND"].children, rows["UBND"].people) == (3, 3, 1)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"q": "so y te"}, [(1, "SYT"), (2, "CB-SYT")]),
        ({"q": "syt"}, [(1, "SYT")]),
        ({"line": "state"}, [(0, "UBND"), (1, "SKH"), (1, "SNV"), (1, "SYT")]),
        ({"q": "không có"}, []),
    ],
)
def test_search_and_line_cut_the_tree_down(province, client, query, expected):
    assert sorted(listed(client, province.users["phuc"], **query)) == sorted(expected)


def test_ended_units_are_hidden_until_asked_for(province, client):
    Unit.objects.filter(code="SNV").update(ended_on=DAY)
    user = province.users["phuc"]
    assert (1, "SNV") not in listed(client, user)
    assert (1, "SNV") in listed(client, user, ended="on")


@pytest.mark.parametrize(
    ("short", "expected"),
    [("khanh", {"SYT"}), ("quan", {"TU", "BTCTU", "DUK", "CB-SKH", "CB-SYT", "UBND", "SKH", "SNV", "SYT"})],
)
def test_list_shows_the_own_subtree(province, client, short, expected):
    assert {code for _, code in listed(client, province.users[short])} == expected


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_the_same_few_queries(province, client, count, django_assert_num_queries):
    for number in range(count - 1):
        Unit.objects.create(
            code=f"K{number}",
            name=f"Khoa {number}",
            kind=UnitKind.objects.first(),
            line=Line.STATE,
            parent=province.units["SYT"],
        )
    client.force_login(province.users["khanh"])
    client.get(reverse("orgs:units_list"))
    with django_assert_num_queries(9):
        page = client.get(reverse("orgs:units_list"))
    assert len(page.context["page_obj"].object_list) == count


def test_detail_shows_neighbours_people_collectives_and_who_rates(province, client):
    UnitSuccession.objects.create(
        predecessor=province.units["SNV"], successor=province.units["SKH"], happened_on=DAY, document="NQ 12"
    )
    client.force_login(province.users["phuc"])
    text = client.get(reverse("orgs:unit_detail", args=[province.units["SKH"].uuid])).text
    for expected in (
        "Ủy ban nhân dân tỉnh Quảng Ngãi",
        "Chi bộ Sở Kế hoạch và Đầu tư",
        "Sở Nội vụ · 01/07/2024 · NQ 12",
        "Nguyễn Văn Ấn",
        "Tập thể lãnh đạo Sở Kế hoạch và Đầu tư",
        "2 thành viên",
        "Ban cán sự đảng Ủy ban nhân dân tỉnh đánh giá, xếp loại theo QĐ 746-QĐ/TU ngày 01/12/2022.",
    ):
        assert expected in text
    below = client.get(reverse("orgs:unit_detail", args=[province.units["UBND"].uuid])).text
    assert "Sở Y tế" in below


@pytest.mark.parametrize(("short", "status"), [("khanh", 404), ("chi", 403), ("phuc", 200), ("quan", 200), ("an", 404)])
def test_detail_is_found_by_who_may_see_the_unit(province, client, short, status):
    client.force_login(province.users[short])
    assert client.get(reverse("orgs:unit_detail", args=[province.units["SKH"].uuid])).status_code == status


def test_detail_takes_a_fixed_number_of_queries(
    province, client, django_assert_num_queries, django_assert_max_num_queries
):
    client.force_login(province.users["phuc"])
    url = reverse("orgs:unit_detail", args=[province.units["SKH"].uuid])
    client.get(url)
    with django_assert_max_num_queries(24) as asked:
        client.get(url)
    for number in range(3):
        Unit.objects.create(
            code=f"P{number}",
            name=f"Phòng {number}",
            kind=UnitKind.objects.first(),
            line=Line.STATE,
            parent=province.units["SKH"],
        )
        province.people["em"].appointments.create(
            unit=province.units["SKH"], position=province.positions["CV"], started_on=date(2021, 1, 1 + number)
        )
    with django_assert_num_queries(len(asked)):
        client.get(url)


# Acts.


def edit_body(unit, **more):
    values = {
        "name": unit.name,
        "code": unit.code,
        "kind": unit.kind_id,
        "line": unit.line,
        "parent": unit.parent_id,
        "party_organisation": unit.party_organisation_id,
        "started_on": "01/01/2020",
        "document": "QĐ 1",
        "version": unit.version,
        **more,
    }
    return {key: value for key, value in values.items() if value is not None}


def test_edit_writes_and_answers_a_stale_page_with_409(province, client):
    unit = province.units["SYT"]
    client.force_login(province.users["khanh"])
    url = reverse("orgs:unit_edit", args=[unit.uuid])
    version = Unit.objects.get(pk=unit.pk).version
    assert client.get(url).status_code == 200
    assert client.post(url, edit_body(unit, name="Sở Y tế tỉnh", version=version)).status_code == 302
    unit.refresh_from_db()
    assert (unit.name, unit.search, unit.version, unit.parent.code) == (
        "Sở Y tế tỉnh",
        "so y te tinh",
        version + 1,
        "UBND",
    )
    assert client.post(url, edit_body(unit, name="Khác", version=version)).status_code == 409
    assert unit.history.first().history_change_reason == "QĐ 1"


@pytest.mark.parametrize(("short", "status"), [("khanh", 404), ("quan", 403), ("an", 403), ("phuc", 200)])
@pytest.mark.parametrize("page", ["unit_edit", "unit_end", "unit_succeed"])
def test_acts_open_to_who_keeps_the_unit(province, client, short, status, page):
    client.force_login(province.users[short])
    assert client.get(reverse(f"orgs:{page}", args=[province.units["SKH"].uuid])).status_code == status


def test_new_unit_stands_below_one_that_i_keep(province, client):
    client.force_login(province.users["khanh"])
    url = reverse("orgs:unit_create")
    body = {
        "name": "Trung tâm Y tế",
        "code": "TTYT",
        "kind": UnitKind.objects.first().pk,
        "line": "state",
        "parent": province.units["SYT"].pk,
        "document": "QĐ 2",
    }
    assert client.get(url).status_code == 200
    assert list(client.post(url, {**body, "parent": province.units["SKH"].pk}).context["form"].errors) == ["parent"]
    assert client.post(url, {**body, "parent": ""}).status_code == 403
    assert client.post(url, body).status_code == 302
    assert client.post(url, {**body, "code": "TTYT"}).status_code == 200
    assert Unit.objects.get(code="TTYT").parent == province.units["SYT"]


def test_circle_of_superiors_is_refused(province):
    above = Unit.objects.get(code="UBND")
    with pytest.raises(Refusal) as refused:
        services.change_unit(
            unit=above,
            values={"parent": province.units["SYT"]},
            document="QĐ",
            version=above.version,
            actor=province.users["phuc"],
        )
    assert str(refused.value) == "Các cấp trên của “UBND” quay vòng về chính nó."


def test_unit_with_posts_or_units_below_does_not_end(province, client):
    unit = Unit.objects.get(code="SYT")
    client.force_login(province.users["khanh"])
    url = reverse("orgs:unit_end", args=[unit.uuid])
    body = {"on": "01/07/2024", "document": "QĐ 3", "version": unit.version}
    answer = client.post(url, body)
    assert answer.context["form"].errors["on"] == [
        "Đến ngày đó vẫn còn: 3 chức vụ, 0 đơn vị trực thuộc. Hãy kết thúc hoặc chuyển trước."
    ]
    for person in ("dung", "em", "khanh"):
        province.people[person].appointments.update(ended_on=DAY)
    assert client.post(url, {**body, "on": "01/01/2019"}).status_code == 200
    assert client.post(url, body).status_code == 302
    assert Unit.objects.get(code="SYT").ended_on == DAY


def succeed(province, *codes, successor="SKH", actor="phuc", on=DAY):
    return services.succeed_unit(
        predecessors=[Unit.objects.get(code=code) for code in codes],
        successor=Unit.objects.get(code=successor),
        on=on,
        document="NQ 1656/NQ-UBTVQH15",
        actor=province.users[actor],
    )


def test_succession_ends_the_predecessors_and_keeps_both(province):
    done = succeed(province, "SYT", "SNV")
    assert (len(done.rows), done.people, done.children) == (2, 4, 0)
    for code in ("SYT", "SNV"):
        unit = Unit.objects.get(code=code)
        assert (unit.ended_on, unit.successions.get().successor.code) == (DAY, "SKH")
    assert Unit.objects.get(code="SKH").ended_on is None
    assert AuditEvent.objects.filter(action="unit.succeed").count() == 2
    assert AuditEvent.objects.filter(action="unit.receive").count() == 1


def test_succession_twice_is_stale_and_half_of_one_is_nothing(province):
    succeed(province, "SYT")
    with pytest.raises(Stale):
        succeed(province, "SNV", "SYT")
    assert Unit.objects.get(code="SNV").ended_on is None
    assert UnitSuccession.objects.count() == 1


def test_unit_becomes_several_on_one_day(province):
    succeed(province, "SYT")
    succeed(province, "SYT", successor="SNV")
    ended = Unit.objects.get(code="SYT")
    assert (ended.ended_on, {row.successor.code for row in ended.successions.all()}) == (DAY, {"SKH", "SNV"})


@pytest.mark.parametrize(
    ("codes", "options", "error"),
    [
        ((), {}, Refusal),
        (("SKH",), {}, Refusal),
        (("SYT",), {"actor": "khanh"}, Forbidden),
        (("SYT",), {"actor": "chi"}, Forbidden),
        (("SYT",), {"on": date(2019, 1, 1)}, Refusal),
    ],
)
def test_succession_is_refused(province, codes, options, error):
    with pytest.raises(error):
        succeed(province, *codes, **options)
    assert not UnitSuccession.objects.exists()


def test_succession_page_offers_the_units_that_i_keep(province, client):
    client.force_login(province.users["phuc"])
    url = reverse("orgs:unit_succeed", args=[province.units["SKH"].uuid])
    body = {
        "predecessors": [province.units["SYT"].pk, province.units["SNV"].pk],
        "on": "01/07/2024",
        "document": "NQ 12",
        "version": 1,
    }
    assert client.post(url, body).status_code == 302
    assert list(client.post(url, body).context["form"].errors) == ["predecessors"]
    assert Unit.objects.get(code="SYT").ended_on == DAY
