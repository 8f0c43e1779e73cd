"""Write one remark of a reply. Two open pages, late autosaves, a closed synthesis: no text is lost or overwritten."""

from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from criteria.models import Addressee, Clause, KeptRemark, Remark, RemarkKind
from criteria.selectors.consulting import addressees as selectors
from criteria.selectors.consulting.addressees import MOST_ON_A_CLAUSE, place_of
from orgs.models import Forbidden, Refusal, User
from orgs.services import audit, open_pages
from orgs.services.open_pages import NO_PAGE, NotAccepted, Page

CONFLICT, CLOSED, MOVED_ON = "conflict", "closed", "moved_on"
LONGEST = 20_000


@dataclass(frozen=True)
class RemarkText:
    """What is proposed for a clause; every part may be empty while it is being written."""

    kind: str = ""
    wording: str = ""
    reason: str = ""


def save_remark(
    *,
    addressee: Addressee,
    clause: Clause,
    number: int,
    text: RemarkText,
    version: int,
    actor: User,
    page: Page = NO_PAGE,
) -> Remark | None:
    """Write the remark with this `number` (from 1) of a reply on a clause, whatever gaps it has.

    `version` is the one the writer saw (0 for a remark that nobody has begun). Answers None where there was nothing and
    nothing was written. Raises `Forbidden` without the pen, `Refusal` for a text too long or a kind that is none, and
    `NotAccepted` (with the kept text) when somebody was faster, the answer was sent or the synthesis is closed.
    Calling it inside another transaction gives up the keeping.
    """
    clean = _clean(text)
    if not 1 <= number <= MOST_ON_A_CLAUSE:
        raise Refusal(_("At most %(most)s remarks on one clause.") % {"most": MOST_ON_A_CLAUSE})
    try:
        return _write(addressee.pk, clause, number, clean, version, actor, page)
    except NotAccepted as refusal:
        refusal.kept = keep_remark(
            addressee=addressee, clause=clause, number=number, text=clean, why=refusal.why, actor=actor, page=page
        )
        raise


@transaction.atomic
def _write(
    addressee_id: int, clause: Clause, number: int, text: RemarkText, version: int, actor: User, page: Page
) -> Remark | None:
    # The lock on the reply keeps sending and saving apart and lets the first save of a remark be the only one.
    reply = (
        Addressee.objects.select_for_update(of=("self",)).select_related("consultation", "unit").get(pk=addressee_id)
    )
    held = selectors.answering_roles(actor, reply, fresh=True)
    if not held:
        raise Forbidden(selectors.reason_against_writing(reply, held))
    if clause.text.consultation_id != reply.consultation_id:
        raise Refusal(_("This clause belongs to another consultation."))
    place = place_of(reply, clause, number)
    row = Remark.objects.filter(uuid=place).first()
    row = row or Remark(uuid=place, addressee=reply, clause=clause, version=0)
    if open_pages.is_late(row.seen_tabs, page) or _is_repeated(row, text):
        return row if row.version else None
    _refuse_when_over(reply, held)
    if row.version != version and not open_pages.is_own_next(row.last_tab, page):
        raise NotAccepted(
            _("While you were writing, this remark was changed elsewhere. Your text is kept."), why=CONFLICT
        )
    changes_hands = row.written_by_id != actor.pk
    _fill(row, text, actor, page)
    _unset_agreement(reply)
    if changes_hands or not page.is_autosave:
        _record(reply, row, actor)
    return row


@transaction.atomic
def keep_remark(
    *, addressee: Addressee, clause: Clause, number: int, text: RemarkText, why: str, actor: User, page: Page = NO_PAGE
) -> KeptRemark:
    """Keep a text that could not be taken for its author; the same page replaces what it kept, the same text is one."""
    content = asdict(text)
    waiting = KeptRemark.objects.select_for_update().filter(
        addressee=addressee, clause=clause, number=number, user=actor, settled_at=None
    )
    same = next((row for row in waiting if row.content == content), None)
    if same:
        return same
    own = next((row for row in waiting if page.tab_id and row.tab_id == page.tab_id), None)
    if own and page.client_seq <= own.client_seq:
        return own
    kept = own or KeptRemark(addressee=addressee, clause=clause, number=number, user=actor, tab_id=page.tab_id)
    kept.content, kept.why, kept.client_seq = content, why, page.client_seq
    kept.save()
    return kept


@transaction.atomic
def settle_kept_remark(*, kept: KeptRemark, actor: User) -> None:
    """The author has decided what stays; the row itself remains. Twice is once."""
    KeptRemark.objects.filter(pk=kept.pk, user=actor, settled_at=None).update(settled_at=timezone.now())


def _refuse_when_over(reply: Addressee, held: frozenset[str]) -> None:
    sentence = selectors.reason_against_writing(reply, held)
    if sentence:
        is_closed = bool(selectors.reason_against_answers(reply.consultation))
        kept = _("Your text is kept as a draft.")
        raise NotAccepted(f"{sentence} {kept}", why=CLOSED if is_closed else MOVED_ON)


def _is_repeated(row: Remark, text: RemarkText) -> bool:
    return RemarkText(row.kind, row.wording, row.reason) == text


def _fill(row: Remark, text: RemarkText, actor: User, page: Page) -> None:
    row.kind, row.wording, row.reason = text.kind, text.wording, text.reason
    row.version += 1
    row.written_by, row.last_tab = actor, page.tab_id
    # What was answered before the body was asked again is not what stands here now.
    row.answer = None
    row.seen_tabs = open_pages.remembered(row.seen_tabs, page)
    row.save()


def _unset_agreement(reply: Addressee) -> None:
    if reply.is_without_remarks:
        reply.is_without_remarks = False
        reply.save(update_fields=["is_without_remarks"])


def _record(reply: Addressee, row: Remark, actor: User) -> None:
    # Autosaves of one writer are no acts of their own: the history tells who wrote.
    audit.record_event(
        actor=actor,
        action="addressee.remark_saved",
        object_type=selectors.LABEL,
        object_id=str(reply.uuid),
        chain=reply.chain,
        facts={"clause": row.clause.label, "kind": row.kind, "version": row.version},
    )


def _clean(text: RemarkText) -> RemarkText:
    if text.kind and text.kind not in RemarkKind.values:
        raise Refusal(_("Choose whether the clause is kept, amended, added to or dropped."), field="kind")
    wording, reason = _words(text.wording), _words(text.reason)
    for name, words in (("wording", wording), ("reason", reason)):
        if len(words) > LONGEST:
            raise Refusal(_("At most 20.000 letters. Attach the details as a file."), field=name)
    return RemarkText(text.kind, wording, reason)


def _words(raw: str) -> str:
    words = open_pages.plain_text(raw)
    return words if words.strip() else ""
