"""People: the list, one person, and the acts on a record."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView

from orgs.forms import people as forms
from orgs.models import Forbidden, Person, RatingKind, Refusal, Stale
from orgs.selectors import people as selectors
from orgs.selectors import units
from orgs.selectors.authority import AuthorityBook
from orgs.selectors.keyset import Keyset, keyset_page
from orgs.selectors.record_history import changes_of
from orgs.services import idempotency
from orgs.services import people as services
from orgs.views import errors
from orgs.views.acts import read_version


class ReadsPeople(PermissionRequiredMixin):
    """Only for who has the standing right to read the register."""

    permission_required = "orgs.read_people"
    permission_denied_message = gettext_lazy("Your account does not open the register of people.")
    raise_exception = True


class ChangesPeople(PermissionRequiredMixin):
    """Only for who keeps the register."""

    permission_required = "orgs.manage_people"
    permission_denied_message = gettext_lazy("Only an officer who keeps the register can do this.")
    raise_exception = True


class ActFormView(FormView):
    """A form that one service carries out: once, with the reason in the form when it is refused."""

    def carry_out(self, form: Any) -> str:
        """Call the service and answer the address to go to."""
        raise NotImplementedError

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The second click of a pair goes where the first one led, though the form is not valid any more by its act."""
        if (target := idempotency.reference_of(**self._sent())) is not None:
            return self._done(target)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        """Carry it out; a refusal stands in the form, a stale page is a conflict, the wrong person is forbidden."""
        try:
            target = idempotency.carry_out_once(**self._sent(), act=lambda: self.carry_out(form))
        except (Stale, Forbidden) as refusal:
            return errors.refused(self.request, refusal)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
            return self.form_invalid(form)
        return self._done(target)

    @property
    def version(self) -> int:
        """The version that the page was made from."""
        return read_version(self.request.POST.get("version", ""))

    def _done(self, target: str) -> HttpResponse:
        messages.success(self.request, _("Done."))
        return HttpResponseRedirect(target)

    def _sent(self) -> dict[str, Any]:
        """What tells this form from every other one."""
        request = self.request
        return {
            "key": request.POST.get("idempotency_key", ""),
            "user": request.user,
            "action": request.resolver_match.view_name + request.path[-60:],
            "body": request.POST,
        }


class PeopleListView(ReadsPeople, TemplateView):
    """The register, by given name."""

    template_name = "orgs/people_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The page asked for by its key, and the filter as the address has it."""
        query = self.request.GET
        status = query.get("status", selectors.PRESENT)
        rows = selectors.listed(
            self.request.user,
            text=query.get("q", ""),
            unit=query.get("unit", ""),
            authority=query.get("authority", ""),
            status=status,
        )
        page = keyset_page(rows, after=query.get("after", ""), before=query.get("before", ""))
        return super().get_context_data(
            filter_form=forms.PeopleFilterForm({"status": status, **query.dict()}),
            page=page,
            keyset=keyset_links(self.request, page),
            **kwargs,
        )


def keyset_links(request: HttpRequest, page: Keyset) -> dict[str, Any]:
    """The addresses of the neighbouring pages, as templates/includes/pagination.html takes them."""
    kept = {key: value for key, value in request.GET.items() if key not in {"after", "before"} and value}
    return {
        "previous_url": f"?{urlencode({**kept, 'before': page.before})}" if page.before else "",
        "next_url": f"?{urlencode({**kept, 'after': page.after})}" if page.after else "",
    }


class PersonView(TemplateView):
    """Base of the pages about one person that the account may see."""

    def person(self) -> Person:
        """The person in the address; invisible is not found."""
        rows = selectors.visible_to(self.request.user).select_related("managing_authority", "party_cell", "account")
        return get_object_or_404(rows, uuid=self.kwargs["uuid"])


class PersonDetailView(PersonView):
    """Posts, collectives, who rates this person and on what ground, and what changed when."""

    template_name = "orgs/person_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Everything in a fixed number of queries."""
        person, today = self.person(), timezone.localdate()
        book = AuthorityBook(today, people=[person.pk])
        posts = list(selectors.appointments_of(person))
        seen = units.visible_to(self.request.user).filter(pk__in=[post.unit_id for post in posts])
        kinds = (RatingKind.CADRE, RatingKind.PARTY_MEMBER, RatingKind.STATE)
        return super().get_context_data(
            person=person,
            today=today,
            may_change=selectors.may_change(self.request.user, person),
            appointments=posts,
            seen_units=set(seen.values_list("pk", flat=True)),
            memberships=selectors.memberships_of(person),
            authorities=[(kind.label, book.of_person(person, kind)) for kind in kinds],
            events=changes_of(person),
            **kwargs,
        )


class PersonFormView(ChangesPeople, PersonView, ActFormView):
    """Base of the acts on one person whom the account may change."""

    template_name = "orgs/register_form.html"
    title, submit_label = "", gettext_lazy("Save")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The words of the page; the form carries the version of the record."""
        person = self.changeable()
        return super().get_context_data(
            title=self.title,
            lead=person.full_name,
            document=person,
            submit_label=self.submit_label,
            cancel_url=self.address(person),
            **kwargs,
        )

    def changeable(self) -> Person:
        """The person; visible but not mine to change is forbidden with the reason."""
        person = self.person()
        if not selectors.may_change(self.request.user, person):
            raise PermissionDenied(_("This person is outside the units that you keep."))
        return person

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Only for who may change the person."""
        self.changeable()
        return super().post(request, *args, **kwargs)

    def address(self, person: Person) -> str:
        """The page of the person."""
        return reverse("orgs:person_detail", args=[person.uuid])


class PersonEditView(PersonFormView):
    """Change the record."""

    form_class = forms.PersonForm
    title = gettext_lazy("Change the record")

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form shows the record as it is."""
        return {**super().get_form_kwargs(), "instance": self.person()}

    def carry_out(self, form: forms.PersonForm) -> str:
        """Write the change."""
        values = {name: form.cleaned_data[name] for name in services.FIELDS}
        person = services.change_person(
            person=self.person(),
            values=values,
            document=form.cleaned_data["document"],
            version=self.version,
            actor=self.request.user,
        )
        return self.address(person)


class PersonEndView(PersonFormView):
    """Leave the register by a date; nothing is deleted."""

    form_class = forms.PersonEndForm
    title = gettext_lazy("Leaves the register")
    submit_label = gettext_lazy("End the record")

    def carry_out(self, form: forms.PersonEndForm) -> str:
        """End the record, its posts and seats."""
        person = services.end_person(
            person=self.person(), version=self.version, actor=self.request.user, **form.cleaned_data
        )
        return self.address(person)


class PersonCreateView(ChangesPeople, ActFormView):
    """A new person with the first post."""

    template_name = "orgs/register_form.html"
    form_class = forms.NewPersonForm
    extra_context = {"title": gettext_lazy("New person")}

    def get_form_kwargs(self) -> dict[str, Any]:
        """The units that the account keeps."""
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The way back."""
        return super().get_context_data(cancel_url=reverse("orgs:people_list"), **kwargs)

    def carry_out(self, form: forms.NewPersonForm) -> str:
        """Add the person."""
        values = {name: form.cleaned_data[name] for name in services.FIELDS}
        person = services.create_person(
            values=values, post=form.post, document=form.cleaned_data["document"], actor=self.request.user
        )
        return reverse("orgs:person_detail", args=[person.uuid])
