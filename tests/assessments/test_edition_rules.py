"""What differs between two editions of a model, and what ratings become in the next."""

from assessed import MODEL, TEXT, entries, following
from attain.assessments.rules.editions import (
    Difference,
    differences,
    lost_items,
    move,
)
from attain.assessments.rules.entries import Entry
from attain.standards.loader import load
from attain.standards.maturity_model import MaturityModel
from attain.standards.yaml_nodes import read_yaml

LEVELS = "[{level: 1, text: x}, {level: 2, text: y}, {level: 3, text: z}]"


def edition(text: str) -> MaturityModel:
    return load(read_yaml(text, "small-centre.yaml"), MaturityModel)


def without(text: str, item: str) -> str:
    return "\n".join(line for line in text.split("\n") if not line.startswith(f"      {item}:"))


def line_of(item: str) -> str:
    return f"      {item}: {{title: {item.title()}, question: Is it?, levels: {LEVELS}}}\n"


def test_an_edition_does_not_differ_from_itself() -> None:
    assert differences(MODEL, MODEL) == []


def test_what_was_added_removed_and_changed_is_told_text_by_text() -> None:
    text = without(TEXT, "budget").replace("How is it made?", "Who makes it?")
    new = edition(text.replace("      forecast:", line_of("roster") + "      forecast:"))
    found = {d.item: d for d in differences(MODEL, new)}
    assert found["roster"].difference is Difference.ADDED
    assert found["budget"].difference is Difference.REMOVED
    assert found["forecast"].texts == (("question", "How is it made?", "Who makes it?"),)


def test_an_item_that_the_next_edition_does_not_speak_of_is_lost() -> None:
    new = edition(without(TEXT, "budget"))
    assert lost_items(MODEL, new) == ["budget"]
    dropped = "{budget: {change: dropped, reason: it is in finance}}"
    text = without(TEXT, "budget").replace(
        'edition: "1"', f'edition: "2"\nfollows: {{edition: "1", items: {dropped}}}'
    )
    assert lost_items(MODEL, edition(text)) == []


def test_an_item_that_is_the_same_keeps_its_rating_and_needs_no_look() -> None:
    moved = move(MODEL, following("{}"), entries(forecast=2))
    assert moved["forecast"].entry == Entry(level=2, target=3)
    assert not moved["forecast"].to_confirm
    assert "budget" not in moved


def test_a_renamed_item_takes_its_rating_along() -> None:
    changes = "{forecast: {change: renamed, to: [outlook]}}"
    text = following(changes, line_of("outlook"))
    moved = move(MODEL, text, entries(forecast=2))
    assert moved["outlook"].came_from == ("forecast",)
    assert not moved["outlook"].to_confirm


def test_a_split_item_gives_each_its_rating_to_be_confirmed() -> None:
    changes = "{forecast: {change: split, to: [long-term, short-term]}}"
    new = following(changes, line_of("long-term") + line_of("short-term"))
    moved = move(MODEL, new, entries(forecast=2))
    assert [moved[k].entry.level for k in ("long-term", "short-term")] == [2, 2]
    assert moved["long-term"].to_confirm


def test_merged_items_take_the_lowest_rating_to_be_confirmed() -> None:
    changes = "{forecast: {change: merged, to: [plan]}, budget: {change: merged, to: [plan]}}"
    moved = move(MODEL, following(changes, line_of("plan")), entries(forecast=3, budget=1))
    assert moved["plan"].entry.level == 1
    assert moved["plan"].came_from == ("forecast", "budget")
    assert moved["plan"].to_confirm


def test_a_redefined_item_is_to_be_confirmed() -> None:
    moved = move(
        MODEL, following("{forecast: {change: redefined, to: [forecast]}}"), entries(forecast=2)
    )
    assert moved["forecast"].to_confirm


def test_a_level_that_the_next_edition_lacks_is_left_open_with_its_notes() -> None:
    text = TEXT.replace("  - {level: 3, title: Leading}\n", "").replace(
        ", {level: 3, text: most}", ""
    )
    old = {"forecast": Entry(level=3, target=3, note="seen in May")}
    moved = move(MODEL, edition(text), old)
    assert moved["forecast"].entry == Entry(note="seen in May")
    assert moved["forecast"].to_confirm
