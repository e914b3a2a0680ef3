"""Reviews of an application: open, interview, finish."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Path, Query, Router, Schema
from ninja.responses import Status

from attain.certification.actions import reviews
from attain.certification.api.parts import chosen, name_of
from attain.certification.models import InterviewAnswer, Review
from attain.certification.queries.finding import find_application, find_review
from attain.certification.rules.applications import ReviewKind, ReviewResult
from attain.organisations.api_parts import (
    Day,
    Line,
    Listed,
    PageAsked,
    Reason,
    Said,
    Version,
    answers,
    listed,
    member_of,
    now_and_today,
)
from attain.organisations.rules import Permission

router = Router(tags=["reviews"])
Asked = Query[PageAsked]


class ReviewOut(Schema):
    """A review of an application by an assessor; open until it has a result."""

    uuid: UUID
    application: UUID
    kind: ReviewKind
    assessor: str | None
    on: date
    result: ReviewResult | None
    notes: str
    finished_at: datetime | None
    version: int

    @staticmethod
    def resolve_application(review: Review) -> UUID:
        """Return the application that is reviewed."""
        return review.application.uuid

    @staticmethod
    def resolve_assessor(review: Review) -> str | None:
        """Return the name of the assessor."""
        return name_of(review.assessor)

    @staticmethod
    def resolve_result(review: Review) -> str | None:
        """Return the result; None while the review is open."""
        return review.result or None


class ReviewIn(Said):
    """A review to be opened; `version` is that of the application. Without an assessor, oneself."""

    version: Version
    kind: ReviewKind
    assessor: UUID | None = None
    on: Day


class ReviewEnd(Said):
    """What a review came to."""

    version: Version
    result: ReviewResult
    notes: Reason


class AnswerIn(Said):
    """A question of an interview, who was asked, and what they answered."""

    question: Reason
    asked: Line
    notes: Reason


class AnswerOut(Schema):
    """What somebody answered in an interview."""

    uuid: UUID
    question: str
    asked: str
    notes: str
    recorded_at: datetime


@router.get("/applications/{application}/reviews", response=answers((200, Listed[ReviewOut])))
def index(request: HttpRequest, application: Path[UUID], asked: Asked) -> Any:
    """List the reviews of an application."""
    found = find_application(member_of(request), application)
    rows = Review.objects.filter(application=found)
    return listed(rows.select_related("application", "assessor__account"), asked)


@router.post("/applications/{application}/reviews", response=answers((201, ReviewOut)))
def open_one(request: HttpRequest, application: Path[UUID], said: ReviewIn) -> Any:
    """Open a review of a submitted application by an assessor who had no hand in it."""
    member = member_of(request)
    found = find_application(member, application, Permission.REVIEW)
    at, _today = now_and_today(request)
    assessor = chosen(said.assessor or member.uuid, Permission.REVIEW, found.centre)
    made = reviews.open_review(
        by=member,
        application=found,
        seen=said.version,
        kind=said.kind,
        assessor=assessor,
        on=said.on,
        now=at,
    )
    return Status(201, made)


@router.get("/reviews/{review}", response=answers((200, ReviewOut)))
def one(request: HttpRequest, review: Path[UUID]) -> Any:
    """Return a review."""
    return find_review(member_of(request), review)


@router.get("/reviews/{review}/answers", response=answers((200, Listed[AnswerOut])))
def answered(request: HttpRequest, review: Path[UUID], asked: Asked) -> Any:
    """List what was answered in the interviews of a review."""
    found = find_review(member_of(request), review)
    return listed(InterviewAnswer.objects.filter(review=found), asked)


@router.post("/reviews/{review}/answers", response=answers((201, AnswerOut)))
def answer(request: HttpRequest, review: Path[UUID], said: AnswerIn) -> Any:
    """Record what somebody answered; it is not changed afterwards."""
    member = member_of(request)
    found = find_review(member, review, Permission.REVIEW)
    at, _today = now_and_today(request)
    made = reviews.record_answer(by=member, review=found, now=at, **said.dict())
    return Status(201, made)


@router.post("/reviews/{review}/finish", response=answers((200, ReviewOut)))
def finish(request: HttpRequest, review: Path[UUID], said: ReviewEnd) -> Any:
    """Say what a review came to, as its assessor; the result stands for good."""
    member = member_of(request)
    found = find_review(member, review, Permission.REVIEW)
    at, _today = now_and_today(request)
    return reviews.finish_review(
        by=member,
        review=found,
        seen=said.version,
        result=said.result,
        notes=said.notes,
        now=at,
    )
