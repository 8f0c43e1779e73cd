"""Support: asked by who registered, a task of the body that is asked, answered, asked again, settled."""

from typing import Any

from django.db.models import QuerySet
from django.forms import BaseForm
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic import DetailView, ListView

from criteria.views.writing import acts_of
from orgs.models import User
from orgs.views.acts import ActView
from registrations.forms.works import works as forms
from registrations.models import SupportRequest, Work
from registrations.selectors.works import registrations as selectors
from registrations.selectors.works import works
from registrations.services.works import support as services
from registrations.services.works.progress import reason_not_running
from registrations.views.works.works import WorkFormView

ACTS = {move: f"registrations:support_{move}" for move in ("ask_again", "settle", "withdraw")}


def page_of(request: SupportRequest) -> str:
    """The page of a request."""
    return reverse("registrations:support_detail", args=[request.uuid])


class SupportAddView(WorkFormView):
    """Ask a body of the line until a day."""

    form_class = forms.SupportForm
    act_name = "support.add"
    title = gettext_lazy("Ask for support")

    def reason_against(self, record: Work, user: User) -> str:
        """While it is a draft or runs, in one's own hand."""
        if not selectors.holds_pen(user, record.registration):
            return _("Only who registered the work asks for support.")
        is_draft = record.registration.state in selectors.WRITABLE
        return "" if is_draft or record.state in works.RUNNING else reason_not_running(record)

    def get_form_kwargs(self) -> dict[str, Any]:
        """The bodies of the line."""
        return {**super().get_form_kwargs(), "bodies": self.bodies()}

    def write(self, form: BaseForm) -> str:
        """Ask."""
        services.ask_support(work=self.record, actor=self.request.user, **form.cleaned_data)
        return self.page_of(self.record)


class SupportListView(ListView):
    """What the bodies for which I answer were asked."""

    template_name = "registrations/support_list.html"
    paginate_by = 50

    def get_queryset(self) -> QuerySet[SupportRequest]:
        """Filtered by the address."""
        rows = works.asked_of(self.request.user)
        if self.request.GET.get("status") == "all":
            return rows
        return rows.filter(state=works.OPEN_REQUEST)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Which are shown."""
        shows_all = self.request.GET.get("status") == "all"
        context = super().get_context_data(title=_("Support asked of us"), shows_all=shows_all, **kwargs)
        works.follow_bodies(context["page_obj"])
        return context


@method_decorator(never_cache, name="dispatch")
class SupportDetailView(DetailView):
    """One request: what is asked for which work, the answer; the form of the answer to who answers."""

    template_name = "registrations/support_detail.html"
    slug_field = slug_url_kwarg = "uuid"
    context_object_name = "request_row"

    def get_queryset(self) -> QuerySet[SupportRequest]:
        """What I may read."""
        return works.requests_visible_to(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the side of the viewer may do."""
        row, user = self.object, self.request.user
        works.follow_bodies([row])
        return super().get_context_data(
            title=_("Support asked of %(body)s") % {"body": row.body.name},
            reads_work=works.visible_to(user).filter(pk=row.work_id).exists(),
            may_answer=row.state == works.OPEN_REQUEST and works.answers_for(user, row),
            acts=acts_of(row, user, ACTS, questions=_questions()),
            **kwargs,
        )


def _questions() -> dict[str, str]:
    return {
        "ask_again": _("Ask the body again?"),
        "settle": _("Record that the support came?"),
        "withdraw": _("Ask no longer?"),
    }


class SupportAnswerView(WorkFormView):
    """The answer of the body."""

    form_class = forms.AnswerForm
    act_name = "support.answer"
    title = gettext_lazy("Answer the request")

    def rows(self) -> QuerySet[SupportRequest]:
        """What I may read."""
        return works.requests_visible_to(self.request.user)

    def reason_against(self, record: SupportRequest, user: User) -> str:
        """Who answers for the body, while it is open."""
        if not works.answers_for(user, record):
            return _("Only who answers for %(body)s writes here.") % {"body": record.body.name}
        return "" if record.state == works.OPEN_REQUEST else _("No answer is owed to this request now.")

    def page_of(self, record: SupportRequest) -> str:
        """Back to the request."""
        return page_of(record)

    def write(self, form: BaseForm) -> str:
        """Answer it."""
        services.answer_support(request=self.record, version=self.version, actor=self.request.user, **form.cleaned_data)
        return page_of(self.record)


class SupportActView(ActView):
    """Ask again, settle, withdraw."""

    def documents(self) -> QuerySet[SupportRequest]:
        """What I may read."""
        return works.requests_visible_to(self.request.user)

    def destination(self, document: SupportRequest) -> str:
        """Back to the request."""
        return page_of(document)
