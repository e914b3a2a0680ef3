"""What of one edition may stand beside the figures of another."""

from assessed import MODEL, TEXT, following
from attain.assessments.rules.lineage import comparable
from attain.standards.loader import load
from attain.standards.maturity_model import MaturityModel
from attain.standards.yaml_nodes import read_yaml

ALL = frozenset({"forecast", "budget", "hiring"})


def written(text: str) -> MaturityModel:
    return load(read_yaml(text, "small-centre.yaml"), MaturityModel)


def known(*models: MaturityModel) -> dict[str, MaturityModel]:
    return {model.edition: model for model in models}


def test_an_edition_stands_beside_itself_whole() -> None:
    found = comparable(MODEL, MODEL, known(MODEL))
    assert (found.items, found.parts, found.whole) == (ALL, frozenset({"planning", "people"}), True)


def test_a_reworded_item_asks_the_same_and_a_redefined_one_does_not() -> None:
    reworded = following("{forecast: {change: reworded, to: [forecast]}}")
    found = comparable(reworded, MODEL, known(MODEL, reworded))
    assert found.items == ALL
    assert found.whole
    redefined = following("{forecast: {change: redefined, to: [forecast]}}")
    found = comparable(redefined, MODEL, known(MODEL, redefined))
    assert found.items == ALL - {"forecast"}
    assert (found.parts, found.whole) == (frozenset({"people"}), False)


def test_what_was_split_or_merged_stands_beside_nothing() -> None:
    merged = following(
        "{budget: {change: merged, to: [forecast]}, forecast: {change: merged, to: [forecast]}}"
    )
    assert comparable(merged, MODEL, known(MODEL, merged)).items == {"hiring"}


def test_an_added_item_keeps_its_category_from_being_compared() -> None:
    newer = following(
        "{}", "      staffing: {title: Staffing, question: Who?, levels: [{level: 1, text: a},"
        " {level: 2, text: b}, {level: 3, text: c}]}\n"
    )  # fmt: skip
    found = comparable(newer, MODEL, known(MODEL, newer))
    assert (found.items, found.parts, found.whole) == (ALL, frozenset({"people"}), False)


def test_another_roll_up_leaves_items_alone_to_be_compared() -> None:
    newer = following("{}").model_copy(update={"roll_up": MODEL.roll_up.model_copy()})
    mean = newer.model_copy(update={"roll_up": type(MODEL.roll_up)(rule="mean")})
    assert comparable(newer, MODEL, known(MODEL, newer)).whole
    found = comparable(mean, MODEL, known(MODEL, mean))
    assert (found.items, found.parts, found.whole) == (ALL, frozenset[str](), False)


def test_maps_are_followed_over_several_editions() -> None:
    second = following("{forecast: {change: redefined, to: [forecast]}}")
    third = written(
        TEXT.replace('edition: "1"', 'edition: "3"\nfollows: {edition: "2", items: {}}')
    )
    assert comparable(third, MODEL, known(MODEL, second, third)).items == ALL - {"forecast"}


def test_without_the_maps_between_only_items_of_the_same_texts_are_compared() -> None:
    third = written(
        TEXT.replace('edition: "1"', 'edition: "3"\nfollows: {edition: "2", items: {}}').replace(
            "question: Who hires?", "question: Who trains?"
        )
    )
    assert comparable(third, MODEL, known(MODEL, third)).items == {"forecast", "budget"}


def test_a_cycle_of_maps_ends() -> None:
    one = written(TEXT.replace('edition: "1"', 'edition: "2"\nfollows: {edition: "3"}'))
    two = written(TEXT.replace('edition: "1"', 'edition: "3"\nfollows: {edition: "2"}'))
    assert comparable(one, MODEL, known(one, two, MODEL)).items == ALL


def test_the_older_edition_may_be_the_later_one() -> None:
    newer = following("{forecast: {change: redefined, to: [forecast]}}")
    # Beside edition 1 as the base, nothing tells what became of the items: their texts do.
    assert comparable(MODEL, newer, known(MODEL, newer)).items == ALL
