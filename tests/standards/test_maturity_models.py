"""Maturity models: what a file must hold, and the shape in which another program reads it."""

import json

import pytest

from attain.measurement.faults import RefusedError
from attain.standards.library import default_library
from attain.standards.loader import load
from attain.standards.maturity_model import MaturityModel
from attain.standards.yaml_nodes import read_yaml

TEXT = """
model: small
title: Small
edition: "1"
status: draft
licence: Apache-2.0
sources: []
categories:
  people:
    title: People
    groups:
      hiring:
        title: Hiring
        items:
          b: {title: B, question: b?, levels: LEVELS}
      training:
        title: Training
        items:
          a: {title: A, question: a?, criticality: key, levels: LEVELS}
  results:
    title: Results
    items:
      c: {title: C, question: c?, criticality: low, levels: LEVELS}
""".replace("LEVELS", "[{level: 0, text: no}, {level: 2, text: yes, evidence: [paper]}]")


def model_of(text: str = TEXT) -> MaturityModel:
    return load(read_yaml(text, "small.yaml"), MaturityModel)


def refused(text: str) -> str:
    with pytest.raises(RefusedError) as error:
        model_of(text)
    (fault,) = error.value.faults
    return str(fault)


def test_items_stand_in_the_order_of_the_file_with_or_without_groups() -> None:
    model = model_of()
    assert [item.key for item in model.items] == ["b", "a", "c"]
    assert [item.criticality for item in model.items] == ["moderate", "key", "low"]
    assert [item.key for item in model.parts["people"].all_items] == ["b", "a"]
    assert model.items[1].levels[1].evidence == ("paper",)


def test_a_part_has_groups_or_items_and_not_both() -> None:
    both = TEXT.replace("    title: People\n", "    title: People\n    items: {d: ITEM}\n").replace(
        "ITEM", "{title: D, question: d?, levels: [{level: 0, text: x}, {level: 1, text: y}]}"
    )
    expected = "found both or neither of groups and items, expected one of them"
    assert refused(both) == f"small.yaml:9: 3: {expected}"
    neither = TEXT[: TEXT.index("  results:")] + "  results:\n    title: Results\n"
    assert refused(neither) == f"small.yaml:20: 3: {expected}"


def test_a_model_has_categories_or_components_and_not_both() -> None:
    expected = "small.yaml:2: 1: found both or neither of categories and components, expected one"
    assert refused(
        TEXT
        + "components:\n  more:\n    title: T\n    items:\n      d: ITEM\n".replace(
            "ITEM", "{title: D, question: d?, levels: [{level: 0, text: x}, {level: 1, text: y}]}"
        )
    ).startswith(expected)
    assert refused(TEXT[: TEXT.index("categories:")]).startswith(expected)


def test_a_group_has_items() -> None:
    empty = TEXT[: TEXT.index("  results:")] + "  results:\n    title: R\n    groups:\n"
    empty += "      none: {title: N, items: {}}\n"
    assert refused(empty) == "small.yaml:23: 24: found a mapping with 0 keys, expected at least 1"


@pytest.mark.parametrize("key", ["a", "b"])
def test_an_item_key_stands_once_in_the_whole_model(key: str) -> None:
    assert refused(TEXT.replace("      c: {", f"      {key}: {{")) == (
        f"small.yaml:2: 1: found {key} more than once, expected each item once"
    )


@pytest.mark.parametrize("numbers", [(1, 0), (1, 1), (0, 2, 1)])
def test_levels_ascend_and_none_is_given_twice(numbers: tuple[int, ...]) -> None:
    levels = ", ".join(f"{{level: {n}, text: x}}" for n in numbers)
    text = TEXT.replace("b?, levels: [{level: 0, text: no}, {level: 2, text: yes,", "b?, levels: [")
    text = text.replace("b?, levels: [ evidence: [paper]}]", f"b?, levels: [{levels}]")
    assert refused(text) == (
        f"small.yaml:15: 11: found levels {list(numbers)}, expected each once, ascending"
    )


def test_an_item_has_two_levels_at_least() -> None:
    text = TEXT.replace("criticality: low, levels: [{level: 0, text: no}, {", "levels: [{")
    assert refused(text) == "small.yaml:23: 35: found a list of 1, expected at least 2"


@pytest.mark.parametrize("name", ["categories", "components"])
def test_a_model_for_another_program_is_lists_in_the_order_of_the_file(name: str) -> None:
    told = json.loads(json.dumps(model_of(TEXT.replace("categories", name)).as_json()))
    levels = [
        {"level": 0, "text": "no", "evidence": []},
        {"level": 2, "text": "yes", "evidence": ["paper"]},
    ]

    def item(key: str, criticality: str) -> dict[str, object]:
        asked = {"title": key.upper(), "question": f"{key}?", "criticality": criticality}
        return {"key": key, **asked, "levels": levels}

    assert told == {
        "model": "small",
        "title": "Small",
        "edition": "1",
        "status": "draft",
        "licence": "Apache-2.0",
        "sources": [],
        name: [
            {
                "key": "people",
                "title": "People",
                "groups": [
                    {"key": "hiring", "title": "Hiring", "items": [item("b", "moderate")]},
                    {"key": "training", "title": "Training", "items": [item("a", "key")]},
                ],
            },
            {"key": "results", "title": "Results", "items": [item("c", "low")]},
        ],
    }


def test_every_model_of_the_library_tells_all_its_items() -> None:
    library = default_library()
    for key in library.keys("model"):
        model = library.model(key)
        told = model.as_json()
        parts = told.get("categories") or told["components"]
        groups = [group for part in parts for group in part.get("groups", [part])]
        keys = [item["key"] for group in groups for item in group["items"]]
        assert keys == [item.key for item in model.items]
