"""Each golden case of a maturity model of the library, as a test of its own."""

import pytest

from attain.standards.library import default_library
from attain.standards.loader import load, read_definition
from attain.standards.model_cases import (
    ModelCase,
    ModelCases,
    model_differences,
    outcomes_of_conditions,
)

LIBRARY = default_library()


def cases_of(key: str) -> ModelCases:
    path = LIBRARY.find("model", key).with_suffix(".cases.yaml")
    return load(read_definition(path), ModelCases)


CASES = {key: cases_of(key) for key in LIBRARY.keys("model")}
EVERY_CASE = [
    pytest.param(key, case, id=f"{key}: {case.name}")
    for key, cases in CASES.items()
    for case in cases.cases
]


@pytest.mark.parametrize(("key", "case"), EVERY_CASE)
def test_the_model_finds_what_the_case_expects(key: str, case: ModelCase) -> None:
    assert list(model_differences(CASES[key], case, LIBRARY.model(key))) == []


@pytest.mark.parametrize("key", CASES)
def test_names_of_cases_are_sentences_given_once(key: str) -> None:
    names = [case.name for case in CASES[key].cases]
    assert len(set(names)) == len(names)
    assert all(name[0].isupper() or name[0].isdigit() for name in names)
    assert CASES[key].cases_of == key


@pytest.mark.parametrize("key", CASES)
def test_every_condition_has_a_case_for_each_outcome_that_it_can_have(key: str) -> None:
    model = LIBRARY.model(key)
    shown = {
        (name, outcome)
        for case in CASES[key].cases
        if case.base is not None and (case.expect.every_condition or case.expect.conditions)
        for name, outcome in outcomes_of_conditions(CASES[key], case, model).items()
        if case.expect.every_condition or name in case.expect.conditions
    }
    lacking = [
        f"{item.key}/{number} {outcome}"
        for item in model.items
        for number, condition in enumerate(item.evidenced_by, 1)
        for outcome in ("met", "not_met", "undetermined")
        if outcome in condition.rule.possible and (f"{item.key}/{number}", outcome) not in shown
    ]
    assert not lacking


@pytest.mark.parametrize("key", CASES)
def test_every_threshold_has_a_pair_of_cases_at_its_limit(key: str) -> None:
    model = LIBRARY.model(key)
    at_limit = [case.limit for case in CASES[key].cases if case.limit]
    # All measures of quality stand at their limits in one base, and past them in another.
    shares = {
        str(condition.rule.at_least or condition.rule.at_most)
        for item in model.items
        for condition in item.evidenced_by
        if condition.rule.kind == "quality_measure"
    }
    lacking = [t for t in model.thresholds if t not in shares and at_limit.count(t) < 2]
    assert not lacking


def test_a_case_that_expects_otherwise_is_told_with_what_was_found() -> None:
    cases = CASES["centre-performance"]
    case = cases.cases[0].model_copy(
        update={"expect": cases.cases[0].expect.model_copy(update={"whole": "2"})}
    )
    found = list(model_differences(cases, case, LIBRARY.model("centre-performance")))
    assert found == [("whole 3", "2")]


@pytest.mark.parametrize(
    ("key", "counts"),
    [
        ("centre-performance", [9, 6, 22, 24, 8]),
        ("customer-focused-government", [6, 14, 5, 14]),
        ("accreditation-readiness", [6, 7, 6, 6, 6]),
    ],
)
def test_a_model_has_as_many_items_as_its_source_counts(key: str, counts: list[int]) -> None:
    model = LIBRARY.model(key)
    assert [len(part.all_items) for part in model.parts.values()] == counts


def test_the_government_model_describes_38_elements_in_eight_groups_and_names_a_39th() -> None:
    model = LIBRARY.model("customer-focused-government")
    groups = [group for part in model.parts.values() for group in part.groups.values()]
    assert (len(groups), len(model.rated_items), len(model.items)) == (8, 38, 39)
    (named,) = [item for item in model.items if not item.is_rated]
    assert named.key == "design-implementation"
    assert named.structure_only


@pytest.mark.parametrize("key", CASES)
def test_no_two_descriptors_of_a_model_say_the_same(key: str) -> None:
    texts = [level.text for item in LIBRARY.model(key).items for level in item.levels]
    assert len(set(texts)) == len(texts)
