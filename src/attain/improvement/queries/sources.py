"""The closed assessments whose gaps a roadmap closes, and the later ones that took their place."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from attain.assessments.queries.finding import place_of, visible_assessments
from attain.assessments.rules.stages import AssessmentState
from attain.improvement.models import Roadmap, RoadmapSource
from attain.organisations.pages import Centre, Member, Team
from attain.organisations.queries import may
from attain.organisations.rules import Permission

WHOLE = "organisation"
"""The name of the place of an assessment that is of the whole organisation."""


@dataclass(frozen=True)
class SourceLine:
    """A closed assessment without its ratings: of which place, by which model, closed when."""

    pk: int
    uuid: UUID
    title: str
    place: str
    place_key: str
    model: str
    model_title: str
    edition: str
    closed_at: datetime

    @property
    def about(self) -> tuple[str, str]:
        """The place and the model: of two alike, the later one stands."""
        return self.place_key, self.model


def place_key(assessment: Any) -> str:
    """Return the name of the place of an assessment among those of a roadmap."""
    place = place_of(assessment)
    if isinstance(place, Centre):
        return place.key
    # A point stands in no key, so that no team is taken for a centre.
    return f"{place.site.key}.{place.key}" if isinstance(place, Team) else WHOLE


def closed_assessments(member: Member, centre: Centre | None = None) -> list[SourceLine]:
    """Return the closed assessments that a member may read, latest first.

    With a centre those of the centre alone, and of the teams at its site where it is the whole
    site; otherwise those of the whole organisation.
    """
    rows = visible_assessments(member).filter(state=AssessmentState.CLOSED.value)
    if centre is not None:
        here = Q(centre=centre)
        rows = rows.filter(here if centre.programme_id else here | Q(team__site=centre.site_id))
    rows = rows.defer("closing", "edition__text").order_by("-closed_at", "-pk")
    return [_line(row) for row in rows if may(member, Permission.READ_ASSESSMENTS, place_of(row))]


def _line(row: Any) -> SourceLine:
    return SourceLine(
        pk=row.pk,
        uuid=row.uuid,
        title=row.title,
        place=str(place_of(row)),
        place_key=place_key(row),
        model=row.edition.key,
        model_title=row.edition.title,
        edition=row.edition.edition,
        closed_at=row.closed_at,
    )


def latest_of_each(lines: Iterable[SourceLine]) -> list[SourceLine]:
    """Return of each place and model the assessment that was closed last, by place."""
    latest: dict[tuple[str, str], SourceLine] = {}
    for line in sorted(lines, key=lambda each: (each.closed_at, each.pk)):
        latest[line.about] = line
    return sorted(latest.values(), key=lambda each: (each.place, each.model_title))


def sources_of(roadmap: Roadmap) -> list[RoadmapSource]:
    """Return the sources of a roadmap with their assessments, in the order that they were taken."""
    return list(
        roadmap.sources.select_related(
            "assessment__edition",
            "assessment__centre__site",
            "assessment__team__site",
            "assessment__organisation",
        )
    )


@dataclass(frozen=True)
class SourceStanding:
    """A source of a roadmap, and the later assessment of the same place by the same model."""

    uuid: UUID
    line: SourceLine
    later: SourceLine | None


def standing_of_sources(roadmap: Roadmap, member: Member) -> list[SourceStanding]:
    """Return the sources of a roadmap, each with what was closed of the same since."""
    latest = {each.about: each for each in latest_of_each(closed_assessments(member))}
    found = []
    for source in sources_of(roadmap):
        line = _line(source.assessment)
        last = latest.get(line.about)
        is_later = last is not None and (last.closed_at, last.pk) > (line.closed_at, line.pk)
        found.append(SourceStanding(source.uuid, line, last if is_later else None))
    return found
