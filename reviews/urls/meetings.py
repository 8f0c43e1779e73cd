"""Addresses of review meetings and their ballots."""

from django.urls import URLPattern, path

from reviews.views import hearings, meetings, naming, tallies

ONE = "meetings/<uuid:uuid>"
ITEM = f"{ONE}/items/<uuid:item>"

urlpatterns: list[URLPattern] = [
    path("meetings", meetings.MeetingListView.as_view(), name="meeting_list"),
    path("meetings/new", meetings.MeetingPlacesView.as_view(), name="meeting_create"),
    path("meetings/new/<uuid:cycle>/<uuid:collective>", meetings.MeetingCreateView.as_view(), name="meeting_convene"),
    path(ONE, meetings.MeetingDetailView.as_view(), name="meeting_detail"),
    path(f"{ONE}/edit", meetings.MeetingEditView.as_view(), name="meeting_edit"),
    path(f"{ONE}/agenda", meetings.MeetingAgendaView.as_view(), name="meeting_agenda"),
    path(f"{ONE}/let-pass", meetings.MeetingLetPassView.as_view(), name="meeting_let_pass"),
    path(f"{ONE}/tally", tallies.TallyEnterView.as_view(), name="tally_enter"),
    path(f"{ONE}/tally/confirm", tallies.TallyConfirmView.as_view(), name="tally_confirm"),
    path(f"{ONE}/acts/<slug:move>", meetings.MeetingActView.as_view(), name="meeting_act"),
    path(ITEM, hearings.MeetingItemView.as_view(), name="meeting_item"),
    path(f"{ITEM}/comments", hearings.CommentAddView.as_view(), name="comment_add"),
    path(f"{ITEM}/comments/<uuid:comment>", hearings.CommentEditView.as_view(), name="comment_edit"),
    path(f"{ITEM}/heard", hearings.ItemHearView.as_view(), name="item_hear"),
    path(f"{ITEM}/shortcomings/new", naming.ItemShortcomingNameView.as_view(), name="item_name"),
    path(f"{ITEM}/projector", hearings.MeetingProjectorView.as_view(), name="meeting_projector"),
]
