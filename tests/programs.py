"""A program with a token, and an estate that has one of everything that the API tells of."""

import json
import tempfile
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from django.test import Client

from assessed import TEXT
from assessing import publish_model, rate_all
from attain.assessments.actions import assessing
from attain.assessments.actions.agreeing import agree
from attain.assessments.actions.editions import write_draft
from attain.assessments.actions.evidence import add_link
from attain.assessments.actions.practices import share_note
from attain.assessments.models import Assessment, ModelEdition, Rating
from attain.assessments.rules.entries import Entry
from attain.assessments.rules.stages import AssessmentKind
from attain.certification.actions import corrective, reviews
from attain.certification.actions.watches import watch_certificates
from attain.certification.models import CorrectiveAction
from attain.certification.rules.applications import ReviewKind
from attain.improvement.actions import documents, progress
from attain.improvement.actions.benefits import expect_benefit
from attain.improvement.models import Roadmap
from attain.measurement.periods import Month, last_full_month
from attain.organisations.actions import members, notices, people, tokens
from attain.organisations.actions.sign_ins import begin_sign_in
from attain.organisations.actions.webhooks import register_webhook
from attain.organisations.events import EVENTS
from attain.organisations.jobs.actions import enqueue
from attain.organisations.models import Member
from attain.organisations.rules import Permission, Role
from attain.performance import models
from attain.performance.actions.evidence import store_evidence
from attain.performance.actions.importing import carry_out_import
from attain.performance.actions.readings import close_month
from attain.performance.actions.recording import record_row
from attain.performance.queries.previews import Upload
from carrying import YEARS, planned
from certified import certified, record_centre, site_lead_of, submitted
from estate import Estate, make_account, make_estate, make_member
from frame.job_tasks import make_regions
from improving import roadmap_over
from planning import plans_of_one_step

NOW = datetime.now(UTC)
# An address that needs no look-up; nothing is sent there.
HOOK = "https://93.184.216.34/hook"


class Program:
    """A program that acts for a member."""

    def __init__(self, by: Member, permissions: Collection[Permission] = tuple(Permission)) -> None:
        self.token, self.secret = tokens.make_token(
            name="nightly",
            permissions=permissions,
            expires_at=NOW + timedelta(days=30),
            now=NOW,
            by=by,
        )

    @property
    def headers(self) -> dict[str, str]:
        """The headers by which the program is known."""
        return {"Authorization": f"Bearer {self.secret}"}

    def ask(self, method: str, path: str, said: Any = None, **headers: str) -> Any:
        """Ask the API for something."""
        client = Client(headers=self.headers | headers)
        body = "" if said is None else json.dumps(said)
        return client.generic(method, f"/api/v1{path}", body, content_type="application/json")

    def hand_in(self, path: str, **said: Any) -> Any:
        """Post a form with a file."""
        return Client(headers=self.headers).post(f"/api/v1{path}", said)

    def get(self, path: str) -> Any:
        """Return what lies at an address that answers."""
        answer = self.ask("GET", path)
        assert answer.status_code == 200, answer.content
        return answer.json()


@dataclass(frozen=True)
class Told:
    """An estate whose centre at Leeds is certified and lost it since, and that at Poole applied."""

    estate: Estate
    ids: dict[str, str]

    def program(self, role: Role) -> Program:
        """Return a program of the member who holds a role everywhere."""
        return Program(self.estate.member(role))

    def colleague(self) -> Program:
        """Return a program of somebody who sees Leeds and may write nothing there."""
        account = make_account("ann@northwind.example", "Ann")
        role, site = Role.EVALUATOR, self.estate.leeds
        return Program(make_member(self.estate.organisation, account, role, site=site))

    def neighbour(self) -> Program:
        """Return a program of who leads another site of the organisation."""
        return Program(site_lead_of(self.estate, self.estate.poole))


def make_told() -> Told:
    """Make an estate with a certificate, a corrective action, an open review, and an import."""
    estate = make_estate()
    lead = estate.member(Role.PROGRAMME_LEAD)
    today = NOW.date()
    last = last_full_month(today)
    centre = record_centre(estate, as_of=last.last_day)
    certificate = certified(estate, centre, now=NOW, as_of=today)
    _miss(centre, lead, last)
    watch_certificates(estate.organisation, NOW)
    raised = CorrectiveAction.objects.get(certificate=certificate)
    step = corrective.add_milestone(
        by=lead, corrective=raised, text="Train", due=today + timedelta(days=9), now=NOW
    )
    application = submitted(estate, record_centre(estate, estate.other_centre), 1, NOW)
    assessor = estate.member(Role.ASSESSOR)
    review = reviews.open_review(
        by=assessor,
        application=application,
        seen=application.version,
        kind=ReviewKind.ON_SITE,
        assessor=assessor,
        on=today,
        now=NOW,
    )
    close_month(centre=centre, month=last.plus(-1), by=lead)
    metric = models.Metric.objects.get(centre=centre, key="accuracy")
    practice = models.Practice.objects.get(centre=centre, item="coaching", is_current=True)
    process = models.Process.objects.get(centre=centre, key="answering")
    system = models.System.objects.get(centre=centre, key="telephony")
    done = _imported(centre, lead)
    shown = store_evidence(centre=centre, file=BytesIO(b"%PDF-1.7 x"), name="plan.pdf", by=lead)
    admin = estate.member(Role.ADMINISTRATOR)
    hook = register_webhook(address=HOOK, events=EVENTS, by=admin, now=NOW).webhook
    ids = {
        "done": str(done.uuid),
        "file": str(shown.uuid),
        "webhook": str(hook.uuid),
        "centre": centre.key,
        "metric": str(metric.uuid),
        "process": str(process.uuid),
        "system": str(system.uuid),
        "month": str(last),
        "table": "practices",
        "record": str(practice.uuid),
        "application": str(application.uuid),
        "review": str(review.uuid),
        "number": certificate.number,
        "corrective": str(raised.uuid),
        "milestone": str(step.uuid),
        "key": estate.leeds.key,
        "region": estate.north.key,
        "programme": estate.programme.key,
        **_of_models(lead),
        **_of_assessments(estate),
        **_of_people(estate),
        **_of_initiatives(estate, metric),
    }
    return Told(estate, ids)


def _of_models(by: Member) -> dict[str, str]:
    """Write two editions of a model."""
    editions = [TEXT, TEXT.replace('edition: "1"', 'edition: "2"')]
    model, other = (write_draft(by=by, text=text, now=NOW) for text in editions)
    return {"model": str(model.uuid), "other": str(other.uuid), "shipped": "centre-performance"}


def _of_assessments(estate: Estate) -> dict[str, str]:
    """Close two assessments of Leeds, and moderate a third in which an administrator rated."""
    edition = publish_model(estate, TEXT.replace("model: small-centre", "model: assessed-centre"))
    site_lead, admin = estate.member(Role.SITE_LEAD), estate.member(Role.ADMINISTRATOR)
    before = NOW - timedelta(days=90)
    earlier = _assessed(estate, edition, 1, site_lead, before)
    closed = _assessed(estate, edition, 2, site_lead, NOW)
    for each in (earlier, closed):
        _close(each, site_lead)
    held = members.give_role(member=admin, role=Role.ASSESSOR, by=admin)
    assessment = _assessed(estate, edition, 2, admin, NOW)
    members.take_role(held=held, by=admin)
    link = add_link(
        by=site_lead,
        assessment=assessment,
        item="forecast",
        link="https://intranet.example/forecast",
        title="",
        expires_on=None,
        now=NOW,
    )
    practice = share_note(by=site_lead, assessment=earlier, item="forecast", text="Weekly", now=NOW)
    return {
        "maturity": edition.key,
        "category": "planning",
        "practice": str(practice.uuid),
        "assessment": str(assessment.uuid),
        "part": str(assessment.parts.get().uuid),
        "item": "forecast",
        "shown": str(link.uuid),
        "closed": str(closed.uuid),
        "earlier": str(earlier.uuid),
        **_of_roadmaps(estate, earlier),
    }


def _of_roadmaps(estate: Estate, assessment: Assessment) -> dict[str, str]:
    """Open a roadmap over an assessment, and make two plans of it."""
    ids = roadmap_over(estate, assessment.uuid)
    roadmap, lead = Roadmap.objects.get(uuid=ids["roadmap"]), estate.member(Role.PROGRAMME_LEAD)
    plan, second = plans_of_one_step(lead, roadmap, "Winter", "Summer")
    return {**ids, "plan": str(plan.uuid), "second": str(second.uuid)}


def _assessed(
    estate: Estate, edition: ModelEdition, level: int, assessor: Member, now: datetime
) -> Assessment:
    """Have somebody rate every item on a level, and begin moderation."""
    lead, due = estate.member(Role.PROGRAMME_LEAD), NOW.date()
    made = assessing.open_assessment(
        by=lead,
        title=f"Of level {level}",
        kind=AssessmentKind.SELF,
        edition=edition,
        due_on=due,
        now=now,
        centre=estate.centre,
    )
    part = assessing.name_assessor(
        by=lead, assessment=made, assessor=assessor, categories=[], due_on=due, now=NOW
    )
    rate_all(part, forecast=level, budget=level, hiring=level)
    assessing.submit_part(by=assessor, part=part, seen=part.version, now=NOW)
    return assessing.begin_moderation(by=lead, assessment=made, seen=made.version, now=NOW)


def _close(assessment: Assessment, by: Member) -> None:
    for rating in Rating.objects.filter(part__assessment=assessment):
        agree(
            by=by,
            assessment=assessment,
            item=rating.item,
            seen=0,
            entry=Entry(level=rating.level, target=3),
            rationale="Rated by one",
            now=NOW,
        )
    assessing.close_assessment(by=by, assessment=assessment, seen=assessment.version, now=NOW)


def _of_initiatives(estate: Estate, metric: models.Metric) -> dict[str, str]:
    """Plan an initiative at Leeds with one of each of its parts."""
    initiative, lead = planned(estate), estate.member(Role.PROGRAMME_LEAD)
    said: dict[str, Any] = {"by": lead, "initiative": initiative, "now": NOW}
    step = progress.add_milestone(text="Train", due_on=initiative.due_on, **said)
    document = documents.add_link(kind="other", title="", link="https://wiki.example/x", **said)
    benefit = expect_benefit(metric=metric, expected=YEARS, **said)
    return {
        "initiative": str(initiative.uuid),
        "initiative_milestone": str(step.uuid),
        "document": str(document.uuid),
        "benefit": str(benefit.uuid),
    }


def _of_people(estate: Estate) -> dict[str, str]:
    """Make a colleague with a role, an invitation, a person in a team, a token and a job."""
    admin, today = estate.member(Role.ADMINISTRATOR), NOW.date()
    account = make_account("charlie@northwind.example", "Charlie")
    colleague = make_member(estate.organisation, account, Role.AGENT, team=estate.team)
    invited = members.invite(email="new@northwind.example", role=Role.AGENT, now=NOW, by=admin)
    person = people.add_person(name="Dana Fry", employee_number="0042", by=admin)
    people.post_person(person=person, team=estate.team, since=today, by=admin)
    notices.tell(members=[admin], subject="figures", key="k", text="t", link="/", now=NOW)
    signed_in = begin_sign_in(account=admin.account, agent="", address="192.0.2.7", now=NOW)
    job = enqueue(make_regions, by=admin, organisation=estate.organisation, title="March", count=1)
    return {
        "member": str(colleague.uuid),
        "held": str(colleague.roles.get().pk),
        "invitation": str(invited.invitation.uuid),
        "person": str(person.uuid),
        "team": str(estate.team.uuid),
        "token": str(Program(admin).token.uuid),
        "job": str(job.uuid),
        "session": str(signed_in.uuid),
        "subject": "figures",
    }


def _imported(centre: Any, by: Member) -> models.Import:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "systems.csv"
        file.write_text("system,class\ncrm,enabling\n", "utf-8")
        return carry_out_import(
            centre=centre,
            table="systems",
            upload=Upload(file, file.name),
            mapping="columns: {system: system, class: class}",
            mode=models.ImportMode.ALL_OR_NOTHING,
            by=by,
        )


def _miss(centre: Any, by: Member, month: Month) -> None:
    """Let a metric miss its target in half a year, so that the watch finds the tier lost."""
    for back in range(6):
        missed = month.plus(-back)
        reading = models.Reading.objects.get(
            metric__key="accuracy", metric__centre=centre, month=missed, is_current=True
        )
        row = {"metric": "accuracy", "month": missed, "numerator": 7, "denominator": 10}
        record_row(
            centre=centre,
            table="readings",
            row=row,
            by=by,
            action="correct_reading",
            seen=reading.revision,
            reason="Counted anew",
        )
