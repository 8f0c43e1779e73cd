"""Load the demonstration into an empty installation, once."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from criteria.models import Cycle
from orgs import roles
from orgs.models import Collective, Person, Refusal, RoleGrant, Unit, User
from orgs.services.bulk import refresh_statistics
from orgs.services.transitions import advance
from reviews.models import Circumstance, Ground, Rating
from reviews.services.demo.accounts import PASSWORD, write_accounts
from reviews.services.demo.concretising import concretise_124
from reviews.services.demo.consulting import consult_1440
from reviews.services.demo.cycles import open_cycles
from reviews.services.demo.play import STAGES, Player, next_working_day, today
from reviews.services.demo.prompting import Prompting
from reviews.services.demo.register import Register, secretaries, write_register
from reviews.services.demo.registering import register_2024
from reviews.services.demo.reorganisation import ending_codes, reorganise
from reviews.services.demo.studying import study_124
from reviews.services.demo.year_register import keep_the_year
from reviews.services.demo.year_results import keep_the_results, report_the_works
from reviews.services.demo.years import play_years
from reviews.services.grading.petitions import file_petition

GROUNDS = (
    ("ha-ty-le", "Hạ mức do khống chế tỷ lệ hoàn thành xuất sắc nhiệm vụ không quá 20 % (Điều 12 QĐ 124-QĐ/TW)."),
    ("so-sanh", "So sánh với các chức danh tương đương, sản phẩm chưa nổi trội."),
    ("don-vi", "Đơn vị phụ trách còn chỉ tiêu chưa đạt kế hoạch."),
)
# The stages of 2024, unit by unit in the order of the register; the office of the named logins still writes.
WRITING_UNIT = "KHDT"
PLAYED = 18
PAST_SUBMITTING = STAGES[STAGES.index("in_session") :]
SPREAD = ("written", "submitted", "in_session", "finishing", "finished", "proposed", "appraised", "noticed", "recorded")


def is_loaded() -> bool:
    """Whether the demonstration is here."""
    return Cycle.objects.filter(is_demo=True).exists()


@transaction.atomic
def load_demo() -> bool:
    """Load everything or nothing; answers whether anything was written. Refused where a real person is registered."""
    if not settings.ALLOW_DEMO:
        raise Refusal(_("The demonstration is not allowed here: set ALLOW_DEMO=1 on a machine without real data."))
    if Person.objects.filter(is_demo=False).exists() or Unit.objects.filter(is_demo=False).exists():
        raise Refusal(
            _("There are real people or units in this installation: the demonstration is never loaded beside them.")
        )
    if is_loaded():
        return False
    made = write_register()
    write_accounts(made)
    for code, text in GROUNDS:
        Ground.objects.get_or_create(code=code, defaults={"text": text})
    officer = made.users[made.staff["BTCTU"][0].pk]
    refresh_statistics()
    consult_1440(made, officer)
    cycles = open_cycles(made, officer)
    # Issued for the year after: the rounds of 2023 and 2024 measure by the province's framework alone.
    concretise_124(made, officer)
    refresh_statistics()
    _play_2023(made, cycles[2023], officer)
    register_2024(made)
    _play_2024(made, cycles[2024])
    keep_the_year(made, cycles)
    keep_the_results(made, cycles[2024])
    report_the_works(made, officer)
    refresh_statistics()
    reorganise(made)
    play_years(made, officer)
    study_124(made, officer)
    return True


def _reviewed(made: Register) -> list[Collective]:
    rows = Collective.objects.filter(is_reviewed=True, is_demo=True).order_by("id")
    heads = {person.pk for person in made.heads.values()}
    return [row for row in rows if row.memberships.filter(person__in=heads).exists()]


def _play_2023(made: Register, cycle: Cycle, officer: User) -> None:
    player = Player(made, cycle, secretaries(), date(2023, 11, 28), seed=2023)
    waiting: list[Rating] = []
    for collective in _reviewed(made):
        waiting += player.play(collective, "noticed")
        refresh_statistics()
    player.decide(waiting, confirm=True, on=date(2023, 12, 22), label="88")
    player.archive()
    cycle.refresh_from_db()
    advance(cycle, "close", actor=officer, version=cycle.version)


def _play_2024(made: Register, cycle: Cycle) -> None:
    player = Player(made, cycle, secretaries(), next_working_day(today() - timedelta(days=2)), seed=2024)
    pending: list[Rating] = []
    issued: list[Rating] = []
    stages = list(_stages(made))
    prompting, heard = Prompting(made, cycle, player), [body for body, stage in stages if stage in PAST_SUBMITTING]
    prompting.answer(prompting.prompt(heard), heard)
    for collective, stage in stages:
        found = player.play(collective, stage)
        (issued if stage == "noticed" else pending).extend(found)
    prompting.conclude()
    player.decide(issued, confirm=True, on=today(), label="101")
    player.decide(pending, confirm=False, on=today(), label="102")
    _special_cases(cycle, player)


def _stages(made: Register) -> Iterator[tuple[Collective, str]]:
    """How far each leading body of 2024 has come: units that end with the reorganisation to the end, some all the way
    along the round, the others not begun."""
    ending = ending_codes()
    place = 0
    for collective in _reviewed(made):
        code = collective.code.removeprefix("TT-")
        if code in ending:
            yield collective, "noticed"
        elif code != WRITING_UNIT and place < PLAYED:
            yield collective, SPREAD[place % len(SPREAD)]
            place += 1


def _special_cases(cycle: Cycle, player: Player) -> None:
    """One rating postponed, one without a rating for a circumstance, one under petition."""
    waiting = Rating.objects.filter(cycle=cycle, kind="cadre", state="proposal", appraising_unit__code="BTCTU")
    officer = player.officers["BTCTU"]
    later = waiting.order_by("-id").first()
    advance(
        later, "postpone", actor=officer, version=later.version, note="Đang xác minh đơn theo Thông báo mẫu số 15-TB."
    )
    exempt = Rating.objects.filter(cycle=cycle, kind="party_member", state="proposal").order_by("-id").first()
    if exempt:
        party_officer = player.officers["DUK"]
        Circumstance.objects.create(
            rating=exempt, kind="exempt_from_activity", document="Quyết định mẫu số 05-QĐ/CB", entered_by=party_officer
        )
        advance(exempt, "exempt", actor=party_officer, version=exempt.version)
    decided = Rating.objects.filter(cycle=cycle, kind="cadre", state="notice").select_related("person__account").last()
    if decided:
        text = "Đề nghị xem xét lại kết quả thực hiện nhiệm vụ đột xuất được giao trong quý IV."
        file_petition(rating=decided, text=text, version=decided.version, actor=decided.person.account)


def logins() -> list[dict[str, str]]:
    """The named logins: {username, password, name, role, unit}; empty where the demonstration is not loaded."""
    if not is_loaded():
        return []
    found = [
        _login(
            roles.SUBJECT,
            WRITING_UNIT,
            Person.objects.filter(appointments__unit__code=WRITING_UNIT, memberships__part="deputy"),
        ),
        _login(
            roles.HEAD,
            WRITING_UNIT,
            Person.objects.filter(appointments__unit__code=WRITING_UNIT, appointments__is_head=True),
        ),
    ]
    grants = (
        (roles.SECRETARY, {"collective__code": "TT-TTRA"}, "TTRA"),
        (roles.PARTY_SECRETARY, {"collective__code": f"CU-CB-{WRITING_UNIT}"}, WRITING_UNIT),
        (roles.OFFICER, {"unit__code": "BTCTU"}, "BTCTU"),
        (roles.OFFICER, {"unit__code": "SNV"}, "SNV"),
        (roles.RECORDER, {"collective__code": "BTV-TU"}, "TU"),
        (roles.CONFIRMER, {"collective__code": "BTV-TU"}, "TU"),
        (roles.ADMINISTRATOR, {}, ""),
        (roles.INSPECTOR, {"unit__code": "TU"}, "UBKTTU"),
        (roles.ACCOUNT_OFFICER, {"unit__code": "UBND"}, "UBND"),
        (roles.OFFICER, {"unit__code": "YT"}, "YT"),
    )
    for role, place, unit in grants:
        grant = RoleGrant.objects.filter(role=role, **place).select_related("user__person").order_by("id").first()
        if grant:
            found.append(_row(grant.user, role, unit))
    return [row for row in found if row]


def _login(role: str, unit: str, people: object) -> dict[str, str]:
    person = people.filter(account__isnull=False).select_related("account").order_by("-id").first()
    return _row(person.account, role, unit) if person else {}


def _row(user: User, role: str, unit: str) -> dict[str, str]:
    return {"username": user.username, "password": PASSWORD, "name": str(user), "role": role, "unit": unit}
