"""Criteria that were proposed for the issuer's frameworks: taken up into a draft, or set aside."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from criteria.models import CriterionGroup, CriterionProposal
from criteria.selectors.frameworks import frameworks
from criteria.selectors.frameworks import proposals as selectors
from criteria.services.frameworks import proposals as services
from orgs.models import Forbidden, Refusal, Stale
from orgs.services import idempotency
from orgs.views import errors
from orgs.views.acts import read_uuids


class ProposalActView(View):
    """An act on one proposal, from the writing page of a framework."""

    http_method_names = ["post"]
    act_name = ""
    done = gettext_lazy("Done.")

    def act(self, proposal: CriterionProposal) -> str:
        """Carry it out; answers where to go."""
        raise NotImplementedError

    def post(self, request: HttpRequest, uuid: str) -> HttpResponse:
        """Once; a refusal is said on the page from which one came."""
        proposal = get_object_or_404(selectors.visible_to(request.user), uuid=uuid)
        try:
            url = idempotency.carry_out_once(
                key=request.POST.get("idempotency_key", ""),
                user=request.user,
                action=f"{self.act_name}.{uuid}",
                body=request.POST,
                act=lambda: self.act(proposal),
            )
        except (Stale, Forbidden) as refusal:
            return errors.refused(request, refusal)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(self.back())
        messages.success(request, str(self.done))
        return HttpResponseRedirect(url)

    def back(self) -> str:
        """The framework from which one came."""
        wanted = read_uuids([self.request.POST.get("framework", "")])
        framework = frameworks.visible_to(self.request.user).filter(uuid__in=wanted).first()
        if framework is None:
            return reverse("criteria:framework_list")
        return f"{reverse('criteria:framework_write', args=[framework.uuid])}#proposals"


class ProposalTakeView(ProposalActView):
    """Take it up into a group of the draft, and go on to write it."""

    act_name = "proposal.take"
    done = gettext_lazy("The proposal was taken up. Now write its levels.")

    def act(self, proposal: CriterionProposal) -> str:
        """The criterion that it became."""
        readable = frameworks.visible_to(self.request.user).values("pk")
        wanted = read_uuids([self.request.POST.get("group", "")])
        rows = CriterionGroup.objects.filter(framework__in=readable).select_related("framework")
        group = rows.filter(uuid__in=wanted).first()
        if group is None:
            raise Refusal(_("Choose the group into which it is taken up."))
        made = services.take_up(proposal=proposal, group=group, actor=self.request.user)
        return reverse("criteria:criterion_edit", args=[made.uuid])


class ProposalAsideView(ProposalActView):
    """Set it aside with a reason."""

    act_name = "proposal.aside"
    done = gettext_lazy("The proposal was set aside.")

    def act(self, proposal: CriterionProposal) -> str:
        """Back to the framework."""
        services.set_aside(proposal=proposal, reason=self.request.POST.get("reason", ""), actor=self.request.user)
        return self.back()
