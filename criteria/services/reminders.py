"""What this floor reminds of: answers to a consultation, frameworks to be reviewed, texts to be studied."""

from datetime import date

from criteria.services.consulting import answer_letters
from criteria.services.frameworks import revisit_letters
from criteria.services.reaching import study_letters

SENDERS = (answer_letters, revisit_letters, study_letters)


def send_reminders(*, today: date | None = None) -> int:
    """Remind whoever's move it is; answers how many messages are new. As often as one likes: told once each."""
    return sum(sender.send_reminders(today=today) for sender in SENDERS)
