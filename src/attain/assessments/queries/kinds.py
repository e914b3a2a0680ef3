"""The latest closed assessment of each kind of a place, beside each other."""

from dataclasses import dataclass

from attain.assessments.models import Assessment, ModelEdition
from attain.assessments.queries.editions import model_of
from attain.assessments.queries.finding import visible_assessments
from attain.assessments.queries.results import ratings_at_closing, rolled_of
from attain.assessments.rules.kinds import ItemByKind, by_kind
from attain.assessments.rules.lineage import Comparable, comparable
from attain.assessments.rules.stages import AssessmentKind, AssessmentState
from attain.organisations.pages import Member
from attain.standards.maturity_model import MaturityModel
from attain.standards.ratings import ModelStanding


@dataclass(frozen=True)
class OfKind:
    """The latest closed assessment of a kind, and what of it may stand beside the newest."""

    kind: str
    assessment: Assessment
    standing: ModelStanding
    beside: Comparable


@dataclass(frozen=True)
class KindsBeside:
    """A place by each kind of assessment, in the edition of the newest of them.

    The first of them is the base from which the others are counted.
    """

    model: MaturityModel
    edition: ModelEdition
    kinds: tuple[OfKind, ...]
    items: tuple[ItemByKind, ...]


def kinds_beside(assessment: Assessment, member: Member) -> KindsBeside | None:
    """Return the latest closed assessment of each kind of the same place by the same model.

    None where there is none that a member may see.
    """
    rows = visible_assessments(member).filter(
        centre=assessment.centre,
        team=assessment.team,
        edition__key=assessment.edition.key,
        state=AssessmentState.CLOSED.value,
    )
    latest = {row.kind: row for row in rows.order_by("closed_at", "pk")}
    if not latest:
        return None
    models = {each.edition_id: model_of(each.edition) for each in latest.values()}
    newest = max(latest.values(), key=lambda each: (each.edition.published_at, each.edition_id))
    model, by_name = models[newest.edition_id], {m.edition: m for m in models.values()}
    kinds = tuple(
        _of_kind(latest[kind.value], comparable(model, models[row.edition_id], by_name))
        for kind in AssessmentKind
        if (row := latest.get(kind.value))
    )
    items = [item.key for item in model.rated_items]
    ratings = {
        each.kind: {
            key: rating
            for key, rating in ratings_at_closing(each.assessment).items()
            if key in each.beside.items
        }
        for each in kinds
    }
    return KindsBeside(model, newest.edition, kinds, tuple(by_kind(items, ratings)))


def _of_kind(assessment: Assessment, beside: Comparable) -> OfKind:
    closing = assessment.closing
    parts = {key: rolled_of(each) for key, each in closing["categories"].items()}
    standing = ModelStanding(rolled_of(closing["whole"]), parts)
    return OfKind(assessment.kind, assessment, standing, beside)
