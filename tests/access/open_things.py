"""What the organisation of the tests lacks so that every form of its pages can be handed in."""

from typing import Any

from django_scopes import scope

from access.access_world import World
from attain.certification.actions import applications, certificates, reviews
from attain.certification.rules.applications import ReviewKind
from attain.improvement.actions.planning import adopt_plan, make_plan
from attain.improvement.models import KeptPlan
from attain.improvement.rules.kept_plans import PlanWishes
from attain.organisations.actions import places
from attain.organisations.models import Member
from attain.organisations.rules import Role
from carrying import planned, started
from certified import NOW, certified, record_centre, reviewed, submitted

# Of which open thing the page of a form is, where it is not the one of the other tests.
Instead = dict[str, dict[str, Any]]


def make_open_things(world: World, member: Member) -> Instead:
    """Make what is open or suspended; return what stands in the addresses of which forms."""
    estate, lead = world.estate, world.estate.member(Role.PROGRAMME_LEAD)
    with scope(organisation=estate.organisation):
        places.add_programme(key="beta", name="Beta", client="Beta", by=lead)
        suspended = certified(estate, record_centre(estate, estate.programme_centre))
        certificates.suspend_certificate(by=lead, certificate=suspended, reason="So", now=NOW)
        drafted = applications.apply(
            by=estate.member(Role.SITE_LEAD),
            centre=estate.centre,
            scheme="performance-tiers",
            tier=1,
            site_volume=1000,
            assessed_volume=900,
            now=NOW,
        )
        under_review = submitted(estate, record_centre(estate, estate.other_centre))
        review = reviews.open_review(
            by=member,
            application=under_review,
            seen=under_review.version,
            kind=ReviewKind.DOCUMENTATION,
            assessor=member,
            on=NOW.date(),
            now=NOW,
        )
        further = places.serve_programme(
            programme=estate.programme, site=estate.poole, channels=["chat"], by=lead
        )
        running = started(planned(estate, "Running"), estate)
        ready = reviewed(estate, record_centre(estate, further))
        adopted = _adopted(world, lead)
    return {
        "certification-reinstate": {"number": suspended.number},
        "certification-apply": {"centre": estate.programme_centre.key},
        "certification-submit": {"application": drafted.uuid},
        "certification-withdraw-application": {"application": under_review.uuid},
        "certification-review-open": {"application": under_review.uuid},
        "certification-review-answer": {"review": review.uuid},
        "certification-review-finish": {"review": review.uuid},
        "certification-decide": {"application": ready.uuid},
        "improvement-initiative-complete": {"initiative": running.uuid},
        "improvement-plan-carry-out": {"plan": adopted.uuid},
    }


def _adopted(world: World, lead: Member) -> KeptPlan:
    """Make another plan of the roadmap, and adopt it."""
    roadmap = KeptPlan.objects.get(uuid=world.named["plan"]).roadmap
    wishes = PlanWishes("Adopted", (5,) * roadmap.quarters)
    plan = make_plan(by=lead, roadmap=roadmap, wishes=wishes, now=NOW)
    return adopt_plan(by=lead, plan=plan, seen=plan.version, now=NOW)
