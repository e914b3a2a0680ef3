"""An organisation with one thing of each kind, and everybody who might ask for it.

Everything lies at Leeds, in the region North, in the team Blue; Poole, in the South, is elsewhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django_scopes import scope, scopes_disabled

from access.access_matrix import Relation
from access.roadmap_world import roadmap_of_leeds
from assessed import TEXT
from assessing import open_one
from attain.assessments.actions.editions import write_draft
from attain.assessments.actions.evidence import add_link
from attain.assessments.actions.practices import share_note
from attain.certification.actions import corrective as correcting
from attain.certification.actions.watches import watch_certificates
from attain.certification.models import Certificate, CorrectiveAction, Review
from attain.dossier.tables import TABLES
from attain.improvement.actions import documents, progress
from attain.improvement.actions.benefits import expect_benefit
from attain.organisations.actions import members, notices, people, tokens
from attain.organisations.jobs.actions import enqueue
from attain.organisations.models import Member, Webhook
from attain.organisations.queries import may_somewhere
from attain.organisations.rules import Permission, Role
from attain.performance import models
from attain.performance.actions.evidence import store_evidence
from attain.performance.actions.importing import carry_out_import
from attain.performance.actions.loading import load_rows
from attain.performance.actions.recording import record_row
from attain.performance.queries.previews import Upload, default_mapping
from attain.performance.rules import read_row
from carrying import YEARS, planned
from certified import NOW, certified, readings, record_centre
from closed import close_one
from estate import Estate, make_account, make_estate, make_member
from frame import job_tasks

RECORDS: Mapping[str, dict[str, str]] = {
    "incidents": {"incident": "INC-1", "system": "telephony", "opened": "2026-03-02T09:15:00Z"},
    "satisfaction": {"kind": "end_user", "month": "2026-03", "value": "0.9", "target": "0.8"},
    "improvement_actions": {
        "metric": "forecast", "month": "2026-03", "action": "trained", "taken_on": "2026-04-02",
    },
    "technology_changes": {"change": "CH-1", "kind": "upgrade", "on": "2026-03-02"},
    "service_levels": {
        "channel": "chat", "from": "2026-01-01", "target": "0.8", "of": "offered",
    },
}  # fmt: skip


@dataclass(frozen=True)
class World:
    """Everything that an address may name, and everybody who may ask."""

    estate: Estate
    elsewhere: Estate
    named: dict[str, Any]
    records: dict[str, UUID]
    people: dict[tuple[Role, Relation], Member] = field(default_factory=dict)
    suspended: dict[Role, Member] = field(default_factory=dict)
    without_role: list[Member] = field(default_factory=list)

    def arguments(self, names: set[str], variant: str = "") -> dict[str, Any]:
        """Return what stands in an address for the names of its pattern."""
        found = {name: self.named[name] for name in names if name in self.named}
        if "token" in names:
            found["token"] = uuid4()
        if "table" in names:
            table = variant or "incidents"
            found["table"] = table
            if "record" in names:
                found["record"] = self.records[table]
        return found

    def with_every_role(self) -> Member:
        """Make a member who holds every role in the whole organisation."""
        account = make_account("everything@northwind.example", "Everything")
        with scope(organisation=self.estate.organisation):
            return [make_member(self.estate.organisation, account, role) for role in Role][-1]

    def secret_of_token(self) -> str:
        """Make a token that permits a program all that an administrator may; return its secret."""
        member = self.people[Role.ADMINISTRATOR, "organisation"]
        with scope(organisation=self.estate.organisation):
            return tokens.make_token(
                name="Everything",
                permissions=list(Role.ADMINISTRATOR.permissions),
                expires_at=NOW + timedelta(days=30),
                now=NOW,
                by=member,
            ).secret


def make_world(folder: Path) -> World:
    """Make the organisation, its things and everybody who asks."""
    with scopes_disabled():
        estate, elsewhere = make_estate("northwind"), make_estate("elsewhere")
    with scope(organisation=estate.organisation):
        named = _named(estate, folder)
        world = World(estate, elsewhere, named, _records(estate))
        _fill(world)
    return world


def _named(estate: Estate, folder: Path) -> dict[str, Any]:
    certificate = certified(estate, record_centre(estate))
    corrective = _corrective(estate)
    due = (NOW + timedelta(days=30)).date()
    lead = estate.member(Role.SITE_LEAD)
    milestone = correcting.add_milestone(
        by=lead, corrective=corrective, text="Train", due=due, now=NOW
    )
    review = Review.objects.filter(application=certificate.decision.application).first()
    assert review
    return {
        "organisation": estate.organisation.key,
        "site": "leeds",
        "region": "north",
        "programme": "acme",
        "team": "blue",
        "centre": "leeds",
        "month": "2026-10",
        "number": certificate.number,
        "application": certificate.decision.application.uuid,
        "review": review.uuid,
        "corrective": corrective.uuid,
        "milestone": milestone.uuid,
        "metric": models.Metric.objects.get(key="forecast").uuid,
        "process": models.Process.objects.get(key="answering").uuid,
        "file": _evidence(estate, folder),
        "done": _imported(estate, folder),
        "webhook": _webhook(estate),
        **_of_people(estate),
        **_assessed(estate),
        **_improving(estate),
    }


def _assessed(estate: Estate) -> dict[str, Any]:
    """Open an assessment that two people rate who ask for nothing here."""
    assessed = open_one(estate)
    shown = add_link(
        by=assessed.mine.assessor,
        assessment=assessed.assessment,
        item="forecast",
        link="https://wiki.example/forecast",
        title="Wiki",
        expires_on=None,
        now=NOW,
    )
    closed = close_one(estate, estate.centre, assessed.assessment.edition, {})
    lead = estate.member(Role.PROGRAMME_LEAD)
    shared = share_note(by=lead, assessment=closed, item="forecast", text="Weekly", now=NOW)
    text = TEXT.replace('edition: "1"', 'edition: "2"\nfollows: {edition: "1"}')
    draft = write_draft(by=lead, text=text.replace("published", "draft"), now=NOW)
    return {
        "edition": draft.uuid,
        "other": assessed.assessment.edition.uuid,
        "key": "centre-performance",
        "category": "planning",
        "assessment": assessed.assessment.uuid,
        "practice": shared.uuid,
        "part": assessed.mine.uuid,
        "item": "forecast",
        "evidence": shown.uuid,
        **roadmap_of_leeds(estate, assessed.assessment.edition),
    }


def _improving(estate: Estate) -> dict[str, Any]:
    """Plan an initiative whose owner asks for nothing here, with one of each of its parts."""
    initiative, lead = planned(estate), estate.member(Role.PROGRAMME_LEAD)
    said: dict[str, Any] = {"by": lead, "initiative": initiative, "now": NOW}
    milestone = progress.add_milestone(text="Train", due_on=initiative.due_on, **said)
    document = documents.add_link(kind="other", title="", link="https://wiki.example/x", **said)
    metric = models.Metric.objects.get(key="forecast", centre=estate.centre)
    benefit = expect_benefit(metric=metric, expected=YEARS, **said)
    return {
        "initiative": initiative.uuid,
        "initiative_milestone": milestone.uuid,
        "document": document.uuid,
        "benefit": benefit.uuid,
    }


def _corrective(estate: Estate) -> CorrectiveAction:
    load_rows(
        centre=estate.centre,
        rows={"readings": readings("forecast", "------++++++")},
        by=estate.member(Role.PROGRAMME_LEAD),
        reason="The meter was wrong.",
        now=NOW,
    )
    watch_certificates(estate.organisation, NOW)
    assert Certificate.objects.count() == 1
    return CorrectiveAction.objects.get()


def _evidence(estate: Estate, folder: Path) -> UUID:
    plan = folder / "plan.pdf"
    plan.write_bytes(b"%PDF-1.7 plan")
    with plan.open("rb") as file:
        by = estate.member(Role.SITE_LEAD)
        stored = store_evidence(centre=estate.centre, file=file, name="plan.pdf", by=by, now=NOW)
    return stored.uuid


def _imported(estate: Estate, folder: Path) -> UUID:
    header = "metric,month,numerator,denominator"
    (folder / "own.csv").write_text(f"{header}\nforecast,2024-01,9,10\n", encoding="utf-8")
    done = carry_out_import(
        centre=estate.centre,
        table="readings",
        upload=Upload(folder / "own.csv", "own.csv"),
        mapping=default_mapping(TABLES["readings"], header.split(","), "Europe/London"),
        mode=models.ImportMode.ALL_OR_NOTHING,
        by=estate.member(Role.PROGRAMME_LEAD),
        now=NOW,
    )
    return done.uuid


def _of_people(estate: Estate) -> dict[str, Any]:
    by = estate.member(Role.ADMINISTRATOR)
    person = people.add_person(name="Pat", employee_number="0042", by=by)
    people.post_person(person=person, team=estate.team, since=NOW.date(), by=by)
    invited = members.invite(email="new@northwind.example", role=Role.AGENT, now=NOW, by=by)
    charlie = make_member(
        estate.organisation, make_account("charlie@northwind.example", "Charlie"), Role.AGENT
    )
    job = enqueue(
        job_tasks.make_regions,
        by=estate.member(Role.SITE_LEAD),
        organisation=estate.organisation,
        title="March",
        count=1,
    )
    notices.tell(
        members=estate.members.values(), subject="figures", key="k", text="t", link="/", now=NOW
    )
    return {
        "person": person.uuid,
        "invitation": invited.invitation.uuid,
        "secret": invited.secret,
        "member": charlie.uuid,
        "held": charlie.roles.get().pk,
        "uuid": job.uuid,
    }


def _records(estate: Estate) -> dict[str, UUID]:
    by = estate.member(Role.PROGRAMME_LEAD)
    for table, said in RECORDS.items():
        row = read_row(TABLES[table], said)
        record_row(
            centre=estate.centre, table=table, row=row, by=by, action=f"record_{table}", now=NOW
        )
    kept = {
        "incidents": models.Incident,
        "documents": models.Document,
        "practices": models.Practice,
        "targets": models.Target,
    }
    found = {}
    for table, model in kept.items():
        record = model.objects.filter(centre=estate.centre, is_current=True).first()
        assert record
        found[table] = record.uuid
    return found


def _fill(world: World) -> None:
    estate = world.estate
    places: dict[Relation, dict[str, Any]] = {
        "organisation": {},
        "region": {"region": estate.north},
        "site": {"site": estate.leeds},
        "team": {"team": estate.team},
        "other-site": {"site": estate.poole},
        "other-region": {"region": estate.south},
    }
    bare = _person(estate, Role.AGENT, "bare")
    members.take_role(held=bare.roles.get(), by=estate.member(Role.ADMINISTRATOR))
    world.without_role.append(bare)
    for role in Role:
        for relation, place in places.items():
            world.people[role, relation] = _person(estate, role, f"{role}.{relation}", **place)
        world.suspended[role] = _person(estate, role, f"{role}.suspended")
        members.suspend_member(
            member=world.suspended[role], now=NOW, by=estate.member(Role.ADMINISTRATOR)
        )


def _person(estate: Estate, role: Role, name: str, **place: Any) -> Member:
    account = make_account(f"{name}@northwind.example", name)
    return make_member(estate.organisation, account, role, **place)


def _webhook(estate: Estate) -> UUID:
    """Make a webhook; its address is not looked up, since nothing leaves the tests."""
    return Webhook.objects.create(
        organisation=estate.organisation,
        address="https://hooks.example/attain",
        events=["certificate.issued"],
        made_by=estate.member(Role.ADMINISTRATOR),
        made_at=NOW,
    ).uuid


def own_token(member: Member) -> UUID:
    """Return a token of a member's own; one that is nobody's where they may have none."""
    if not may_somewhere(member, Permission.ANALYSE):
        return uuid4()
    with scope(organisation=member.organisation):
        made = tokens.make_token(
            name="Nightly",
            permissions=[Permission.ANALYSE],
            expires_at=NOW + timedelta(days=30),
            now=NOW,
            by=member,
        )
    return made.token.uuid
