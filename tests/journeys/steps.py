"""What the steps of a journey share: looking at a page, pressing what asks before it acts, the round's other hands."""

from playwright.sync_api import expect

from reviews.models import AgendaItem
from reviews.selectors.grading.suggestions import explained_for
from reviews.selectors.writing.forms import form_of, parts_of
from reviews.services.grading import decisions
from reviews.services.meeting import comments, meetings
from reviews.services.writing.answers import save_section
from tests.reviews.papers.round import ANSWER, COMMENT, Round

WIDTHS = (1280, 360)


class Sight:
    """Looks at the page of a step: at both widths it fits, axe finds nothing grave, and a picture is taken."""

    def __init__(self, shot, accessible):
        self.shot, self.accessible = shot, accessible

    def __call__(self, page, name):
        before = page.viewport_size
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{page.url} is {wide} px wide at {width}"
            self.accessible(page)
            self.shot(page, f"round-{name}")
        page.set_viewport_size(before)


def press(page, form):
    """Press the button of a form, say yes where the page asks first, and wait for the page that follows."""
    asks = page.locator(form).first.get_attribute("data-confirm")
    button = page.locator(f"{form} button[type=submit]").first
    if asks:
        button.click()
        expect(page.locator("#confirm-question")).to_have_text(asks)
        button = page.locator("#confirm-dialog [data-yes]")
    with page.expect_navigation():
        button.click()


class Played(Round):
    """A round of which single steps are left to the browser."""

    def mine(self):
        return [review for review in super().mine() if review.pk not in getattr(self, "left_out", ())]

    def write_all_but(self, review):
        """Everybody writes and submits; of `review` everything is written but its first free text."""
        self.left_out = {review.pk}
        self.write()
        self.left_out = set()
        free = None
        for part in parts_of(form_of(review)):
            if free is None and len(part.items) == 1 and part.items[0].kind == "text":
                free = part.key, part.items[0].key
                continue
            content = {item.key: self._answer(review, item) for item in part.items}
            save_section(
                review=review, section_key=part.key, content=content, version=0, actor=self.author(review), is_done=True
            )
        self._state(review)
        return free

    def hear_the_rest(self, meeting):
        """Who was not heard in the browser, and the counted ballot."""
        items = AgendaItem.objects.filter(meeting=meeting, is_heard=False).select_related("review", "meeting")
        for item in items.order_by("order"):
            comments.add_comment(item=item, text=COMMENT, actor=self.user("nga"), speaker="Đại diện tập thể")
            meetings.hear(
                item=item, answer=ANSWER, conclusion="Thống nhất.", version=item.version, actor=self.user("nga")
            )
        self._ballot(meeting)

    def decide_collective_first(self, rating):
        """The grade of the collective is concluded before its members' (the law's order)."""
        explained = explained_for([rating])[rating.pk]
        unlike = explained.grade != "good"
        choice = decisions.PendingChoice(
            rating,
            "good",
            rating.version,
            ground="Theo đề nghị của cơ quan thẩm định." if unlike else "",
            document="TTr 55-TTr/BTCTU" if unlike else "",
        )
        decisions.set_pending(choices=[choice], actor=self.user("lan"))
        rating.refresh_from_db()
        return self._conclude("340-QĐ/TU", [rating])
