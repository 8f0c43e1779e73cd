"""What somebody with an account and a curious mind would try: each attempt and the answer it gets."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from orgs import access, roles
from orgs.models import (
    Appointment,
    CollectivePart,
    FilePurpose,
    Forbidden,
    ManagingAuthority,
    Membership,
    Person,
    RoleGrant,
    User,
)
from orgs.selectors import accounts as account_rows
from orgs.selectors import people
from orgs.selectors.files import may_open
from orgs.services import accounts, files, posts
from tests import cast
from tests.cast import SINCE
from tests.uploads import PDF

pytestmark = pytest.mark.django_db
DOCUMENT = "QĐ 05-QĐ/TU"
TODAY = timezone.localdate


def fresh(province, short):
    return User.objects.get(pk=province.users[short].pk)


def grant(province, short, role, **place):
    RoleGrant.objects.create(user=province.users[short], role=role, document=DOCUMENT, started_on=SINCE, **place)


def move(province, short, unit):
    """The person's posts end today, a new one begins elsewhere."""
    person = province.people[short]
    person.appointments.update(ended_on=TODAY())
    Appointment.objects.create(
        person=person, unit=province.units[unit], position=province.positions["CV"], started_on=TODAY(), document="x"
    )


class TestOwnRecord:
    def test_officer_changes_not_the_own_record(self, province):
        khanh, person = fresh(province, "khanh"), province.people["khanh"]
        assert not people.may_change(khanh, person)
        assert people.may_change(khanh, province.people["em"])
        with pytest.raises(Forbidden):
            posts.appoint(
                person=person,
                values={"unit": province.units["SYT"], "position": province.positions["GD"], "is_head": True,
                        "started_on": TODAY()},
                document=DOCUMENT,
                actor=khanh,
            )  # fmt: skip
        assert roles.UNIT_HEAD not in access.viewer_of(khanh, fresh=True).roles

    def test_officer_seats_himself_in_no_collective_and_lifts_himself_out_of_none(self, province):
        khanh, person, body = fresh(province, "khanh"), province.people["khanh"], province.collectives["TT-SYT"]
        with pytest.raises(Forbidden, match="chính mình"):
            posts.join_collective(
                person=person, collective=body, part=CollectivePart.HEAD, order=1, started_on=TODAY(),
                document=DOCUMENT, actor=khanh,
            )  # fmt: skip
        seat = Membership.objects.create(collective=body, person=person, part="member", started_on=SINCE)
        with pytest.raises(Forbidden, match="chính mình"):
            posts.leave_collective(membership=seat, on=TODAY(), document=DOCUMENT, actor=khanh)
        assert roles.HEAD not in access.viewer_of(khanh, fresh=True).roles

    def test_page_offers_the_officer_no_act_on_himself(self, province, client):
        client.force_login(province.users["khanh"])
        own = province.people["khanh"]
        assert client.get(reverse("orgs:person_detail", args=[own.uuid])).status_code == 200
        for name in ("person_edit", "person_end", "appointment_create", "membership_create"):
            assert client.get(reverse(f"orgs:{name}", args=[own.uuid])).status_code == 403

    def test_post_in_another_unit_is_ended_by_that_units_officer(self, province):
        em, khanh = province.people["em"], fresh(province, "khanh")
        other = Appointment.objects.create(
            person=em, unit=province.units["SNV"], position=province.positions["CV"], is_main=False, started_on=SINCE,
            document="x",
        )  # fmt: skip
        with pytest.raises(Forbidden, match="ngoài"):
            posts.end_appointment(appointment=other, on=TODAY(), document=DOCUMENT, actor=khanh)
        own = em.appointments.get(unit=province.units["SYT"])
        assert posts.end_appointment(appointment=own, on=TODAY(), document=DOCUMENT, actor=khanh).ended_on == TODAY()


class TestAccounts:
    def test_former_units_officer_resets_no_password_of_who_moved_away(self, province):
        khanh = fresh(province, "khanh")
        assert account_rows.visible_to(khanh).filter(pk=province.users["em"].pk).exists()
        move(province, "em", "SNV")
        assert not account_rows.visible_to(khanh).filter(pk=province.users["em"].pk).exists()
        for act in (
            lambda: accounts.reset_password(user=province.users["em"], actor=khanh),
            lambda: accounts.set_active(user=province.users["em"], is_active=False, reason="x", actor=khanh),
        ):
            with pytest.raises(Forbidden):
                act()
        assert accounts.reset_password(user=province.users["em"], actor=fresh(province, "ha")).username == "em"

    def test_last_units_officer_still_closes_the_account_of_who_left(self, province):
        province.people["em"].appointments.update(ended_on=TODAY())
        assert account_rows.visible_to(fresh(province, "khanh")).filter(pk=province.users["em"].pk).exists()

    def test_former_units_officer_makes_no_account_for_who_moved_away(self, province):
        User.objects.filter(username="em").update(person=None)
        khanh, em = fresh(province, "khanh"), province.people["em"]
        assert account_rows.people_without_account(khanh).filter(pk=em.pk).exists()
        move(province, "em", "SNV")
        assert not account_rows.people_without_account(khanh).filter(pk=em.pk).exists()
        with pytest.raises(Forbidden):
            accounts.create_accounts(people=[em], actor=khanh)

    @pytest.mark.parametrize("might", ["grant", "superuser", "staff"])
    def test_administrators_account_is_kept_by_administrators(self, province, might):
        if might == "grant":
            grant(province, "em", roles.ADMINISTRATOR)
        User.objects.filter(username="em").update(is_superuser=might == "superuser", is_staff=might == "staff")
        with pytest.raises(Forbidden):
            accounts.reset_password(user=province.users["em"], actor=fresh(province, "khanh"))
        assert accounts.reset_password(user=province.users["em"], actor=fresh(province, "phuc")).username == "em"

    def test_bulk_with_other_ids_and_nonsense_makes_nothing(self, province, client):
        stranger = Person.objects.create(
            code="X1", full_name="Người Lạ", managing_authority=ManagingAuthority.objects.get(code="SO")
        )
        client.force_login(province.users["son"])
        sent = {"person": [str(stranger.uuid), "-" * 36, "z" * 36, "1"]}
        assert client.post(reverse("orgs:account_create_bulk"), sent).status_code == 302
        assert not User.objects.filter(person=stranger).exists()


class TestLogin:
    @pytest.mark.parametrize("kept", ["{", "5", '["a"]', '{"a": 1}', '{"a": "b"}'])
    def test_kept_form_that_this_page_never_wrote_is_left_aside(self, province, client, kept):
        sent = {"username": "chi", "password": cast.PASSWORD, "kept_path": "/people", "kept_body": kept}
        answer = client.post(reverse("orgs:login"), sent)
        assert (answer.status_code, answer.url) == (302, reverse("reviews:home"))

    def test_kept_form_leads_nowhere_outside(self, province, client):
        sent = {"username": "chi", "password": cast.PASSWORD, "kept_path": "//evil.example/x", "kept_body": "{}"}
        answer = client.post(reverse("orgs:login"), sent)
        assert (answer.status_code, answer.url) == (302, reverse("reviews:home"))


class TestFiles:
    def test_who_brought_a_file_and_lost_sight_of_its_record_does_not_open_it(self, province):
        upload = SimpleUploadedFile("y-kien.pdf", PDF)
        kept = files.store_file(
            upload=upload,
            purpose=FilePurpose.OPINION,
            owner=province.users["giang"],
            object_type="reviews.Rating",
            object_id="6d4dbb0e-4a5a-4d56-9e9b-0a4a1b7f5b11",
        )
        assert not may_open(fresh(province, "giang"), kept)

    def test_workbook_of_no_record_is_for_who_brought_it(self, province):
        kept = files.store_file(
            upload=SimpleUploadedFile("y-kien.pdf", PDF),
            purpose=FilePurpose.IMPORT,
            owner=province.users["giang"],
            object_type="import.people",
        )
        assert may_open(fresh(province, "giang"), kept)
        assert not may_open(fresh(province, "ha"), kept)

    def test_batch_of_dossiers_with_nonsense_ids_says_so(self, province, client):
        client.force_login(province.users["giang"])
        answer = client.post(reverse("reviews:dossier_batch"), {"review": ["-" * 36, "0" * 35 + "-", "x"]})
        assert answer.status_code == 302
