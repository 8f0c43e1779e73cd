"""The signed scan of a paper is attached by who has it signed; who only reads the paper sees no form and gets 403."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from orgs.models import DocumentVersion, Forbidden
from orgs.selectors.files import may_attach, may_open
from orgs.services import versions
from reviews.services.papers import dossiers, papers
from tests.uploads import PDF as SCAN


def upload():
    return SimpleUploadedFile("ky.pdf", SCAN, content_type="application/pdf")


def minutes(played):
    paper = papers.minutes_of(played.meetings["TT-SKH"])
    return versions.produce(paper=paper, actor=played.user("nga"))


def notice(played):
    paper = papers.notice_of(played.rating("an", "cadre"))
    return versions.produce(paper=paper, actor=played.user("giang"))


def decision(played):
    paper = papers.decision_of(played.conclusions[0])
    return versions.produce(paper=paper, actor=played.user("lan"))


def inside(played):
    return dossiers.produce_dossier(review=played.review("an"), actor=played.user("giang"))


def own(played):
    return dossiers.produce_dossier(review=played.review("an"), actor=played.user("an"))


def venue(played):
    return dossiers.produce_dossier(review=played.review("chi"), actor=played.user("oanh"))


# paper: who reads it and holds its pen, who reads it and does not.
PENS = [
    (minutes, ("nga", "an"), ("binh", "giang", "quan")),
    (notice, ("giang", "minh"), ("an", "ha", "quan", "nga", "lan")),
    (decision, ("lan", "minh"), ("quan",)),
    (inside, ("giang",), ("ha", "quan", "lan")),
    (own, ("an",), ()),
    (venue, ("oanh", "nga", "an"), ()),
]
IDS = [row[0].__name__ for row in PENS]
PAGES = {minutes: "meeting_detail", notice: "rating_detail", inside: "dossier"}


@pytest.mark.parametrize(("make", "signing", "reading"), PENS, ids=IDS)
def test_pen_is_asked_and_not_the_eye(played, make, signing, reading):
    version = make(played)
    for short in (*signing, *reading):
        user = played.user(short)
        assert may_open(user, version.file), short
        assert may_attach(user, version) is (short in signing), short
        if short in reading:
            with pytest.raises(Forbidden, match="người trình ký"):
                versions.attach_scan(version=version, upload=upload(), chain="documents", actor=user)
    assert DocumentVersion.objects.get(pk=version.pk).signed_scan is None


@pytest.mark.parametrize(
    ("make", "signing", "reading"),
    [(minutes, "nga", "binh"), (notice, "giang", "an"), (inside, "giang", "ha")],
    ids=["minutes", "notice", "inside"],
)
def test_form_stands_on_the_page_for_the_pen_alone(client, played, make, signing, reading):
    version = make(played)
    page = reverse(f"reviews:{PAGES[make]}", args=[version.object_id])
    act = reverse("orgs:version_scan", args=[version.code])
    client.force_login(played.user(signing))
    assert act in client.get(page).content.decode()
    client.force_login(played.user(reading))
    assert act not in client.get(page).content.decode()
    assert client.post(act, {"file": upload()}).status_code == 403
    client.force_login(played.user(signing))
    assert client.post(act, {"file": upload()}).status_code == 302
    version.refresh_from_db()
    assert version.signed_scan is not None


def test_nobody_files_the_paper_about_himself_by_office(played):
    assert not may_attach(played.user("an"), inside(played))
    assert not may_attach(played.user("an"), notice(played))
