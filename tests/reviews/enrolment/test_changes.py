"""After the roster date: joiner, mover, leaver, changed head, each one act with a document."""

import json
from datetime import date

import pytest
from django.urls import reverse

from orgs import roles
from orgs.models import AuditEvent, CollectivePart, Forbidden, Message, Person, Refusal, RoleGrant, User
from orgs.services import audit
from orgs.services.transitions import advance
from reviews.models import Circumstance, Opinion, PeerGroup, Rating, Review, RosterChange
from reviews.services.enrolling.changes import Asked, foresee_change, make_change
from reviews.services.enrolling.enrolment import enrol
from tests.cast import SINCE

pytestmark = pytest.mark.django_db
DAY = date(2024, 11, 15)
DOCUMENT = "QĐ 125-QĐ/TU ngày 12/11/2024"


@pytest.fixture(autouse=True)
def enrolled(cycle, officer, province):
    """Giang appraises for the Organisation Committee and, here, for the Party committee of the agencies as well."""
    RoleGrant.objects.create(
        user=officer, role=roles.OFFICER, unit=province.units["DUK"], document="QĐ 02", started_on=SINCE
    )
    enrol(cycle=cycle, actor=officer)


@pytest.fixture
def change(cycle, officer, province):
    def make(kind, short_or_person, *, actor=None, on=DAY, document=DOCUMENT, **more):
        person = province.people.get(short_or_person, short_or_person)
        asked = Asked(kind=kind, person=person, on=on, document=document, **more)
        return make_change(cycle=cycle, asked=asked, actor=actor or officer)

    return make


def venues(person):
    return [(row.collective.code, row.part) for row in Review.objects.get(person=person).venues.all()]


def chain(person, kind):
    row = Rating.objects.get(person=person, kind=kind)
    return (
        row.proposing_collective.code,
        row.appraising_unit.code,
        row.deciding_collective.code,
        row.group.code,
        row.is_head,
    )


# ------------------------------------------------------------------------------------------------ joiner


def test_a_joiner_gets_post_review_and_ratings(change, province, newcomer):
    person = newcomer(
        "Cao Thị Mới",
        position=None,
        is_party_member=True,
        party_cell=province.units["CB-SKH"],
        managing_authority=province.authorities["BCSD"],
    )
    row = change(
        "joiner",
        person,
        unit=province.units["SKH"],
        position=province.positions["PGD"],
        collective=province.collectives["TT-SKH"],
        part=CollectivePart.DEPUTY,
    )
    assert venues(person) == [("CU-SKH", "member"), ("TT-SKH", "deputy")]
    assert chain(person, "cadre") == ("TT-SKH", "SNV", "BCSD", "pho_giam_doc_so", False)
    assert Circumstance.objects.get(rating__person=person).kind == "appointed_under_6_months"
    assert person.appointments.get().document == DOCUMENT
    assert "Ban cán sự đảng Ủy ban nhân dân tỉnh quyết định và ký" in row.outcome
    assert "nhóm “Phó Giám đốc Sở”" in row.outcome


def test_a_joiner_who_takes_part_already_is_refused(change, province):
    with pytest.raises(Refusal, match="Chuyển công tác") as refused:
        change("joiner", "chi", unit=province.units["SKH"], position=province.positions["PGD"])
    assert refused.value.field == "person"
    assert province.people["chi"].appointments.count() == 1


def test_a_unit_s_officer_takes_in_a_newcomer_of_his_unit_only(change, province, newcomer):
    person = newcomer("Cao Thị Mới", position=None)
    khanh = province.users["khanh"]
    with pytest.raises(Forbidden):
        change("joiner", person, actor=khanh, unit=province.units["SKH"], position=province.positions["CV"])
    change("joiner", person, actor=khanh, unit=province.units["SYT"], position=province.positions["CV"])
    assert venues(person) == [("TT-SYT", "member")]


# ------------------------------------------------------------------------------------------------ mover


def test_a_mover_is_heard_and_rated_at_the_new_place(change, province):
    binh = province.people["binh"]
    RoleGrant.objects.filter(unit=province.units["SNV"]).update(user=province.users["giang"])
    change(
        "mover",
        "binh",
        unit=province.units["SYT"],
        position=province.positions["PGD"],
        cell=province.units["CB-SYT"],
        collective=province.collectives["TT-SYT"],
        part=CollectivePart.DEPUTY,
    )
    assert venues(binh) == [("CU-SYT", "member"), ("TT-SYT", "deputy")]
    assert chain(binh, "cadre")[0] == "TT-SYT"
    assert chain(binh, "party_member")[0] == "CU-SYT"
    assert Review.objects.get(person=binh).unit.code == "SYT"
    assert [post.unit.code for post in binh.appointments.filter(ended_on=None)] == ["SYT"]
    assert not binh.memberships.filter(collective__code="TT-SKH", ended_on=None).exists()


def test_the_former_place_is_asked_where_the_mover_was_six_months(change, province):
    change(
        "mover",
        "chi",
        unit=province.units["SYT"],
        position=province.positions["CV"],
        cell=province.units["CB-SYT"],
    )
    opinion = Opinion.objects.get()
    assert (opinion.kind, opinion.status, opinion.unit.code) == ("former_place", "asked", "CB-SKH")
    assert opinion.due_on is not None
    moved = Circumstance.objects.get(rating=opinion.rating)
    assert (moved.kind, moved.document, moved.entered_by.username) == ("moved", DOCUMENT, "giang")


@pytest.mark.parametrize(("since", "asked"), [(date(2024, 5, 15), 1), (date(2024, 5, 16), 0), (None, 1)])
def test_the_former_place_is_asked_from_six_months_on(change, province, since, asked):
    province.people["an"].appointments.update(started_on=since)
    change(
        "mover",
        "an",
        unit=province.units["SNV"],
        position=province.positions["GD"],
        is_head=True,
    )
    assert Opinion.objects.filter(rating__kind="cadre", unit__code="SKH").count() == asked


def test_a_mover_who_heads_nothing_in_the_register_is_no_head(change, province):
    change("mover", "an", unit=province.units["SNV"], position=province.positions["GD"], is_head=True)
    row = Rating.objects.get(person=province.people["an"], kind="cadre")
    assert (row.is_head, row.is_newly_moved_head) == (False, False)
    still_heads_the_cell = Rating.objects.get(person=province.people["an"], kind="party_member")
    assert (still_heads_the_cell.head_of.code, still_heads_the_cell.is_newly_moved_head) == ("CU-SKH", False)


def test_a_mover_keeps_other_posts_where_he_says_so(change, province):
    an = province.people["an"]
    an.appointments.create(
        unit=province.units["UBND"], position=province.positions["PGD"], is_main=False, started_on=SINCE
    )
    change("mover", "an", unit=province.units["SNV"], position=province.positions["GD"], keeps_other_posts=True)
    assert {post.unit.code for post in an.appointments.filter(ended_on=None)} == {"UBND", "SNV"}


def test_a_review_already_heard_stays_and_a_proposed_rating_too(change, province):
    chi = province.people["chi"]
    Review.objects.filter(person=chi).update(state="finished")
    Rating.objects.filter(person=chi).update(state="appraisal")
    before = venues(chi), chain(chi, "party_member")
    row = change(
        "mover", "chi", unit=province.units["SYT"], position=province.positions["CV"], cell=province.units["CB-SYT"]
    )
    assert (venues(chi), chain(chi, "party_member")) == before
    assert "giữ nguyên tại nơi đã kiểm điểm" in row.outcome
    assert "giữ nguyên tại cơ quan đang xử lý" in row.outcome


def test_a_venue_that_heard_the_review_stays_first(change, province):
    chi = province.people["chi"]
    Review.objects.filter(person=chi).update(state="meeting")
    Review.objects.get(person=chi).venues.update(heard_at="2024-11-10T08:00:00Z")
    change(
        "mover", "chi", unit=province.units["SYT"], position=province.positions["PGD"], cell=province.units["CB-SYT"]
    )
    assert [code for code, _part in venues(chi)] == ["CU-SKH", "CU-SYT", "TT-SYT"]


def test_promotion_changes_the_form_until_the_text_is_submitted(change, province):
    chi, em = province.people["chi"], province.people["em"]
    Review.objects.filter(person=em).update(submitted_at="2024-11-10T08:00:00Z")
    for short, unit in (("chi", "SKH"), ("em", "SYT")):
        change("mover", short, unit=province.units[unit], position=province.positions["PGD"])
    assert Review.objects.get(person=chi).form_key == "02B"
    assert Review.objects.get(person=chi).form["key"] == "02B"
    assert Review.objects.get(person=em).form_key == "02A"


def test_a_rating_that_no_rule_names_any_more_ends_with_its_ground(change, province):
    an = province.people["an"]
    an.managing_authority = province.authorities["SO"]
    an.save()
    RoleGrant.objects.create(
        user=province.users["giang"], role=roles.OFFICER, unit=province.units["SKH"], document="x", started_on=SINCE
    )
    change("mover", "an", unit=province.units["SKH"], position=province.positions["CV"])
    row = Rating.objects.get(person=an, kind="cadre")
    assert (row.state, DOCUMENT in row.not_rated_ground) == ("not_rated", True)


# ------------------------------------------------------------------------------------------------ leaver


@pytest.mark.parametrize("state", ["self_review", "meeting", "finishing", "postponed"])
def test_a_leaver_s_review_is_closed_and_the_ratings_end(change, province, state):
    an = province.people["an"]
    Review.objects.filter(person=an).update(state=state)
    row = change("leaver", "an", reason="Nghỉ hưu")
    assert Review.objects.get(person=an).state == "closed"
    assert {rating.state for rating in Rating.objects.filter(person=an)} == {"not_rated"}
    assert all(DOCUMENT in rating.not_rated_ground for rating in Rating.objects.filter(person=an))
    an.refresh_from_db()
    assert (an.ended_on, an.ended_reason) == (DAY, "Nghỉ hưu")
    assert not an.appointments.filter(ended_on=None).exists()
    assert "hiện chưa có người đứng đầu" in row.outcome
    assert "còn phải khóa tài khoản an" in row.outcome


def test_a_leaver_s_account_ends_where_the_officer_keeps_it(change, province, officer):
    RoleGrant.objects.create(
        user=officer, role=roles.OFFICER, unit=province.units["SKH"], document="QĐ 02", started_on=SINCE
    )
    row = change("leaver", "an", reason="Nghỉ hưu")
    assert not User.objects.get(username="an").is_active
    assert "Đã khóa tài khoản an." in row.outcome


def test_a_departure_leaves_no_seat_in_the_cell_left(change, province):
    change("mover", "an", unit=province.units["SYT"], position=province.positions["PGD"], cell=province.units["CB-SYT"])
    assert set(province.people["an"].memberships.filter(ended_on=None)) == set()


def test_a_leaver_with_a_finished_review_is_still_rated(change, province):
    Review.objects.filter(person=province.people["an"]).update(state="finished")
    row = change("leaver", "an", reason="Nghỉ hưu")
    assert {rating.state for rating in Rating.objects.filter(person=province.people["an"])} == {"proposal"}
    assert "việc xếp loại tiếp tục" in row.outcome


@pytest.fixture
def other_officer(province):
    """Ha, and not Giang, appraises for the Party committee of the agencies."""
    RoleGrant.objects.filter(unit=province.units["DUK"]).update(user=province.users["ha"])
    return province.users["ha"]


def test_a_leaver_s_ratings_end_in_one_act_whichever_body_appraises_them(change, province, officer, other_officer):
    row = change("leaver", "an", reason="Từ trần")
    ratings = Rating.objects.filter(person=province.people["an"])
    assert {rating.kind: rating.state for rating in ratings} == {"cadre": "not_rated", "party_member": "not_rated"}
    assert all(DOCUMENT in rating.not_rated_ground for rating in ratings)
    assert row.outcome.count(": ghi nhận miễn hoặc chưa xếp loại.") == 2
    party = ratings.get(kind="party_member")
    event = AuditEvent.objects.get(action="rating.exempt", object_id=str(party.uuid))
    assert (event.actor, event.role, json.loads(event.payload)["follows"]) == (officer, "", "review.close")
    told = Message.objects.filter(dedup_key__contains=f":ended:{party.uuid}:")
    assert [message.recipient for message in told] == [other_officer]
    assert audit.broken_links() == []


def test_a_mover_s_rating_that_no_rule_names_ends_though_another_body_appraises_it(change, province, other_officer):
    change("mover", "an", unit=province.units["SYT"], position=province.positions["PGD"])
    an = province.people["an"]
    an.refresh_from_db()
    Person.objects.filter(pk=an.pk).update(is_party_member=False)
    an.refresh_from_db()
    change("mover", "an", unit=province.units["SKH"], position=province.positions["PGD"], on=date(2024, 11, 20))
    party = Rating.objects.get(person=an, kind="party_member")
    assert (party.state, DOCUMENT in party.not_rated_ground) == ("not_rated", True)


def test_closing_a_review_by_hand_ends_the_other_bodys_rating_too(province, officer, other_officer):
    review = Review.objects.get(person=province.people["an"])
    with pytest.raises(Forbidden):
        advance(review, "close", actor=province.users["nga"], version=1, note="x", document_ref=DOCUMENT)
    assert set(review.ratings.values_list("state", flat=True)) == {"proposal"}
    advance(review, "close", actor=officer, version=review.version, note="Chuyển công tác", document_ref=DOCUMENT)
    assert set(review.ratings.values_list("state", flat=True)) == {"not_rated"}


def test_a_rating_is_not_ended_by_hand_for_another_body(province, officer, other_officer):
    party = Rating.objects.get(person=province.people["an"], kind="party_member")
    Rating.objects.filter(pk=party.pk).update(not_rated_ground="QĐ 1")
    with pytest.raises(Forbidden):
        advance(party, "exempt", actor=officer, version=party.version)


@pytest.mark.parametrize(
    ("field", "more"), [("reason", {"reason": " "}), ("document", {"document": " ", "reason": "x"})]
)
def test_a_leaver_needs_reason_and_document(change, province, field, more):
    with pytest.raises(Refusal) as refused:
        change("leaver", "an", **more)
    assert refused.value.field == field
    assert Person.objects.get(pk=province.people["an"].pk).ended_on is None


# ------------------------------------------------------------------------------------------------ changed head


def test_a_deputy_becomes_head(change, province):
    an, binh = province.people["an"], province.people["binh"]
    RoleGrant.objects.filter(unit=province.units["SNV"]).update(user=province.users["giang"])
    row = change(
        "new_head",
        "binh",
        collective=province.collectives["TT-SKH"],
        position=province.positions["GD"],
        former_part=CollectivePart.MEMBER,
        former_position=province.positions["PGD"],
    )
    assert ("TT-SKH", "head") in venues(binh)
    assert ("TT-SKH", "member") in venues(an)
    assert chain(binh, "cadre")[-1] is True
    assert chain(an, "cadre")[-1] is False
    assert chain(binh, "cadre")[3] == "giam_doc_so"
    assert not Rating.objects.filter(is_newly_moved_head=True).exists()
    assert "thôi đứng đầu" in row.outcome


def test_a_head_from_elsewhere_is_marked_as_newly_moved(change, province):
    dung = province.people["dung"]
    change(
        "new_head",
        "dung",
        collective=province.collectives["TT-SKH"],
        position=province.positions["GD"],
        cell=province.units["CB-SKH"],
    )
    row = Rating.objects.get(person=dung, kind="cadre")
    assert (row.is_head, row.head_of.code) == (True, "TT-SKH")
    assert (row.is_newly_moved_head, row.newly_moved_document) == (True, DOCUMENT)
    assert row.group.code == "giam_doc_so"
    assert Opinion.objects.filter(rating=row, unit__code="SYT").exists()
    former = Rating.objects.get(person=province.people["an"], kind="cadre")
    assert (former.is_head, former.head_of) == (False, None)


def test_the_head_himself_is_refused(change, province):
    with pytest.raises(Refusal) as refused:
        change("new_head", "an", collective=province.collectives["TT-SKH"], position=province.positions["GD"])
    assert refused.value.field == "person"


# ------------------------------------------------------------------------------------------------ all


@pytest.mark.parametrize("short", ["chi", "an", "khanh", "lan", "quan", "son", "tu"])
def test_others_change_nothing(change, province, short):
    with pytest.raises(Forbidden):
        change(
            "mover",
            "binh",
            actor=province.users[short],
            unit=province.units["SYT"],
            position=province.positions["PGD"],
        )
    assert not RosterChange.objects.exists()


def test_the_day_lies_after_the_roster_date(change, province):
    with pytest.raises(Refusal) as refused:
        change("leaver", "an", on=date(2024, 11, 1), reason="Nghỉ hưu")
    assert refused.value.field == "happened_on"


def test_a_change_is_recorded_and_the_chains_hold(change, province):
    row = change("leaver", "an", reason="Nghỉ hưu")
    event = AuditEvent.objects.get(action="change.leaver")
    assert (event.chain, event.object_id) == ("cycle-2024", str(row.uuid))
    assert "Ấn" not in event.payload
    assert audit.broken_links() == []


def test_foreseeing_writes_nothing_and_says_the_same(cycle, officer, province, change):
    asked = Asked(kind="leaver", person=province.people["an"], on=DAY, document=DOCUMENT, reason="Nghỉ hưu")
    counts = [model.objects.count() for model in (RosterChange, AuditEvent, PeerGroup, Circumstance)]
    lines = foresee_change(cycle=cycle, asked=asked, actor=officer)
    assert counts == [model.objects.count() for model in (RosterChange, AuditEvent, PeerGroup, Circumstance)]
    assert Review.objects.get(person=province.people["an"]).state == "self_review"
    assert province.people["an"].ended_on is None
    assert change("leaver", "an", reason="Nghỉ hưu").outcome.splitlines() == lines


def test_enrolling_again_after_changes_undoes_nothing(change, cycle, officer, province):
    change("leaver", "an", reason="Nghỉ hưu")
    before = list(Rating.objects.order_by("pk").values_list("pk", "state", "group"))
    report = enrol(cycle=cycle, actor=officer)
    assert (report.created_reviews, report.created_ratings) == (0, 0)
    assert list(Rating.objects.order_by("pk").values_list("pk", "state", "group")) == before


# ------------------------------------------------------------------------------------------------ pages


def body(**more):
    return {"kind": "leaver", "person": "CB0001", "happened_on": "2024-11-15", "document": DOCUMENT, **more}


def test_pages_guide_through_choice_form_preview_and_act(client, cycle, officer, province):
    client.force_login(officer)
    url = reverse("reviews:change_create", args=[cycle.uuid])
    assert "Thay người đứng đầu" in client.get(url).text
    assert "Lý do" in client.get(url, {"kind": "leaver"}).text
    preview = client.post(url, body(reason="Nghỉ hưu"))
    assert "Bản kiểm điểm 2024-CB-000003 kết thúc không có kết quả." in preview.text
    assert not RosterChange.objects.exists()
    done = client.post(url, body(reason="Nghỉ hưu", confirm="1", idempotency_key="k1"), follow=True)
    assert "Nguyễn Văn Ấn" in done.text
    again = client.post(url, body(reason="Nghỉ hưu", confirm="1", idempotency_key="k1"))
    assert again.status_code == 409 or RosterChange.objects.count() == 1
    assert RosterChange.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"person": "Không Có Ai"}, "Không tìm thấy mã hoặc tên này."),
        ({"person": "th"}, "Có nhiều kết quả phù hợp"),
        ({"happened_on": "2024-10-01", "reason": "x"}, "Chọn ngày sau ngày chốt danh sách 01/11/2024."),
        ({"document": ""}, "Trường này là bắt buộc"),
    ],
)
def test_page_says_what_is_wrong_beside_the_field(client, cycle, officer, more, sentence):
    client.force_login(officer)
    page = client.post(reverse("reviews:change_create", args=[cycle.uuid]), {**body(reason="Nghỉ hưu"), **more})
    assert page.status_code == 200
    assert sentence in page.text


def test_pages_are_closed_to_others(client, cycle, province):
    url = reverse("reviews:change_create", args=[cycle.uuid])
    for short in ("chi", "nga", "lan", "quan"):
        client.force_login(province.users[short])
        assert client.get(url).status_code == 403
    client.force_login(province.users["khanh"])
    assert client.get(url).status_code == 200
    assert client.post(url, body(reason="Nghỉ hưu", confirm="1")).status_code == 403
    client.force_login(province.users["giang"])
    assert client.get(url, {"kind": "nonsense"}).status_code == 404


def test_list_shows_changes_within_reach_only(client, change, province, django_assert_max_num_queries):
    change("leaver", "an", reason="Nghỉ hưu")
    url = reverse("reviews:change_list")
    client.force_login(province.users["giang"])
    assert "Nguyễn Văn Ấn" in client.get(url).text
    with django_assert_max_num_queries(12):
        client.get(url)
    client.force_login(province.users["khanh"])
    assert "Nguyễn Văn Ấn" not in client.get(url).text
    client.force_login(province.users["chi"])
    assert client.get(url).status_code == 403
