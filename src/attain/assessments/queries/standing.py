"""How mature a centre was found last, by each model: what pages show beside its tier."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import TextField
from django.db.models.functions import Cast

from attain.assessments.models import Assessment
from attain.assessments.models.lists import KINDS
from attain.assessments.queries.frozen import Frozen, frozen_from
from attain.assessments.rules.stages import AssessmentState
from attain.assessments.words import ROLL_UPS, rolled_words
from attain.organisations.pages import Centre, Member
from attain.organisations.queries import may
from attain.organisations.rules import Permission


@dataclass(frozen=True)
class MaturityLine:
    """The latest closed assessment of a centre by a model, as it was frozen."""

    uuid: UUID
    title: str
    model: str
    edition: str
    kind: str
    closed_at: datetime | None
    frozen: Frozen

    @property
    def value(self) -> str:
        """The whole by the rule of the model, in words."""
        whole = self.frozen.standing.whole
        return rolled_words(whole.rule, whole.value, is_whole=True)

    @property
    def rule(self) -> str:
        """What the whole is by the model's rule, in words."""
        return str(ROLL_UPS[self.frozen.standing.whole.rule])

    @property
    def rated(self) -> int:
        """How many items have a level."""
        return self.frozen.standing.whole.rated

    @property
    def short(self) -> int:
        """How many items are short of their target."""
        return sum(bool(rating.gap) for rating in self.frozen.ratings.values())

    @property
    def denied(self) -> int:
        """Of how many items records deny the level."""
        return len(self.frozen.denied)


def maturity_of(member: Member, centre: Centre) -> list[MaturityLine]:
    """Return the latest closed assessment of a centre by each model, latest first.

    Nothing for who may not read assessments there.
    """
    if not may(member, Permission.READ_ASSESSMENTS, centre):
        return []
    latest: dict[str, MaturityLine] = {}
    for model, line in _closed(centre):
        latest.setdefault(model, line)
    return list(latest.values())


def _closed(centre: Centre) -> Iterator[tuple[str, MaturityLine]]:
    rows = Assessment.objects.filter(centre=centre, state=AssessmentState.CLOSED.value)
    read = rows.select_related("edition").annotate(kept=Cast("closing", TextField()))
    for row in read.defer("closing").order_by("-closed_at", "-pk"):
        key = row.edition.key
        yield (
            key,
            MaturityLine(
                uuid=row.uuid,
                title=row.title,
                model=row.edition.title,
                edition=row.edition.edition,
                kind=str(KINDS[row.kind]),
                closed_at=row.closed_at,
                frozen=frozen_from(row.kept, row.edition.text, f"{key}.yaml"),
            ),
        )
