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
    plain: dict[str, object] = {"step": None, "licence": "", "translations": {}}
    levels = [
        {"level": 0, "text": "no", "evidence": [], **plain},
        {"level": 2, "text": "yes", "evidence": ["paper"], **plain},
    ]
    silent: dict[str, object] = {
        "process": None,
        "facing": None,
        "structure_only": "",
        "licence": "",
        "evidenced_by": [],
        "translations": {},
    }

    def item(key: str, criticality: str) -> dict[str, object]:
        asked = {"title": key.upper(), "question": f"{key}?", "criticality": criticality}
        return {"key": key, **asked, "levels": levels, **silent}

    assert told == {
        "model": "small",
        "title": "Small",
        "edition": "1",
        "status": "draft",
        "licence": "Apache-2.0",
        "sources": [],
        "translations": {},
        "scale": [],
        "roll_up": {"rule": "lowest", "level": None},
        "colours": {"by": "gap", "amber": 1, "red": 2},
        "thresholds": {},
        "follows": None,
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


SCALED = TEXT.replace(
    "sources: []",
    "sources: []\nscale: [{level: 0, title: No}, {level: 2, title: Yes}]",
)


def test_every_item_describes_each_level_of_the_scale() -> None:
    model = model_of(SCALED)
    assert model.title_of(2) == "Yes"
    assert model.levels_of(model.items[0]) == (0, 2)
    assert refused(SCALED.replace("{level: 2, title: Yes}", "{level: 3, title: Yes}")) == (
        "small.yaml:2: 1: found b with levels 0, 2, expected 0, 3"
    )


def test_a_level_of_the_scale_may_hold_for_every_item() -> None:
    text = SCALED.replace("{level: 0, title: No}", "{level: 0, title: No}, NONE").replace(
        "NONE", "{level: 1, title: Some, text: half of it}"
    )
    model = model_of(text)
    assert model.text_of(model.items[0], 1) == "half of it"
    assert model.text_of(model.items[0], 2) == "yes"
    assert model.levels_of(model.items[0]) == (0, 1, 2)


def test_an_item_that_is_structure_only_has_no_texts_and_is_not_rated() -> None:
    text = TEXT.replace(
        "c: {title: C, question: c?, criticality: low, levels: ", "c: {title: C, structure_only: x}"
    )
    text = text[: text.index("structure_only: x}") + len("structure_only: x}")] + "\n"
    model = model_of(text)
    assert [item.key for item in model.rated_items] == ["b", "a"]
    both = TEXT.replace("question: c?,", "question: c?, structure_only: x,")
    assert "expected neither" in refused(both)
    assert "expected both" in refused(TEXT.replace("question: c?, ", ""))


FOLLOWING = TEXT.replace("sources: []", 'sources: []\nfollows: {edition: "0", items: {MAP}}')


@pytest.mark.parametrize(
    "change",
    [
        "old: {change: renamed, to: [a]}",
        "old: {change: split, to: [a, b]}",
        "old: {change: dropped, reason: nobody does it}",
    ],
)
def test_an_item_map_says_what_became_of_an_item(change: str) -> None:
    assert model_of(FOLLOWING.replace("MAP", change)).follows is not None


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("old: {change: renamed}", "expected an item of this edition"),
        ("old: {change: dropped, to: [a], reason: x}", "expected none"),
        ("old: {change: dropped}", "expected the reason"),
        ("old: {change: split, to: [a]}", "expected two or more"),
        ("old: {change: renamed, to: [gone]}", "expected items of this edition"),
        ("old: {change: eaten, to: [a]}", "expected 'renamed', 'split'"),
    ],
)
def test_an_item_map_that_leads_nowhere_is_refused(change: str, expected: str) -> None:
    assert expected in refused(FOLLOWING.replace("MAP", change))


def test_a_model_is_told_in_a_language_as_far_as_it_is_translated() -> None:
    text = TEXT.replace("title: Small\n", "title: Small\ntranslations: {de: {title: Klein}}\n")
    text = text.replace(
        "    title: Results\n", "    title: Results\n    translations: {de: {title: Ergebnisse}}\n"
    )
    text = text.replace("title: C, question: c?,", "title: C, question: c?, translations: TOLD,")
    text = text.replace("TOLD", "{de: {title: Ce, question: Was?}}")
    text = text.replace("{level: 2, text: yes,", "{level: 2, text: yes, translations: LEVEL,")
    model = model_of(text.replace("LEVEL", "{de: {text: ja}}"))
    told = model.told_in("de")
    assert (told.title, told.parts["results"].title) == ("Klein", "Ergebnisse")
    assert [item.title for item in told.items] == ["B", "A", "Ce"]
    assert told.items[2].question == "Was?"
    assert [level.text for level in told.items[0].levels] == ["no", "ja"]
    assert (model.title, model.items[0].levels[1].text) == ("Small", "yes")
    assert model.told_in("fr") == model


def test_a_model_of_the_library_holds_in_every_language() -> None:
    library = default_library()
    for key in library.keys("model"):
        model = library.model(key)
        assert [i.key for i in model.told_in("de").items] == [i.key for i in model.items]
