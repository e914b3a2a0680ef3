"""The assessments of the demonstration: two rounds by several people each, and two under way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from attain.assessments.actions.agreeing import agree, agree_where_settled
from attain.assessments.actions.assessing import (
    begin_moderation,
    close_assessment,
    name_assessor,
    open_assessment,
    submit_part,
)
from attain.assessments.actions.editions import enter_library_model
from attain.assessments.actions.practices import share_note
from attain.assessments.actions.rating_at_once import rate_new_items
from attain.assessments.models import Assessment, AssessorPart, ModelEdition
from attain.assessments.queries.editions import model_of
from attain.assessments.queries.ratings import agreed_entries
from attain.assessments.rules.stages import AssessmentKind
from attain.organisations.pages import Centre, Organisation
from attain.website.demonstration.acting import hour_of, member_at
from attain.website.demonstration.maturity import GIVEN_ON, MODEL, Opinions, opinions_of
from attain.website.demonstration.places import PLACES

_LENGTH = timedelta(days=28)


@dataclass(frozen=True)
class Round:
    """Assessments of the same time: how many days ago, how many rounds before the last, whose."""

    title: str
    kind: AssessmentKind
    days_ago: int
    rounds_ago: int
    sites: Sequence[str]


# Two sites were too young a year ago.
_THEN = tuple(key for key in sorted(PLACES) if key not in ("carlisle", "porto"))
ROUNDS = (
    Round("Self-assessment, first round", AssessmentKind.SELF, 430, 1, _THEN),
    Round("Self-assessment, second round", AssessmentKind.SELF, 75, 0, sorted(PLACES)),
    Round("Mock assessment", AssessmentKind.MOCK, 40, 0, ("corby", "poole")),
)
# Who rates beside the lead of the site and the QA manager of its region.
_THREE = ("corby", "derby", "galway", "poole", "preston", "sunderland", "swindon")
IN_RATING, IN_MODERATION = "swindon", "exeter"


def assess_estate(organisation: Organisation, as_of: date) -> None:
    """Assess each site in each round, and leave one assessment in rating and one in moderation."""
    office = _Assessing(organisation, as_of)
    for each in ROUNDS:
        for site in each.sites:
            office.assess(each, site)
    office.hand_on()
    office.leave_in_rating(IN_RATING)
    office.leave_in_moderation(IN_MODERATION)


class _Assessing:
    """Those who rate, moderate and close, and the model that they do it by."""

    def __init__(self, organisation: Organisation, as_of: date) -> None:
        self.organisation, self.as_of = organisation, as_of
        centres = Centre.objects.filter(programme=None).select_related("site__region")
        self.centres = {centre.site.key: centre for centre in centres}
        self.lead = member_at("programme.lead")
        self.edition: ModelEdition = enter_library_model(
            by=self.lead, key=MODEL, now=hour_of(as_of - timedelta(days=440))
        )
        self.model = model_of(self.edition)

    @transaction.atomic
    def assess(self, of: Round, site: str) -> None:
        """Carry an assessment out from its opening to its closing."""
        opened = self.as_of - timedelta(days=of.days_ago)
        assessment, opinions = self._rated(of, site, opened)
        moderated = hour_of(opened + _LENGTH, 14)
        self._agree(assessment, opinions, site, moderated)
        lead = member_at(f"{site}.lead")
        close_assessment(
            by=lead,
            assessment=assessment,
            seen=assessment.version,
            now=moderated + timedelta(days=2),
        )

    @transaction.atomic
    def hand_on(self) -> None:
        """Share what some sites do well with all others."""
        for (site, item), text in GIVEN_ON.items():
            closed = Assessment.objects.filter(centre=self.centres[site], state="closed")
            share_note(
                by=member_at(f"{site}.lead"),
                assessment=closed.latest("closed_at"),
                item=item,
                text=text,
                now=hour_of(self.as_of - timedelta(days=35)),
            )

    @transaction.atomic
    def leave_in_rating(self, site: str) -> None:
        """Open an assessment of which one part is handed in and another is not."""
        opened = self.as_of - timedelta(days=9)
        assessment = self._open("Mock assessment", AssessmentKind.MOCK, site, opened)
        given = self._opinions(site, 0, 2)
        lead, other = self._named(assessment, site, opened)[:2]
        self._rate(lead, given, 0, opened, handed_in=True)
        self._rate(other, given, 1, opened, handed_in=False)

    @transaction.atomic
    def leave_in_moderation(self, site: str) -> None:
        """Open an assessment of which all parts are handed in and nothing is agreed yet."""
        of = Round("Mock assessment", AssessmentKind.MOCK, 24, 0, ())
        self._rated(of, site, self.as_of - timedelta(days=of.days_ago))

    def _rated(self, of: Round, site: str, opened: date) -> tuple[Assessment, Opinions]:
        assessment = self._open(of.title, of.kind, site, opened)
        parts = self._named(assessment, site, opened)
        opinions = self._opinions(site, of.rounds_ago, len(parts))
        for number, part in enumerate(parts):
            self._rate(part, opinions, number, opened, handed_in=True)
        begin_moderation(
            by=member_at(f"{site}.lead"),
            assessment=assessment,
            seen=assessment.version,
            now=hour_of(opened + _LENGTH),
        )
        return assessment, opinions

    def _open(self, title: str, kind: AssessmentKind, site: str, opened: date) -> Assessment:
        return open_assessment(
            by=self.lead,
            title=f"{PLACES[site].name}: {title[0].lower()}{title[1:]}",
            kind=kind,
            edition=self.edition,
            due_on=opened + _LENGTH,
            now=hour_of(opened),
            centre=self.centres[site],
        )

    def _named(self, assessment: Assessment, site: str, opened: date) -> list[AssessorPart]:
        boxes = [f"{site}.lead", f"qa.{PLACES[site].region}"]
        boxes += ["assessor"] if site in _THREE else []
        return [
            name_assessor(
                by=self.lead,
                assessment=assessment,
                assessor=member_at(box),
                categories=[],
                due_on=opened + _LENGTH,
                now=hour_of(opened, 11),
            )
            for box in boxes
        ]

    def _opinions(self, site: str, rounds_ago: int, assessors: int) -> Opinions:
        return opinions_of(site, PLACES[site].channels, self.model, rounds_ago, assessors)

    def _rate(
        self, part: AssessorPart, of: Opinions, number: int, opened: date, *, handed_in: bool
    ) -> None:
        rated = dict(of.alone[number])
        now = hour_of(opened + timedelta(days=7 + number), 15)
        if not handed_in:
            rated = dict(list(rated.items())[: len(rated) * 2 // 3])
        rate_new_items(by=part.assessor, part=part, entries=rated, now=now)
        if handed_in:
            submit_part(by=part.assessor, part=part, seen=part.version, now=now)

    def _agree(self, assessment: Assessment, opinions: Opinions, site: str, now: datetime) -> None:
        by = member_at(f"{site}.lead")
        agree_where_settled(by=by, assessment=assessment, now=now)
        known = agreed_entries(assessment)
        for item, entry in opinions.agreed.items():
            if item not in known:
                agree(
                    by=by,
                    assessment=assessment,
                    item=item,
                    seen=0,
                    entry=entry,
                    rationale=_WHY[len(item) % len(_WHY)],
                    now=now,
                )


_WHY = (
    "Looked at what is on file together; the text of the level fits what was shown.",
    "One of us had not seen the records of the last quarter.",
    "What is done at one team only does not make the level for the site.",
)
