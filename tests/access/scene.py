"""The scene of the access matrix: one round, and for each address of ours the object that it is asked for."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils import timezone

from criteria.models import Framework, KeptCriterion, Regulation, Revisit
from criteria.selectors.reaching.disseminations import materials_of
from criteria.selectors.reaching.urging import Matter
from criteria.services.frameworks import framework_outline, frameworks
from criteria.services.reaching import disseminations, urging
from criteria.services.reaching.disseminations import DisseminationWords
from orgs.models import FilePurpose, Person, QueuedJob, User
from orgs.services import files, outbox
from orgs.services.transitions import advance
from orgs.services.versions import keep_version, new_code
from registrations.models import PastRating, RemarkKind
from registrations.services.register import remarks
from reviews.models import AgendaItem, KeptText, Opinion, OpinionKind, PeerGroup, Petition, Rating, Replay, ResultUse
from tests.access.asked import asked
from tests.access.catalogued import catalogued
from tests.access.registered import registered
from tests.access.synthesised import synthesised
from tests.registrations.results import written as results
from tests.reviews.papers.round import play
from tests.uploads import PDF

CAST = (
    *("anonymous", "an", "binh", "chi", "dung", "em", "giang", "ha", "khanh"),
    *("lan", "minh", "nga", "oanh", "quan", "son", "tu", "phuc"),
)
OURS = ("orgs", "criteria", "registrations", "reviews")


class Scene:
    """A round that was decided in Sở Kế hoạch và Đầu tư (An) and is still being written in Sở Y tế (Dũng)."""

    def __init__(self, province):
        self.round = play(province)
        self.province = province
        self.objects = self._objects()

    def user(self, short):
        return None if short == "anonymous" else User.objects.get(pk=self.province.users[short].pk)

    def _objects(self):
        made, people = self.round, self.province
        review, rating = made.review("an"), made.rating("an", "cadre")
        open_review = made.review("dung")
        meeting = made.meetings["TT-SKH"]
        pdf = SimpleUploadedFile("y-kien.pdf", PDF)
        file = files.store_file(
            upload=pdf,
            purpose=FilePurpose.OPINION,
            owner=made.user("giang"),
            object_type="reviews.Rating",
            object_id=rating.uuid,
        )
        job: QueuedJob = outbox.enqueue(kind="mail.message", dedup_key="m", owner=made.user("giang"), title="Việc")
        petition = Petition.objects.create(
            rating=rating, text="Đề nghị xem xét lại.", filed_by=made.user("an"), filed_on=made.today
        )
        kept = KeptText.objects.create(
            review=open_review, user=made.user("dung"), section_key="strengths.1", content={}, reason="conflict"
        )
        opinion = Opinion.objects.create(
            rating=rating, kind=OpinionKind.RELATED_BODY, body_name="Sở Tài chính", entered_by=made.user("giang")
        )
        open_rating = Rating.objects.get(person=people.people["dung"], kind="cadre")
        former = Opinion.objects.create(
            rating=open_rating, kind=OpinionKind.FORMER_PLACE, unit=people.units["SKH"], entered_by=made.user("giang")
        )
        version = keep_version(
            code=new_code(), kind="dossier", title="Hồ sơ", object_type="reviews.Review", object_id=str(review.uuid),
            content=PDF, content_type="application/pdf", file_name="ho-so.pdf", digest="0" * 64,
            chain=made.cycle.chain, actor=made.user("giang"),
        )  # fmt: skip
        replay = Replay.objects.create(
            cycle=made.cycle,
            regulation=Regulation.objects.get(key="132-QĐ/TW@2018-03-08"),
            asked_by=made.user("lan"),
            asked_at=timezone.now(),
            done_at=timezone.now(),
        )
        return {
            **asked(made),
            **studied(made),
            **below(made),
            **written(made),
            **synthesised(made),
            **registered(made),
            **catalogued(made),
            "replay": replay,
            "review": review,
            "open_review": open_review,
            "rating": rating,
            "open_rating": open_rating,
            "meeting": meeting,
            "item": AgendaItem.objects.filter(meeting=meeting).first(),
            "comment": AgendaItem.objects.filter(meeting=meeting).first().comments.first(),
            "prompt": review.prompts.get(),
            "prompt_item": review.prompts.get().items.get(),
            "group": PeerGroup.objects.get(pk=rating.group_id),
            "conclusion": made.conclusions[0],
            "petition": petition,
            "kept": kept,
            "opinion": opinion,
            "former_opinion": former,
            "circumstance": rating.circumstances.first(),
            "shortcoming": people.people["an"].shortcoming_rows.first(),
            "discipline": people.people["an"].discipline_rows.first(),
            **remarked(made),
            **prompted(made, file),
            **counted(made),
            "file": file,
            "job": job,
            "version": version,
            "person": people.people["an"],
            "unit": people.units["SKH"],
            "collective": people.collectives["TT-SKH"],
            "appointment": people.people["an"].appointments.first(),
            "seat": people.people["an"].memberships.first(),
            "account": people.users["chi"],
            "grant": people.users["nga"].grants.order_by("id").first(),
            "cycle": made.cycle,
            "plan": made.cycle.plan,
            "framework": made.cycle.frameworks.first().framework,
            "regulation": made.cycle.regulation,
            "local": Regulation.objects.get(key="399-QĐ/TU@2025-08-27"),
            "milestone": made.cycle.plan.milestones.first(),
        }


def prompted(made, file):
    """The list that prompted An, a body that was asked for it, evidence, and a group member without an account."""
    prompt, officer = made.review("an").prompts.get(), made.user("giang")
    outsider = Person.objects.create(code="CB0099", full_name="Lê Văn Ngoài")
    explanation = prompt.items.get().explanation
    return {
        "decided_list": prompt.prompt_list,
        "contribution": prompt.prompt_list.contributions.create(unit=made.province.units["SYT"], asked_by=officer),
        "explanation_file": explanation.files.create(file=file),
        "group_member": prompt.working_group.create(person=outsider, document="QĐ 90-QĐ/TU", named_by=officer),
    }


def studied(made):
    """A text that two departments study, another that is still a draft, and two letters that urge."""
    people, officer = made.province, made.user("giang")
    words = DisseminationWords(title="Quán triệt Quy định", regulation=made.cycle.regulation)
    bodies = [people.units["SKH"], people.units["SYT"]]
    given = {"issuer": people.units["BTCTU"], "words": words, "bodies": bodies, "actor": officer}
    pdf = SimpleUploadedFile("tai-lieu.pdf", PDF)
    draft = disseminations.create_dissemination(**given, upload=pdf)
    row = disseminations.create_dissemination(**given)
    row = advance(row, "open", actor=officer, version=row.version)
    asked = {"matter": Matter("dissemination", row), "issuer": people.units["BTCTU"], "units": bodies[:1]}
    letters = [urging.draft_letter(**asked, actor=officer) for _each in range(2)]
    numbered = urging.LetterWords(number="12-CV/BTCTU", written_on=made.today, text="Đề nghị.")
    sent = urging.update_letter(letter=letters[0], words=numbered, actor=officer, version=1)
    sent = urging.send_letter(letter=sent, actor=officer, version=sent.version)
    return {
        "dissemination": row,
        "draft_dissemination": draft,
        "draft_material": materials_of(draft).get(),
        "letter": sent,
        "draft_letter": letters[1],
    }


def our_addresses():
    """{name: pattern} of every address of the four apps, in the order of the modules."""
    found = {}

    def walk(resolver, spaces):
        for entry in resolver.url_patterns:
            if hasattr(entry, "url_patterns"):
                walk(entry, [*spaces, entry.namespace] if entry.namespace else spaces)
            elif spaces and spaces[0] in OURS:
                found[":".join([*spaces, entry.name])] = entry.pattern

    walk(get_resolver(), [])
    return found


def address(scene, name, arguments):
    """The address of a row: arguments name objects of the scene (`review`, `version.code`) or are literal (`=text`)."""
    values = []
    for argument in arguments:
        if argument.startswith("="):
            values.append(argument[1:])
            continue
        thing, _dot, attribute = argument.partition(".")
        values.append(getattr(scene.objects[thing], attribute or "uuid"))
    try:
        return reverse(name, args=values)
    except NoReverseMatch as error:
        raise AssertionError(f"{name} does not take {arguments}: {error}") from error


def remarked(made):
    """An remarked on the work of Chi, and a grade of an earlier year was brought in about An."""
    chi, an = made.province.people["chi"], made.province.people["an"]
    words = {"kind": RemarkKind.CONCERN, "text": "Cần chủ động hơn.", "made_on": made.today}
    past = PastRating.objects.create(
        person=an,
        kind="cadre",
        grade="good",
        counted_year=2023,
        document="QĐ 90-QĐ/TU",
        document_on=made.today,
        entered_by=made.user("giang"),
        imported_from="nam-truoc.xlsx",
    )
    return {"remark": remarks.make_remark(subject=chi, actor=made.user("an"), **words), "past": past}


def counted(made):
    """A result of An whose cause waits for his superior, counted in his review."""
    row = results.late(made.province)
    use = ResultUse.objects.create(review=made.review("an"), result=row, put_by=made.user("an"))
    return {"result": row, "result_use": use}


def below(made):
    """A framework of Sở Y tế before the province, whose officer it was submitted to, and one to be looked at again."""
    khanh, unit = made.user("khanh"), made.province.units["SYT"]
    words = {"title": "Khung của tỉnh", "subject": "person", "form_key": "02A", "number": "11-HD/TU"}
    above = frameworks.create_framework(
        issuer=made.province.units["TU"], regulation=made.cycle.regulation, actor=made.user("giang"), **words
    )
    Framework.objects.filter(pk=above.pk).update(state="issued", issued_on=made.today)
    child, old = (frameworks.concretise_framework(framework=above, issuer=unit, actor=khanh) for _ in range(2))
    group = child.groups.create(order=90, number="X", title="Nhóm riêng", group_key="results")
    level = group.criteria.create(order=1, number="1", code="X.1", title="Tiêu chí riêng").levels.create(level="good")
    Framework.objects.filter(pk=child.pk).update(state="submitted")
    Framework.objects.filter(pk=old.pk).update(state="issued", number="12-KH/SYT", issued_on=made.today)
    asked = {"parent_before": above, "head": made.province.people["dung"], "asked_on": made.today}
    revisit = Revisit.objects.create(framework=old, **asked)
    return {"child": child, "level": level, "revisit": revisit}


def written(made):
    """What the officer of the province writes in a draft: a group, a criterion, what it covers, two kept texts."""
    framework, giang = made.cycle.frameworks.first().framework, made.user("giang")
    group = framework.groups.create(order=92, number="Z", title="Nhóm đang soạn", group_key="results")
    criteria = [group.criteria.create(order=n, number=str(n), code=f"Z.{n}", title="Tiêu chí") for n in (1, 2)]
    cover = framework.covers.create(unit=made.province.units["SKH"])
    kept = {"framework": framework, "user": giang, "criterion": criteria[0].uuid, "content": {"title": "Tên khác"}}
    return {
        "draft_group": group,
        "draft_criterion": criteria[0],
        "draft_cover": cover,
        "kept_criterion": KeptCriterion.objects.create(why="conflict", **kept),
        "dropped_criterion": framework_outline.drop_criterion(criterion=criteria[1], actor=giang),
    }
