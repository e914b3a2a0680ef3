"""The certificates of the demonstration: applied for, reviewed, decided, watched, at risk."""

from dataclasses import dataclass
from datetime import date, timedelta

from attain.certification.actions.applications import apply, submit
from attain.certification.actions.corrective import (
    add_milestone,
    answer_corrective_action,
    assign_corrective_action,
    finish_milestone,
)
from attain.certification.actions.decisions import decide
from attain.certification.actions.reviews import finish_review, open_review, record_answer
from attain.certification.actions.watches import watch_certificates
from attain.certification.models import Application, CorrectiveAction
from attain.certification.queries.verdicts import DEFAULT_SCHEME
from attain.certification.rules.applications import (
    Purpose,
    ReviewKind,
    ReviewResult,
    reviews_needed,
)
from attain.measurement.periods import last_full_month
from attain.organisations.pages import Centre, Organisation
from attain.performance.queries import figures_of_many, scope_of
from attain.website.demonstration.acting import hour_of, member_at


@dataclass(frozen=True)
class Campaign:
    """An application for a tier on the figures of so many months ago, and whether it ended well."""

    centre: str
    tier: int
    months_ago: int
    reason: str = "The figures bear the tier, and the interviews bear the figures."


_DENIED = "The figures do not bear what the practices claim."
DECIDED = (
    Campaign("preston", 3, 11),
    Campaign("galway", 3, 11),
    Campaign("belfast", 2, 9),
    Campaign("pune", 1, 8),
    Campaign("gdansk", 2, 7),
    Campaign("swindon", 2, 6),
    Campaign("halifax", 3, 6),
    Campaign("durban", 1, 6),
    Campaign("derby", 3, 5),
    Campaign("chatham", 1, 5),
    Campaign("exeter", 3, 4),
    Campaign("cebu", 2, 4),
    Campaign("stoke", 1, 3),
    Campaign("cebu-harrow-travel", 3, 3),
    Campaign("sunderland", 3, 2),
    Campaign("poole", 2, 2),
    Campaign("hastings", 2, 2, "Without a plan for recovery the tier cannot be awarded."),
    Campaign("corby", 2, 1, _DENIED),
)
SUBMITTED = (Campaign("dundee", 2, 1), Campaign("durban-brightwater", 2, 1))
IN_REVIEW = (Campaign("galway", 3, 1),)

_QUESTIONS = (
    (
        "What do you do when more people call than were forecast?",
        "Team leader",
        "Breaks are moved first, then the back office takes calls. Showed the log of last Monday.",
    ),
    (
        "How do you learn what your last evaluations came to?",
        "Agent",
        "Sees each one with its form, and talks about two a month with the coach.",
    ),
    (
        "What happened after the last month that missed its target?",
        "Site lead",
        "Named cause, owner and date; the record agrees with what is on file.",
    ),
)


def certify_estate(organisation: Organisation, as_of: date) -> None:
    """Decide, submit and review what the campaigns ask for, then watch what was awarded."""
    office = _Office(organisation, as_of)
    # One pass over the lake for all centres, in place of one for each that is judged.
    figures_of_many(list(office.centres.values()), as_of)
    for campaign in DECIDED:
        office.decide(campaign)
    for campaign in SUBMITTED:
        office.submit(campaign, office.opened(campaign))
    for campaign in IN_REVIEW:
        office.begin_review(campaign)
    month = last_full_month(as_of)
    watch_certificates(organisation, hour_of(month.first_day.replace(day=16), 10))
    watch_certificates(organisation, hour_of(as_of, 1))
    office.answer_for("preston")


class _Office:
    """Those who apply, review and decide: four people for each application."""

    def __init__(self, organisation: Organisation, as_of: date) -> None:
        self.organisation, self.as_of = organisation, as_of
        self.last = last_full_month(as_of)
        centres = Centre.objects.select_related("site", "organisation", "programme")
        self.centres = {centre.key: centre for centre in centres}
        self.assessors = (member_at("assessor"), member_at("second.assessor"))

    def judged_on(self, campaign: Campaign) -> date:
        """Return the day of whose figures is decided: when the misses of a month are acted on."""
        return self.last.plus(1 - campaign.months_ago).first_day.replace(day=16)

    def opened(self, campaign: Campaign) -> date:
        """Return the day on which it is applied for."""
        return self.judged_on(campaign) - timedelta(days=45)

    def submit(self, campaign: Campaign, day: date) -> Application:
        """Apply for a tier and submit what is documented."""
        centre = self.centres[campaign.centre]
        lead = member_at(f"{centre.site.key}.lead")
        scope = scope_of(centre)
        application = apply(
            by=lead,
            centre=centre,
            scheme=DEFAULT_SCHEME,
            tier=campaign.tier,
            site_volume=scope.site_volume,
            assessed_volume=scope.assessed_volume,
            now=hour_of(day, 10),
        )
        at = hour_of(day + timedelta(days=5), 10)
        return submit(by=lead, application=application, seen=application.version, now=at)

    def decide(self, campaign: Campaign) -> None:
        """Lead an application through its reviews to its decision."""
        opened = self.opened(campaign)
        application = self.submit(campaign, opened)
        needed = reviews_needed(application.tier, Purpose(application.purpose))
        for number, kind in enumerate(needed):
            self.review(application, kind, opened + timedelta(days=12 + 10 * number))
        decide(
            by=member_at("programme.lead"),
            application=application,
            seen=application.version,
            as_of=self.judged_on(campaign),
            award=True,
            reason=campaign.reason,
            now=hour_of(self.judged_on(campaign) + timedelta(days=2), 15),
        )

    def review(self, application: Application, kind: ReviewKind, day: date) -> None:
        """Hold a review: the documents by one assessor, the others by another."""
        assessor = self.assessors[kind is not ReviewKind.DOCUMENTATION]
        review = open_review(
            by=assessor,
            application=application,
            seen=application.version,
            kind=kind,
            assessor=assessor,
            on=day,
            now=hour_of(day, 10),
        )
        if kind is ReviewKind.ON_SITE:
            for question, asked, notes in _QUESTIONS:
                record_answer(
                    by=assessor,
                    review=review,
                    question=question,
                    asked=asked,
                    notes=notes,
                    now=hour_of(day, 13),
                )
        finish_review(
            by=assessor,
            review=review,
            seen=review.version,
            result=ReviewResult.PASSED,
            notes="What was shown agrees with what is on file.",
            now=hour_of(day, 16),
        )

    def begin_review(self, campaign: Campaign) -> None:
        """Submit an application, and finish the review of its documents only."""
        opened = self.as_of - timedelta(days=20)
        application = self.submit(campaign, opened)
        self.review(application, ReviewKind.DOCUMENTATION, opened + timedelta(days=12))

    def answer_for(self, key: str) -> None:
        """Answer the corrective action of a site: owner, cause, what is done, two steps."""
        corrective = CorrectiveAction.objects.get(centre__key=key)
        lead, now = member_at(f"{key}.lead"), hour_of(self.as_of, 2)
        assign_corrective_action(
            by=member_at("programme.lead"),
            corrective=corrective,
            seen=corrective.version,
            owner=lead,
            now=now,
        )
        answer_corrective_action(
            by=lead,
            corrective=corrective,
            seen=corrective.version,
            cause="The winter's roster was made from the summer's forecast; twelve people left.",
            answer="Forecast by season, twelve people hired and trained before the next winter.",
            now=now,
        )
        for text, days in (("Forecast by season in use", 0), ("Twelve people trained", 75)):
            due = min(self.as_of + timedelta(days=days), corrective.due_on)
            milestone = add_milestone(by=lead, corrective=corrective, text=text, due=due, now=now)
            if days == 0:
                finish_milestone(by=lead, milestone=milestone, seen=milestone.version, now=now)
