"""The result of an assessment as the sheets of a workbook, to be read and not to be handed back."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.translation import gettext as _

from attain.assessments.models import Assessment
from attain.assessments.queries.evidence import evidence_by_item
from attain.assessments.queries.finding import place_of
from attain.assessments.queries.ratings import entries_by_part
from attain.assessments.queries.results import ItemResult, Result, result_of
from attain.assessments.words import COLOURS, ROLL_UPS, rolled_words
from attain.organisations.sentences import told

Rows = list[Sequence[object]]


def result_sheets(assessment: Assessment, today: date) -> dict[str, Rows]:
    """Return the sheets of a result: the whole, its categories, items by gap, denials, evidence."""
    result = result_of(assessment, today)
    said = _assessors_by_item(assessment)
    titles = {item.key: item.title for item in result.model.items}
    return {
        _("Result"): list(_whole(assessment, result)),
        _("Categories"): list(_categories(result)),
        _("Items by gap"): list(_items(result, said)),
        _("Denied by records"): list(_denied(result)),
        _("Evidence"): list(_evidence(assessment, titles)),
    }


def _assessors_by_item(assessment: Assessment) -> dict[str, int]:
    said: dict[str, int] = {}
    for entries in entries_by_part(assessment).values():
        for item, entry in entries.items():
            said[item] = said.get(item, 0) + (not entry.rating.is_open)
    return said


def _whole(assessment: Assessment, result: Result) -> Iterator[Sequence[object]]:
    rule = result.whole.rule
    yield (_("What"), _("Said"))
    yield (_("Assessment"), assessment.title)
    yield (_("Kind"), assessment.get_kind_display())
    yield (_("What is assessed"), str(place_of(assessment)))
    yield (_("Model"), str(assessment.edition))
    yield (_("State"), assessment.get_state_display())
    yield (_("Records as of"), result.as_of)
    yield (_("The whole"), rolled_words(rule, result.whole.value, is_whole=True))
    yield (_("Rule of the model"), ROLL_UPS[rule])
    yield (_("Assessors"), assessment.parts.count())
    yield (_("Items rated"), result.whole.rated)
    yield (_("Items open"), result.whole.open)
    yield (_("Items that do not apply"), result.whole.not_applicable)


def _categories(result: Result) -> Iterator[Sequence[object]]:
    part = "share_at_level" if result.whole.rule == "ladder" else result.whole.rule
    yield (
        _("Category"), _("Now"), _("Target"), _("Rated"), _("Open"), _("Not applicable"),
    )  # fmt: skip
    for each in result.categories:
        rolled, target = each.rolled, each.target
        yield (
            each.title,
            rolled_words(part, rolled.value),
            rolled_words(part, target) if target is not None else None,
            rolled.rated,
            rolled.open,
            rolled.not_applicable,
        )


def _items(result: Result, said: dict[str, int]) -> Iterator[Sequence[object]]:
    yield (
        _("Category"), _("Key"), _("Item"), _("Level"), _("Name of the level"), _("Target"),
        _("Gap"), _("Colour"), _("Assessors"), _("Denied by records"), _("Not applicable because"),
        _("Note"), _("Needed for the next level"),
    )  # fmt: skip
    for each in result.items:
        yield (*_item(result, each), said.get(each.item.key, 0), *_rest(each))


def _item(result: Result, each: ItemResult) -> Sequence[object]:
    rating = each.rating
    named = "" if rating.level is None else result.model.title_of(rating.level)
    colour = str(COLOURS[each.colour]) if each.colour else None
    return (
        each.category, each.item.key, each.item.title, rating.level, named, rating.target,
        rating.gap, colour,
    )  # fmt: skip


def _rest(each: ItemResult) -> Sequence[object]:
    denied = _("yes") if each.denied else _("no")
    return (denied, each.rating.not_applicable, each.note, each.needed)


def _denied(result: Result) -> Iterator[Sequence[object]]:
    yield (_("Item"), _("Level"), _("What is asked"), _("Asked from level"), _("What records show"))
    for each in result.denied:
        for claim in each.denied:
            asked = claim.condition
            measured = claim.finding["measured"]
            shown = str(told(measured)) if measured else None
            yield (each.item.title, each.rating.level, asked.title, asked.level, shown)


def _evidence(assessment: Assessment, titles: dict[str, str]) -> Iterator[Sequence[object]]:
    yield (
        _("Item"), _("Kind"), _("Title"), _("Link"), _("SHA-256 of the file"), _("Expires on"),
        _("Added by"), _("Added"),
    )  # fmt: skip
    for item, rows in evidence_by_item(assessment).items():
        for row in rows:
            yield (
                titles.get(item, item), row.get_kind_display(), row.title, row.link or None,
                row.file.sha256 if row.file else None, row.expires_on, str(row.added_by),
                row.added_at,
            )  # fmt: skip
