"""The app as Django knows it."""

from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from reviews.workflow import CONCLUSION, MEETING, PROMPT, PROMPT_LIST, RATING, REVIEW


class ReviewsConfig(AppConfig):
    """The round."""

    name = "reviews"
    verbose_name = _("Reviews and ratings")
    workflows = (REVIEW, RATING, PROMPT, PROMPT_LIST, MEETING, CONCLUSION)
    registers = (
        "reviews.access.register",
        "reviews.guards.own.register",
        "reviews.guards.enrolment.register",
        "reviews.services.enrolling.endings.register",
        "reviews.guards.writing.register",
        "reviews.services.writing.submission.register",
        "reviews.selectors.standing.review_pages.register",
        "reviews.selectors.writing.results_ticked.register",
        "reviews.selectors.grading.ratings.register",
        "reviews.selectors.waiting.inbox_writing.register",
        "reviews.selectors.waiting.inbox_studying.register",
        "reviews.guards.decisions.register",
        "reviews.guards.meetings.register",
        "reviews.guards.prompts.register",
        "reviews.guards.opinions.register",
        "reviews.services.consequences.register",
        "reviews.services.reminders.register",
        "reviews.selectors.grading.opinions.register",
        "reviews.selectors.waiting.inbox_prompting.register",
        "reviews.selectors.waiting.inbox_meeting.register",
        "reviews.selectors.waiting.inbox_deciding.register",
        "reviews.selectors.waiting.inbox_consulting.register",
        "reviews.selectors.waiting.inbox_register.register",
        "reviews.selectors.waiting.inbox_works.register",
        "reviews.services.invariants.register",
        "reviews.selectors.papers.dossiers.register",
        "reviews.selectors.papers.signers.register",
        "reviews.services.papers.dossiers.register",
        "reviews.services.papers.letters.register",
        "reviews.services.papers.replays.register",
    )

    def ready(self) -> None:
        """Register what other modules look up by name: reaches, guards, consequences, job handlers."""
        for path in self.registers:
            import_string(path)()
