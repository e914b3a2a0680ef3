"""The roadmaps that a member may see, as lines of a list."""

from dataclasses import dataclass

from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from attain.improvement.models import Roadmap, RoadmapSource, StepAppraisal
from attain.improvement.queries.finding import place_of, visible_roadmaps
from attain.organisations.pages import Member


@dataclass(frozen=True)
class RoadmapLine:
    """A roadmap as a line of a list."""

    roadmap: Roadmap
    organisation_key: str
    place: str
    sources: int
    appraised: int

    @property
    def rule(self) -> str:
        """What it ranks by, in words."""
        return self.roadmap.get_rule_display()

    @property
    def state(self) -> str:
        """Whether it is in use, or archived."""
        return "in_use" if self.roadmap.archived_at is None else "archived"


def _counted(rows: "type[RoadmapSource | StepAppraisal]") -> Coalesce:
    of = rows.objects.filter(roadmap=OuterRef("pk")).order_by().values("roadmap")
    counted = of.annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def roadmap_lines(member: Member) -> list[RoadmapLine]:
    """Return the roadmaps that a member may see, latest first, by one query."""
    rows = visible_roadmaps(member).annotate(
        n_sources=_counted(RoadmapSource), n_appraised=_counted(StepAppraisal)
    )
    organisation = member.organisation
    found = []
    for row in rows:
        row.organisation = organisation
        place = str(place_of(row))
        found.append(RoadmapLine(row, organisation.key, place, row.n_sources, row.n_appraised))
    return found
