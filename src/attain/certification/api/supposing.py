"""What if: the tier that a centre would reach, were this or that another. Nothing is recorded."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Annotated, Any, Self

from django.http import HttpRequest
from ninja import Field, Path, Router, Schema
from pydantic import StringConstraints, model_validator

from attain.certification.api.parts import day_of
from attain.certification.queries import roads, verdicts
from attain.certification.rules.supposing import (
    DocumentName,
    Supposed,
    SupposedVolume,
    Supposition,
)
from attain.measurement.periods import Month
from attain.organisations.api_parts import (
    Day,
    Exact,
    Flag,
    Key,
    Line,
    LongKey,
    MonthText,
    Said,
    Whole,
    answers,
    member_of,
)
from attain.organisations.queries import find_centre
from attain.organisations.rules import Permission
from attain.standards.figures import Document, Figures, Satisfaction, SatisfactionKind

router = Router(tags=["verdicts"])
Share = Annotated[
    str, StringConstraints(pattern=r"^(0(\.[0-9]{1,12})?|1(\.0{1,12})?)$"), Field(examples=["0.95"])
]


class SupposedMonth(Said):
    """A month of a metric or a system as it is supposed to be."""

    key: Line
    month: MonthText
    state: Supposed


class SupposedVolumeIn(Said):
    """What a channel is supposed to have had in a month; what is not said stays as it is.

    `attaining` is the share of the contacts offered that came in intervals which attain.
    """

    channel: Line
    month: MonthText
    attaining: Share | None = None
    offered: Whole | None = None


class SupposedPractice(Said):
    """Whether a practice is supposed to be documented."""

    item: Line
    documented: Flag


class SupposedRecord(Said):
    """Whether a record is supposed to have all that is asked of its kind."""

    key: Line
    complete: Flag


class SupposedDocument(Said):
    """A document as it is supposed to be, in place of the one of its kind and title."""

    kind: Line
    title: Line
    on_file: Flag
    covers_backup_and_recovery: Flag = False
    sets_acceptable_levels: Flag = False
    communicated_on: Day | None = None
    tested_on: Day | None = None


class SupposedSatisfaction(Said):
    """What is supposed to have been measured last of a kind of satisfaction; nothing by default."""

    of: SatisfactionKind
    month: MonthText | None = None
    value: Exact | None = None
    target: Exact | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        said = [part is not None for part in (self.month, self.value, self.target)]
        if any(said) and not all(said):
            raise ValueError("a month, a value and a target are expected, or none of them")
        return self


class ActionTaken(Said):
    """A miss for which an improvement action is supposed to be taken."""

    metric: Line
    month: MonthText


class SuppositionIn(Said):
    """What is supposed, and by which scheme; what the centre does not have is passed over.

    A practice that no record tells of may be supposed to be documented.
    """

    as_of: Day | None = None
    scheme: Annotated[Key | None, Field(examples=["performance-tiers"])] = None
    metrics: list[SupposedMonth] = []
    systems: list[SupposedMonth] = []
    volumes: list[SupposedVolumeIn] = []
    actions: list[ActionTaken] = []
    practices: list[SupposedPractice] = []
    initiatives: list[SupposedRecord] = []
    further_initiatives: Annotated[int, Field(strict=True, ge=0, le=20)] = 0
    incidents: list[SupposedRecord] = []
    technology_changes: list[SupposedRecord] = []
    documents: list[SupposedDocument] = []
    satisfaction: list[SupposedSatisfaction] = []
    site_volume: Whole | None = None
    assessed_volume: Whole | None = None


class DifferenceOut(Schema):
    """A requirement whose outcome is another one, with the parts that differ."""

    requirement: str
    before: str | None
    after: str | None
    parts: list[str]


class WhatIfOut(Schema):
    """The tier that is reached, the one that supposed figures would reach, and what differs."""

    as_of: date
    reached: int | None
    supposed: int | None
    changes: list[DifferenceOut]


@router.post("/centres/{centre}/what-if", response=answers((200, WhatIfOut)))
def what_if(request: HttpRequest, centre: Path[LongKey], said: SuppositionIn) -> Any:
    """Return which tier supposed figures would reach; nothing is recorded."""
    found = find_centre(member_of(request), centre, Permission.READ_CERTIFICATION)
    as_of = day_of(request, said.as_of)
    figures = roads.figures_at(found, as_of)
    scheme = said.scheme or verdicts.DEFAULT_SCHEME
    answer = roads.what_if(figures, as_of, scheme, _supposed(said, figures, as_of))
    changes = [
        {"requirement": c.key, "before": c.before, "after": c.after, "parts": list(c.parts)}
        for c in answer.changes
    ]
    reached = {"reached": answer.real.tier, "supposed": answer.supposed.tier}
    return {"as_of": as_of, "changes": changes, **reached}


def _supposed(said: SuppositionIn, figures: Figures, as_of: date) -> Supposition:
    known = {metric.metric for metric in figures.metrics}
    return Supposition(
        metrics={(m.key, Month.parse(m.month)): m.state for m in said.metrics},
        systems={(s.key, Month.parse(s.month)): s.state for s in said.systems},
        volumes={(v.channel, Month.parse(v.month)): _volume(v) for v in said.volumes},
        actions=frozenset(
            (a.metric, Month.parse(a.month)) for a in said.actions if a.metric in known
        ),
        practices={p.item: p.documented for p in said.practices},
        initiatives={i.key: i.complete for i in said.initiatives},
        further_initiatives=said.further_initiatives,
        incidents={i.key: i.complete for i in said.incidents},
        changes={c.key: c.complete for c in said.technology_changes},
        documents=dict(_documents(said, as_of)),
        satisfaction={s.of: _satisfaction(s) for s in said.satisfaction},
        site_volume=said.site_volume,
        assessed_volume=said.assessed_volume,
    )


def _volume(said: SupposedVolumeIn) -> SupposedVolume:
    share = None if said.attaining is None else Fraction(said.attaining)
    return SupposedVolume(share, said.offered)


def _documents(said: SuppositionIn, as_of: date) -> Iterator[tuple[DocumentName, Document | None]]:
    for each in said.documents:
        parts = each.model_dump(exclude={"on_file"})
        yield (each.kind, each.title), Document(dated=as_of, **parts) if each.on_file else None


def _satisfaction(said: SupposedSatisfaction) -> Satisfaction | None:
    if said.month is None or said.value is None or said.target is None:
        return None
    month = Month.parse(said.month)
    return Satisfaction(said.of, month, Fraction(said.value), Fraction(said.target))
