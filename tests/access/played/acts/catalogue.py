"""Acts on the catalogue: Giang reports for the Organisation Committee and proposes criteria for the province."""

from criteria.models import CriterionGroup, Framework, Regulation
from criteria.services.frameworks import proposals
from orgs.services.transitions import start
from registrations.services.catalogue import reports
from registrations.views.catalogue.proposals import origin_of
from tests.access.played.acts.act import Act
from tests.registrations.works import written

WORDS = {"opening": "Báo cáo như sau:", "written_on": written.today(), "number": "45-BC/BTCTU", "signatory": "Mẫu"}


def drafting(made, _late):
    province = made.province
    written.received(province)
    body = {"issuer": province.units["BTCTU"], "collective": province.collectives["BTV-TU"]}
    return {**body, "year": written.YEAR}


def drafted(made):
    return reports.draft_report(**drafting(made, 0), actor=made.user("giang"))


def wording(made, late):
    row = drafted(made)
    return {"report": row, "words": reports.ReportWords(**WORDS), "version": row.version - late}


def sending(made, late):
    row = reports.update_report(**wording(made, 0), actor=made.user("giang"))
    return {"report": row, "version": row.version - late}


def proposing(made, _late):
    work = written.received(made.province).works.get()
    words = {"title": "Tháo gỡ điểm nghẽn", "reason": "Có hiệu quả.", "year": written.YEAR + 1}
    return {"issuer": made.province.units["TU"], "origin": origin_of(work), **words}


def proposed(made):
    return proposals.propose_criterion(**proposing(made, 0), actor=made.user("giang"))


def taking(made, _late):
    row = Framework(
        title="Khung tiêu chí mới",
        issuer=made.province.units["TU"],
        regulation=Regulation.objects.get(key="124-QĐ/TW@2023-10-04"),
        subject="person",
        form_key="02B",
    )
    start(row, "framework")
    row.save()
    group = CriterionGroup.objects.create(framework=row, order=1, number="I", title="Kết quả", group_key="results")
    return {"proposal": proposed(made), "group": group}


ACTS = (
    Act(reports.draft_report, "giang", drafting, again=True),
    Act(reports.update_report, "giang", wording),
    Act(reports.send_report, "giang", sending),
    Act(proposals.propose_criterion, "giang", proposing),
    Act(proposals.take_up, "giang", taking),
    Act(proposals.set_aside, "giang", lambda made, _late: {"proposal": proposed(made), "reason": "Trùng."}),
)
