"""One clause beside its remarks: group those that say the same, answer them, mend the clause."""

from functools import cached_property
from http import HTTPStatus
from typing import Any

from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from criteria.forms.consulting.synthesis import AmendForm, AnswerForm, GroupForm
from criteria.models import Answer, Clause, Consultation, Remark
from criteria.selectors.consulting import remarks as sent
from criteria.selectors.consulting import synthesis as selectors
from criteria.services.consulting import amendments, answers
from criteria.views.writing import WriteView
from orgs.models import Stale
from orgs.selectors.keyset import PAGE
from orgs.views.acts import read_uuids, read_version


def free_page(clause: Clause, like: Remark | None, number: str | None) -> dict[str, Any]:
    """A page of the remarks that stand under no answer yet."""
    return {"page_obj": Paginator(selectors.free_remarks(clause, like=like), PAGE).get_page(number)}


class ClausePage(WriteView):
    """What every act on a clause shows again when it is refused: the clause, its remarks, the answers."""

    template_name = "criteria/clause_answers.html"
    form_class = GroupForm
    slot = "group_form"

    @cached_property
    def clause(self) -> Clause:
        """The clause in the address, 404 where its remarks are not the user's to put together."""
        return get_object_or_404(selectors.clauses_of(self.request.user), uuid=self.kwargs["uuid"])

    @property
    def consultation(self) -> Consultation:
        """The consultation of the clause."""
        return self.clause.text.consultation

    @property
    def chosen(self) -> list[Remark]:
        """The remarks that were ticked, as far as they stand on this clause."""
        uuids = read_uuids(self.request.POST.getlist("remarks"))
        return list(sent.of_clause(self.clause).filter(uuid__in=uuids))

    @cached_property
    def like(self) -> Remark | None:
        """The remark whose proposal alone is looked at, by the address."""
        wanted = read_uuids([self.request.GET.get("like", "")])
        return sent.of_clause(self.clause).filter(uuid__in=wanted).first() if wanted else None

    @cached_property
    def groups(self) -> list[selectors.Grouped]:
        """The answers of the clause with their remarks."""
        return selectors.groups_of(self.clause)

    @property
    def answers(self) -> list[Answer]:
        """The answers alone."""
        return [group.answer for group in self.groups]

    def get_form_kwargs(self) -> dict[str, Any]:
        """Only the form of a group knows the answers."""
        kwargs = super().get_form_kwargs()
        return {**kwargs, "answers": self.answers} if self.form_class is GroupForm else kwargs

    def forms_for(self, bound: BaseForm) -> dict[str, Any]:
        """The forms of the page, the one that was sent among them with what was typed."""
        fresh = {"group_form": GroupForm(answers=self.answers), "amend_form": AmendForm.of(self.clause)}
        return {**fresh, self.slot: bound} if self.slot in fresh else fresh

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The clause, a page of the remarks that are still free, the answers with their forms."""
        bound = kwargs["form"] = kwargs.get("form") or self.get_form()
        clause, consultation = self.clause, self.consultation
        found = selectors.verdicts_by_clause(consultation)
        return super().get_context_data(
            title=clause.label,
            clause=clause,
            consultation=consultation,
            progress=sum(found.values(), selectors.Verdicts()).progress,
            keep_count=found.get(clause.pk, selectors.Verdicts()).keeping,
            following=selectors.next_open(consultation, clause),
            may_write=consultation.state == selectors.SYNTHESIS,
            **free_page(self.clause, self.like, self.request.GET.get("page")),
            ticked=set(self.request.POST.getlist("remarks")),
            like=self.like,
            groups=[(group, self.answer_form(group.answer, bound)) for group in self.groups],
            pieces=selectors.changes_of(clause),
            back_url=reverse("criteria:synthesis_detail", args=[consultation.uuid]),
            **self.forms_for(bound),
            **kwargs,
        )

    def answer_form(self, answer: Answer, bound: BaseForm) -> AnswerForm:
        """The form of one answer as it is kept."""
        return AnswerForm.of(answer)

    def destination(self) -> str:
        """This clause again; the next one that waits where the user asked to go on."""
        if "next" in self.request.POST:
            found = selectors.next_open(self.consultation, self.clause)
            if found is None:
                return reverse("criteria:synthesis_detail", args=[self.consultation.uuid])
            return reverse("criteria:clause_answers", args=[found.uuid])
        return reverse("criteria:clause_answers", args=[self.clause.uuid])

    def stale(self, form: BaseForm, refusal: Stale) -> HttpResponse:
        """The page as it stands now, with what was typed in its place: saving it again is the user's own choice."""
        for name in ("clause", "groups"):
            self.__dict__.pop(name, None)
        form.add_error(None, refusal.message)
        context = self.get_context_data(form=form, was_changed=True)
        return self.render_to_response(context, status=HTTPStatus.CONFLICT)


class ClauseAnswersView(ClausePage):
    """Look at a clause and its remarks."""

    http_method_names = ["get", "head", "options"]


class AnswerCreateView(ClausePage):
    """Answer the ticked remarks together, by a new answer or under one that is there."""

    http_method_names = ["post"]
    act_name = "answer.group"
    done = gettext_lazy("The remarks are put under one answer.")

    def write(self, form: BaseForm) -> str:
        """Group them."""
        given = {name: form.cleaned_data[name] for name in ("answer", "summary", "verdict", "reason")}
        if len(self.chosen) != len(set(self.request.POST.getlist("remarks"))):
            raise Stale(_("A remark was withdrawn or changed in the meantime. Open the page again."))
        answers.group_remarks(clause=self.clause, remarks=self.chosen, actor=self.request.user, **given)
        return self.destination()


class AnswerPage(ClausePage):
    """An act on one answer of the clause; one that is gone since is a conflict that keeps what was typed."""

    http_method_names = ["post"]
    form_class = AnswerForm
    slot = "answer"

    @property
    def answer(self) -> Answer:
        """The answer in the address; Stale where nobody needs it any more."""
        found = self.clause.answers.select_related("clause__text").filter(uuid=self.kwargs["answer"]).first()
        if found is None:
            raise Stale(_("Somebody else has taken the remarks out of this answer. Your words are kept below."))
        return found

    def answer_form(self, answer: Answer, bound: BaseForm) -> AnswerForm:
        """What was typed stays in the form of this answer."""
        if answer.uuid != self.kwargs["answer"]:
            return AnswerForm.of(answer)
        bound.auto_id = f"id_{answer.uuid}_%s"
        return bound

    def forms_for(self, bound: BaseForm) -> dict[str, Any]:
        """What was typed for an answer that is gone is offered for a new one."""
        forms = super().forms_for(bound)
        if not self.clause.answers.filter(uuid=self.kwargs["answer"]).exists():
            kept = {name: bound.data.get(name, "") for name in ("summary", "verdict", "reason")}
            forms["group_form"] = GroupForm(answers=self.answers, initial=kept)
        return forms


class AnswerEditView(AnswerPage):
    """Write the words of one answer."""

    act_name = "answer.edit"
    done = gettext_lazy("The answer is saved.")

    def write(self, form: BaseForm) -> str:
        """Save it."""
        version = read_version(self.request.POST.get("version", ""))
        answers.edit_answer(answer=self.answer, actor=self.request.user, version=version, **form.cleaned_data)
        return self.destination()


class AnswerReleaseView(AnswerPage):
    """Take ticked remarks out from under an answer; an answer without any goes."""

    act_name = "answer.release"
    done = gettext_lazy("The remarks stand free again.")

    def write(self, form: BaseForm) -> str:
        """Take them out."""
        version = read_version(self.request.POST.get("version", ""))
        answers.release_remarks(answer=self.answer, remarks=self.chosen, actor=self.request.user, version=version)
        return self.destination()

    def answer_form(self, answer: Answer, bound: BaseForm) -> AnswerForm:
        """Nothing was typed: the answers as they are kept."""
        return AnswerForm.of(answer)


class ClauseAmendView(ClausePage):
    """Write the clause as it is after the remarks."""

    http_method_names = ["post"]
    form_class = AmendForm
    slot = "amend_form"
    act_name = "clause.amend"
    done = gettext_lazy("The text after the remarks is saved.")

    def write(self, form: BaseForm) -> str:
        """Save it."""
        version = read_version(self.request.POST.get("version", ""))
        amendments.amend_clause(clause=self.clause, actor=self.request.user, version=version, **form.cleaned_data)
        return self.destination()
