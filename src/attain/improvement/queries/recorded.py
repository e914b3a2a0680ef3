"""At which centres an initiative is recorded, so that certification counts it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from attain.improvement.models import Initiative
from attain.organisations.pages import Centre
from attain.performance.queries.improving import initiatives_recorded, processes_of

if TYPE_CHECKING:
    from attain.performance.models import Initiative as Record


@dataclass(frozen=True)
class RecordedAt:
    """A centre of an initiative, and what is recorded of it there.

    Nothing is where the centre has no process of the same key, or nothing was recorded so far.
    """

    centre: Centre
    record: "Record | None"
    has_process: bool

    @property
    def counts(self) -> bool:
        """Say whether the record stands."""
        return self.record is not None and not self.record.withdrawn


def centres_of(initiative: Initiative) -> list[Centre]:
    """Return the centre of an initiative, or those of the steps of a central project, by name."""
    if initiative.centre:
        return [initiative.centre]
    rows = initiative.steps.exclude(centre=None).select_related("centre__organisation")
    found = {row.centre.pk: row.centre for row in rows if row.centre}
    return sorted(found.values(), key=lambda centre: (centre.name, centre.pk))


def recorded_at(initiative: Initiative) -> list[RecordedAt]:
    """Return each centre of a structured initiative with what is recorded of it."""
    centres = centres_of(initiative)
    if not initiative.is_structured or initiative.process is None:
        return [RecordedAt(centre, None, has_process=False) for centre in centres]
    named = processes_of(centres).filter(key=initiative.process.key)
    having = set(named.values_list("centre", flat=True))
    records = (
        initiatives_recorded(centres, initiative.recorded_as) if initiative.recorded_as else {}
    )
    return [
        RecordedAt(centre, records.get(centre.pk), has_process=centre.pk in having)
        for centre in centres
    ]
