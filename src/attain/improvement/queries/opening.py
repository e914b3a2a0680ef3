"""What may be chosen where a roadmap is opened: its place, its model, its assessments."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format

from attain.improvement.queries.sources import SourceLine, closed_assessments, latest_of_each
from attain.measurement.periods import Month
from attain.organisations.pages import Centre, Member, Organisation
from attain.organisations.queries import may, visible_centres
from attain.organisations.rules import Permission

_PLAN = Permission.PLAN_ROADMAPS
WHOLE = "whole"
_MONTHS = 3


def next_quarter(today: date) -> Month:
    """Return the first month of the calendar quarter after that of a day."""
    month = Month.of(today)
    return month.plus(_MONTHS - month.index % _MONTHS)


def places_to_plan(member: Member) -> dict[str, Organisation | Centre]:
    """Return the places of which a member may open a roadmap, the whole organisation first."""
    found: dict[str, Organisation | Centre] = {}
    if may(member, _PLAN):
        found[WHOLE] = member.organisation
    centres = visible_centres(member, _PLAN).order_by("name", "pk")
    return found | {str(each.uuid): each for each in centres if may(member, _PLAN, each)}


@dataclass(frozen=True)
class RoadmapOpening:
    """A roadmap that is about to be opened: of which place, by which model, over what."""

    places: dict[str, Organisation | Centre]
    place: str
    model: str
    every: tuple[SourceLine, ...]

    @classmethod
    def of(
        cls, member: Member, places: dict[str, Organisation | Centre], place: str, model: str
    ) -> "RoadmapOpening":
        """Return what may be chosen; what is asked for and is none is passed over."""
        if not places:
            return cls(places, "", "", ())
        chosen = place if place in places else next(iter(places))
        centre = places[chosen]
        every = closed_assessments(member, centre if isinstance(centre, Centre) else None)
        models = [line.model for line in every]
        # The model by which most was closed comes first.
        usual = max(dict.fromkeys(models), key=models.count, default="")
        return cls(places, chosen, model if model in models else usual, tuple(every))

    @property
    def centre(self) -> Centre | None:
        """The centre that is chosen; None for the whole organisation."""
        place = self.places.get(self.place)
        return place if isinstance(place, Centre) else None

    @property
    def lines(self) -> list[SourceLine]:
        """The closed assessments of the place by the model, by place, latest first."""
        found = [line for line in self.every if line.model == self.model]
        return sorted(found, key=lambda each: each.place)

    @property
    def latest(self) -> list[str]:
        """The names of the assessments that were closed last, one of each place."""
        return [str(line.uuid) for line in latest_of_each(self.lines)]

    @property
    def source_choices(self) -> list[tuple[str, str]]:
        """The assessments to choose from, in words."""
        return [(str(line.uuid), _words(line)) for line in self.lines]

    @property
    def place_choices(self) -> list[tuple[str, str]]:
        """The places to choose from."""
        return [(key, str(place)) for key, place in self.places.items()]

    @property
    def model_choices(self) -> list[tuple[str, str]]:
        """The models by which assessments of the place were closed."""
        return sorted({(line.model, line.model_title) for line in self.every})

    def chosen(self, names: Sequence[Any]) -> list[SourceLine]:
        """Return the assessments of some names."""
        wanted = set(names)
        return [line for line in self.lines if str(line.uuid) in wanted]


def _words(line: SourceLine) -> str:
    day = date_format(line.closed_at, "SHORT_DATE_FORMAT")
    return f"{line.place}: {line.title}, {line.edition}, {day}"
