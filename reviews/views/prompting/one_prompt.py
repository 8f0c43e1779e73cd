"""What the pages of one prompt share."""

from functools import cached_property

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from reviews.models import Prompt
from reviews.selectors.meeting import prompts as selectors

RELATED = (
    "cycle",
    "review__person",
    "review__collective",
    "review__unit",
    "authority",
    "advisory_unit",
    "prompt_list",
    "decision",
    "noted_by__person",
)


class OnePrompt:
    """The prompt of the address, 404 where it is not visible, and its matters."""

    @cached_property
    def prompt(self) -> Prompt:
        """The prompt."""
        return get_object_or_404(self.rows(), uuid=self.kwargs["uuid"])

    def rows(self) -> QuerySet[Prompt]:
        """What the user may see."""
        return selectors.visible_to(self.request.user).select_related(*RELATED).defer("review__form")

    @cached_property
    def matters(self) -> list[selectors.Matter]:
        """Its matters."""
        return selectors.matters_of(self.prompt)

    @cached_property
    def place(self) -> int:
        """The place of the matter of the address."""
        for number, row in enumerate(self.matters):
            if row.item.uuid == self.kwargs["item"]:
                return number
        raise Http404

    @property
    def matter(self) -> selectors.Matter:
        """The matter of the address."""
        return self.matters[self.place]

    def refresh(self) -> None:
        """Read everything anew."""
        for name in ("prompt", "matters"):
            self.__dict__.pop(name, None)
