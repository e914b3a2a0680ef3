"""Milestones, comments and documents of initiatives, and what they brought."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Path, Query, Router, Schema
from ninja.responses import Status
from pydantic import StringConstraints

from attain.improvement.actions import benefits, documents, progress
from attain.improvement.api.initiatives import ONE
from attain.improvement.models import (
    ExpectedBenefit,
    Initiative,
    InitiativeComment,
    InitiativeDocument,
)
from attain.improvement.queries import initiatives as queries
from attain.improvement.queries.choosing import metrics_to_compare
from attain.improvement.queries.finding import find_initiative
from attain.improvement.queries.realised import BenefitRead, benefits_of
from attain.improvement.rules.outcomes import BenefitVerdict, MonthsMean, RealisedBenefit
from attain.measurement.periods import Month
from attain.organisations.api_parts import (
    Day,
    Exact,
    Listed,
    MonthText,
    PageAsked,
    Reason,
    Said,
    Version,
    answers,
    listed,
    listed_of,
    member_of,
    now_and_today,
)
from attain.organisations.errors import RefusedActionError

router = Router(tags=["initiatives"])
Asked = Query[PageAsked]
_PLACES = 12
_DOCUMENT = f"{ONE}/documents/{{document}}"
_BENEFIT = f"{ONE}/benefits/{{benefit}}"
_LINE = r"^[^\x00-\x1f\x7f]*$"
Reached = Annotated[
    str,
    StringConstraints(min_length=1, max_length=400, pattern=_LINE),
    Field(examples=["Every team is trained"]),
]
Title = Annotated[str, StringConstraints(max_length=200, pattern=_LINE)]
Link = Annotated[
    str,
    StringConstraints(max_length=500, pattern=r"^https?://[!-~]+$"),
    Field(examples=["https://wiki.example/analysis"]),
]


class InitiativeMilestoneOut(Schema):
    """Something that an initiative will have reached by a day."""

    uuid: UUID
    text: str
    due_on: date
    done_on: date | None
    version: int


class InitiativeMilestoneIn(Said):
    """A milestone to add."""

    text: Reached
    due_on: Day


class PartSeen(Said):
    """The version that was seen of a part of an initiative."""

    version: Version


class CommentOut(Schema):
    """What somebody said of an initiative."""

    uuid: UUID
    text: str
    said_by: str
    said_at: datetime

    @staticmethod
    def resolve_said_by(comment: InitiativeComment) -> str:
        """Return the name of who said it."""
        return str(comment.said_by)


class CommentIn(Said):
    """Something to say of an initiative."""

    text: Reason


class DocumentOut(Schema):
    """A document of an initiative: a link, or a file by its hash."""

    uuid: UUID
    kind: str
    title: str
    link: str
    sha256: str | None
    added_at: datetime
    withdrawn_at: datetime | None
    version: int

    @staticmethod
    def resolve_sha256(document: InitiativeDocument) -> str | None:
        """Return the hash of the file; None of a link."""
        return document.file.sha256 if document.file else None


class DocumentIn(Said):
    """A link to add as a document."""

    kind: Literal["analysis", "outcome", "other"]
    title: Annotated[Title, Field(examples=["Causes of repeated calls"])] = ""
    link: Link


class MonthsMeanOut(Schema):
    """The mean of a metric over some months, of how many, and how many are missing."""

    mean: str | None
    n: int
    missing: int


class RealisedOut(Schema):
    """What became of a metric; the interval holds the difference at 95 %."""

    before: MonthsMeanOut
    after: MonthsMeanOut
    difference: str | None
    low: str | None
    high: str | None
    verdict: BenefitVerdict
    is_as_planned: bool | None


class BenefitOut(Schema):
    """What an initiative is to do to a metric, and what became of it.

    The result is null for who may not see the figures of the centre.
    """

    uuid: UUID
    metric: UUID
    centre: str
    planned: str | None
    before_first: str
    before_last: str
    after_first: str
    after_last: str
    still_to_come: int
    result: RealisedOut | None
    version: int


class BenefitMonths(Said):
    """The planned difference in the unit of the metric, and the months to compare."""

    planned: Exact | None = None
    before_first: MonthText
    before_last: MonthText
    after_first: MonthText
    after_last: MonthText

    @property
    def expected(self) -> benefits.Expected:
        """Return what is expected, as the action takes it."""
        return benefits.Expected(
            planned=None if self.planned is None else Decimal(self.planned),
            before_first=Month.parse(self.before_first),
            before_last=Month.parse(self.before_last),
            after_first=Month.parse(self.after_first),
            after_last=Month.parse(self.after_last),
        )


class BenefitIn(BenefitMonths):
    """A metric to follow."""

    metric: UUID


class BenefitChange(BenefitMonths):
    """What is expected of a metric from now on."""

    version: Version


@router.get(f"{ONE}/milestones", response=answers((200, Listed[InitiativeMilestoneOut])))
def milestones(request: HttpRequest, initiative: Path[UUID], asked: Asked) -> Any:
    """List the milestones of an initiative, the earliest due first."""
    return listed(find_initiative(member_of(request), initiative).milestones.all(), asked)


@router.post(f"{ONE}/milestones", response=answers((201, InitiativeMilestoneOut)))
def add_milestone(request: HttpRequest, initiative: Path[UUID], said: InitiativeMilestoneIn) -> Any:
    """Add a milestone to an initiative that has not ended."""
    member = member_of(request)
    found = queries.find_to_carry_on(member, initiative)
    at, _today = now_and_today(request)
    made = progress.add_milestone(by=member, initiative=found, now=at, **said.dict())
    return Status(201, made)


@router.post(
    f"{ONE}/milestones/{{initiative_milestone}}/finish",
    response=answers((200, InitiativeMilestoneOut)),
)
def finish_milestone(
    request: HttpRequest, initiative: Path[UUID], initiative_milestone: Path[UUID], said: PartSeen
) -> Any:
    """Say that a milestone is reached, today."""
    member = member_of(request)
    found = queries.find_milestone(
        queries.find_to_carry_on(member, initiative), initiative_milestone
    )
    at, _today = now_and_today(request)
    return progress.finish_milestone(by=member, milestone=found, seen=said.version, now=at)


@router.post(
    f"{ONE}/milestones/{{initiative_milestone}}/take-up",
    response=answers((200, InitiativeMilestoneOut)),
)
def take_up_milestone(
    request: HttpRequest, initiative: Path[UUID], initiative_milestone: Path[UUID], said: PartSeen
) -> Any:
    """Say that a milestone is not reached after all."""
    member = member_of(request)
    found = queries.find_milestone(
        queries.find_to_carry_on(member, initiative), initiative_milestone
    )
    at, _today = now_and_today(request)
    return progress.take_up_milestone(by=member, milestone=found, seen=said.version, now=at)


@router.get(f"{ONE}/comments", response=answers((200, Listed[CommentOut])))
def comments(request: HttpRequest, initiative: Path[UUID], asked: Asked) -> Any:
    """List what was said of an initiative, the earliest first."""
    found = find_initiative(member_of(request), initiative)
    return listed(found.comments.select_related("said_by__account"), asked)


@router.post(f"{ONE}/comments", response=answers((201, CommentOut)))
def say(request: HttpRequest, initiative: Path[UUID], said: CommentIn) -> Any:
    """Say something of an initiative; it stays as it was said."""
    member = member_of(request)
    found = queries.find_to_carry_on(member, initiative)
    at, _today = now_and_today(request)
    return Status(201, progress.say(by=member, initiative=found, text=said.text, now=at))


@router.get(f"{ONE}/documents", response=answers((200, Listed[DocumentOut])))
def document_list(request: HttpRequest, initiative: Path[UUID], asked: Asked) -> Any:
    """List the documents of an initiative, the withdrawn ones too."""
    found = find_initiative(member_of(request), initiative)
    return listed(found.documents.select_related("file"), asked)


@router.post(f"{ONE}/documents", response=answers((201, DocumentOut)))
def add_document(request: HttpRequest, initiative: Path[UUID], said: DocumentIn) -> Any:
    """Add a link as a document of an initiative that has not ended."""
    member = member_of(request)
    found = queries.find_to_carry_on(member, initiative)
    at, _today = now_and_today(request)
    return Status(201, documents.add_link(by=member, initiative=found, now=at, **said.dict()))


@router.post(f"{_DOCUMENT}/withdraw", response=answers((200, DocumentOut)))
def withdraw_document(
    request: HttpRequest, initiative: Path[UUID], document: Path[UUID], said: PartSeen
) -> Any:
    """Withdraw a document; it stays on record."""
    member = member_of(request)
    found = queries.find_document(queries.find_to_carry_on(member, initiative), document)
    at, _today = now_and_today(request)
    return documents.withdraw_document(by=member, document=found, seen=said.version, now=at)


@router.get(f"{ONE}/benefits", response=answers((200, Listed[BenefitOut])))
def benefit_list(request: HttpRequest, initiative: Path[UUID], asked: Asked) -> Any:
    """List the metrics that an initiative is to move, with what became of each."""
    found = find_initiative(member_of(request), initiative)
    return listed_of(_read(request, found), asked)


def _read(request: HttpRequest, initiative: Initiative) -> list[dict[str, Any]]:
    _at, today = now_and_today(request)
    return [_told(each) for each in benefits_of(initiative, member_of(request), today)]


def _one(request: HttpRequest, initiative: Initiative, row: ExpectedBenefit) -> dict[str, Any]:
    return next(each for each in _read(request, initiative) if each["uuid"] == row.uuid)


@router.post(f"{ONE}/benefits", response=answers((201, BenefitOut)))
def expect(request: HttpRequest, initiative: Path[UUID], said: BenefitIn) -> Any:
    """Follow a metric of a centre of the initiative, and say what is planned of it."""
    member = member_of(request)
    found = queries.find_to_carry_on(member, initiative)
    metric = metrics_to_compare(member, found).filter(uuid=said.metric).first()
    if metric is None:
        raise RefusedActionError("No such metric at a centre of the initiative.")
    at, _today = now_and_today(request)
    row = benefits.expect_benefit(
        by=member, initiative=found, metric=metric, expected=said.expected, now=at
    )
    return Status(201, _one(request, found, row))


@router.put(_BENEFIT, response=answers((200, BenefitOut)))
def change(
    request: HttpRequest, initiative: Path[UUID], benefit: Path[UUID], said: BenefitChange
) -> Any:
    """Change what is planned of a metric, or which months are compared."""
    member = member_of(request)
    found = queries.find_to_carry_on(member, initiative)
    row = queries.find_benefit(found, benefit)
    at, _today = now_and_today(request)
    seen = said.version
    benefits.change_benefit(by=member, benefit=row, seen=seen, expected=said.expected, now=at)
    return _one(request, found, row)


@router.post(f"{_BENEFIT}/remove", response=answers((200, BenefitOut)))
def remove(
    request: HttpRequest, initiative: Path[UUID], benefit: Path[UUID], said: PartSeen
) -> Any:
    """Follow a metric no more, and return what was known of it; the trail keeps it as well."""
    member = member_of(request)
    found = queries.find_to_carry_on(member, initiative)
    row = queries.find_benefit(found, benefit)
    at, _today = now_and_today(request)
    removed = _one(request, found, row)
    benefits.remove_benefit(by=member, benefit=row, seen=said.version, now=at)
    return removed


_MONTHS = ("before_first", "before_last", "after_first", "after_last")


def _told(benefit: BenefitRead) -> dict[str, Any]:
    row = benefit.row
    return {
        **{name: str(getattr(row, name)) for name in _MONTHS},
        "uuid": row.uuid,
        "metric": benefit.metric.uuid,
        "centre": benefit.metric.centre.key,
        "planned": None if row.planned is None else f"{row.planned:f}",
        "still_to_come": benefit.still_to_come,
        "result": _result(benefit.result) if benefit.result else None,
        "version": row.version,
    }


def _result(result: RealisedBenefit) -> dict[str, Any]:
    ends = (None if end is None else Fraction(end) for end in (result.low, result.high))
    low, high = map(_written, ends)
    return {
        "before": _mean(result.before),
        "after": _mean(result.after),
        "difference": _written(result.difference),
        "low": low,
        "high": high,
        "verdict": result.verdict,
        "is_as_planned": result.is_as_planned,
    }


def _mean(mean: MonthsMean) -> dict[str, Any]:
    return {"mean": _written(mean.mean), "n": mean.n, "missing": mean.missing}


def _written(value: Fraction | None) -> str | None:
    """Write a figure in digits, cut after twelve places."""
    if value is None:
        return None
    scaled = int(abs(value) * 10**_PLACES)
    return f"{Decimal(scaled if value >= 0 else -scaled).scaleb(-_PLACES):f}"
