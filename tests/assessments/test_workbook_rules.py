"""What a workbook that comes back would do: changes, conflicts, refusals, and nothing unasked."""

from collections.abc import Iterable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessed import MODEL
from attain.assessments.rules.entries import Entry
from attain.assessments.rules.workbook import (
    RatedItem,
    SentItem,
    WorkbookIdentity,
    WorkbookPlan,
    WorkbookRow,
    cells_of,
    digest,
    plan_of,
)

ITEMS = MODEL.rated_items
TITLES = {item.key: item.title for item in ITEMS}
RATED = {
    "forecast": RatedItem(Entry(level=1, target=3, note="by hand"), 4),
    "hiring": RatedItem(Entry(is_applicable=False, reason="an agency hires"), 2),
}
texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=30)
levels = st.none() | st.integers(0, 3)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    """Draw an entry that may stand, with whatever texts."""
    level, target = draw(levels), draw(levels)
    if draw(st.booleans()):
        return Entry(is_applicable=False, reason="x" + draw(texts), note=draw(texts))
    if level is not None and target is not None:
        level, target = sorted((level, target))
    return Entry(level, target, note=draw(texts), needed=draw(texts))


standing = st.dictionaries(
    st.sampled_from([item.key for item in ITEMS]),
    st.builds(RatedItem, entries(), st.integers(1, 99)),
)


def identity(rated: Mapping[str, RatedItem] = RATED) -> WorkbookIdentity:
    sent = {
        item.key: SentItem(
            rated[item.key].version if item.key in rated else 0,
            digest(rated[item.key].entry if item.key in rated else Entry()),
        )
        for item in ITEMS
    }
    return WorkbookIdentity("a", "p", "small-centre 1", "0", "ja", "nein", sent)


def row(line: int, item: str, entry: Entry | None = None, **cells: str) -> WorkbookRow:
    said = cells_of(entry or Entry(), yes="ja", no="nein")
    as_texts = {name: "" if value is None else str(value) for name, value in said.items()}
    return WorkbookRow(line, {"item": item, "title": TITLES.get(item, ""), **as_texts} | cells)


def sent_rows(rated: Mapping[str, RatedItem] = RATED) -> list[WorkbookRow]:
    return [
        row(line, item.key, rated[item.key].entry if item.key in rated else None)
        for line, item in enumerate(ITEMS, 3)
    ]


def plan(rows: Iterable[WorkbookRow], now: Mapping[str, RatedItem] = RATED) -> WorkbookPlan:
    return plan_of(MODEL, ITEMS, identity(), rows, now)


def with_cells(item: str, **cells: str) -> list[WorkbookRow]:
    """Return the rows as they went out, one of them edited."""
    return [
        WorkbookRow(each.line, {**each.cells, **cells}) if each.cells["item"] == item else each
        for each in sent_rows()
    ]


def faults(found: WorkbookPlan) -> list[tuple[int, str, str]]:
    return [(each.line, each.column, each.found) for each in found.refused]


@given(standing)
def test_what_goes_out_and_comes_back_unedited_changes_nothing(
    rated: dict[str, RatedItem],
) -> None:
    found = plan_of(MODEL, ITEMS, identity(rated), sent_rows(rated), rated)
    assert set(found.unchanged) == set(TITLES)
    assert not found.changes
    assert not found.conflicts
    assert not found.refused
    assert not found.missing


@given(standing, standing, st.permutations(range(len(ITEMS))))
def test_rows_in_another_order_come_to_the_same(
    rated: dict[str, RatedItem], edited: dict[str, RatedItem], order: list[int]
) -> None:
    rows = sent_rows(edited)
    one = plan_of(MODEL, ITEMS, identity(rated), rows, rated)
    other = plan_of(MODEL, ITEMS, identity(rated), [rows[at] for at in order], rated)
    assert set(one.changes) == set(other.changes)
    assert set(one.unchanged) == set(other.unchanged)
    assert one.refused == other.refused


@given(standing, standing)
def test_each_item_comes_to_one_thing_and_what_is_written_may_stand(
    rated: dict[str, RatedItem], edited: dict[str, RatedItem]
) -> None:
    found = plan_of(MODEL, ITEMS, identity(rated), sent_rows(edited), rated)
    named = [each.item for each in (*found.changes, *found.conflicts)]
    named += [*found.unchanged, *found.missing]
    assert sorted(named) == sorted(TITLES)
    assert not found.refused
    for each in found.changes:
        wanted = edited[each.item].entry if each.item in edited else Entry()
        assert digest(each.after) == digest(wanted)
        assert each.seen == (rated[each.item].version if each.item in rated else 0)


def test_what_is_edited_is_a_change_with_the_version_that_it_replaces() -> None:
    found = plan(with_cells("forecast", level="2", note=" by hand\r\nand by tool "))
    [change] = found.changes
    assert (change.item, change.seen, change.line) == ("forecast", 4, 3)
    assert change.after == Entry(2, 3, note="by hand\nand by tool")
    assert found.counts == {
        "changed": 1, "conflicts": 0, "unchanged": 2, "missing": 0, "refused": 0,
    }  # fmt: skip


def test_a_level_that_was_taken_out_is_a_change_to_open() -> None:
    [change] = plan(with_cells("forecast", level="")).changes
    assert (change.before.level, change.after.level) == (1, None)


def test_an_item_that_applies_again_needs_no_reason_any_more() -> None:
    [change] = plan(with_cells("hiring", applies="JA", reason="", level="1")).changes
    assert change.after == Entry(level=1)
    [fault] = plan(with_cells("hiring", applies="ja")).refused
    assert (fault.column, fault.found) == ("reason", "an agency hires")


def test_what_was_changed_on_both_sides_is_a_conflict() -> None:
    now = {**RATED, "forecast": RatedItem(Entry(level=3, target=3), 5)}
    found = plan(with_cells("forecast", level="2"), now)
    assert not found.changes
    [conflict] = found.conflicts
    assert (conflict.before.level, conflict.after.level, conflict.seen) == (3, 2, 5)
    assert found.seen == {"forecast": 5}


def test_what_was_changed_in_attain_alone_is_left_alone() -> None:
    now = {**RATED, "forecast": RatedItem(Entry(level=3, target=3), 5)}
    found = plan(sent_rows(), now)
    assert "forecast" in found.unchanged
    assert not found.conflicts


def test_what_was_changed_alike_on_both_sides_is_no_conflict() -> None:
    now = {**RATED, "budget": RatedItem(Entry(level=2), 1)}
    found = plan(with_cells("budget", level="2"), now)
    assert "budget" in found.unchanged


def test_an_item_that_did_not_go_out_is_never_overwritten_unasked() -> None:
    told = identity()
    less = WorkbookIdentity("a", "p", "m", "0", "ja", "nein", {"budget": told.sent["budget"]})
    found = plan_of(MODEL, ITEMS, less, with_cells("forecast", level="2"), RATED)
    assert [each.item for each in found.conflicts] == ["forecast"]


def test_a_row_that_is_missing_is_named_and_left_as_it_is() -> None:
    found = plan(each for each in sent_rows() if each.cells["item"] != "budget")
    assert found.missing == ("budget",)
    assert not found.changes


def test_an_item_on_two_rows_is_refused_on_both_whatever_they_say() -> None:
    rows = [*sent_rows(), row(9, "forecast", Entry(level=2))]
    found = plan(rows)
    assert faults(found) == [(3, "item", "forecast"), (9, "item", "forecast")]
    assert "rows 3, 9" in found.refused[0].expected
    assert "forecast" not in (*found.unchanged, *found.missing)


def test_unknown_items_and_those_without_texts_are_refused() -> None:
    found = plan([*sent_rows(), row(9, "telephony"), row(10, "outside")])
    assert faults(found) == [(9, "item", "telephony"), (10, "item", "outside")]
    assert [each.expected for each in found.refused] == [
        "an item of the model",
        "an item of this part",
    ]


def test_a_row_without_a_key_is_refused_and_an_empty_one_is_nothing() -> None:
    blank = WorkbookRow(9, {"item": " ", "title": "", "level": ""})
    assert faults(plan([*sent_rows(), blank])) == []
    lost = WorkbookRow(9, {"item": "", "title": "", "level": "2"})
    assert faults(plan([*sent_rows(), lost])) == [(9, "item", "no key")]


def test_rows_whose_columns_were_sorted_apart_are_refused() -> None:
    found = plan(with_cells("forecast", title="Budget", level="2"))
    assert faults(found) == [(3, "title", "Budget")]
    assert found.refused[0].expected.startswith("Forecast, as forecast is called")


@pytest.mark.parametrize(
    ("cells", "column", "expected"),
    [
        ({"level": "4"}, "level", "one of 0, 1, 2, 3, or nothing"),
        ({"level": "2 Superior"}, "level", "one of 0, 1, 2, 3, or nothing"),
        ({"level": "1.5"}, "level", "one of 0, 1, 2, 3, or nothing"),
        ({"level": "٣"}, "level", "one of 0, 1, 2, 3, or nothing"),
        ({"level": "9999"}, "level", "one of 0, 1, 2, 3, or nothing"),
        ({"level": "-1"}, "level", "one of 0, 1, 2, 3, or nothing"),
        ({"target": "2026-04-01"}, "target", "one of 0, 1, 2, 3, or nothing"),
        ({"level": "3", "target": "2"}, "target", "the level or a higher one"),
        ({"applies": "perhaps"}, "applies", "ja or nein"),
        ({"applies": "nein"}, "level", "nothing, as the item does not apply"),
        ({"applies": "nein", "level": ""}, "reason", "why the item does not apply"),
        ({"note": "x" * 4_001}, "note", "at most 4000"),
        ({"needed": "a\0b"}, "needed", "a text without it"),
    ],
)  # fmt: skip
def test_what_cannot_stand_is_refused_with_its_place(
    cells: dict[str, str], column: str, expected: str
) -> None:
    found = plan(with_cells("forecast", **cells))
    assert not found.changes
    assert (column, expected) in [(each.column, each.expected) for each in found.refused]
    assert {each.line for each in found.refused} == {3}
    assert found.counts["refused"] == 1
