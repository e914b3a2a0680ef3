"""Texts of a licence are held against the model that names their items without texts."""

import pytest

from attain.measurement.faults import Fault, RefusedError
from attain.standards.library import default_library
from attain.standards.licensed_texts import LicensedTexts, texts_faults
from attain.standards.loader import load
from attain.standards.maturity_model import MaturityModel
from attain.standards.yaml_nodes import read_yaml

MODEL: MaturityModel = default_library().model("customer-focused-government")
[WITHOUT] = [item.key for item in MODEL.items if not item.is_rated]
RATED = MODEL.rated_items[0].key
LEVELS = [level.level for level in MODEL.scale]


def written(
    *, of: str = MODEL.model, edition: str = MODEL.edition, licence: str = "bought", item: str = ""
) -> str:
    levels = ", ".join(f"{{level: {n}, text: Seen on level {n}}}" for n in LEVELS)
    item = item or f"{WITHOUT}: {{question: What is designed?, levels: [{levels}]}}"
    return f'texts_for: {of}\nedition: "{edition}"\nlicence: "{licence}"\nitems:\n  {item}\n'


def faults(text: str) -> list[Fault]:
    document = read_yaml(text, "texts.yaml")
    return list(texts_faults(load(document, LicensedTexts), document, MODEL))


def test_texts_for_every_item_that_lacks_them_fit() -> None:
    assert faults(written()) == []


@pytest.mark.parametrize(
    ("text", "line", "found", "expected"),
    [
        (written(of="another-model"), 1, "another-model", MODEL.model),
        (written(edition="1900"), 2, "1900", f'"{MODEL.edition}"'),
        (written(licence=" "), 3, "nothing", "by which licence"),
        (written(item="made-up: {question: Why?, levels: [{level: 1, text: a},"
                 " {level: 2, text: b}]}"), 5, "no item made-up", "structure only"),
        (written(item=f"{RATED}: {{question: Why?, levels: [{{level: 1, text: a}},"
                 " {level: 2, text: b}]}"), 5, "texts of its own", WITHOUT),
    ],
)  # fmt: skip
def test_a_fault_names_its_line(text: str, line: int, found: str, expected: str) -> None:
    [fault] = faults(text)
    assert fault.line == line
    assert found in fault.found
    assert expected in fault.expected


def test_a_missing_question_levels_and_descriptor_are_each_a_fault() -> None:
    told = faults(
        written(item=f'{WITHOUT}: {{question: " ", levels: [{{level: {LEVELS[0]}, text: " "}},'
                f" {{level: {LEVELS[1]}, text: b}}]}}")
    )  # fmt: skip
    assert [fault.found for fault in told][0::2] == ["nothing", "nothing"]
    assert told[1].expected == f"levels {', '.join(map(str, LEVELS))}"
    assert told[2].expected == f"what is true on level {LEVELS[0]}"


def test_levels_stand_each_once_and_ascend() -> None:
    text = written(item=f"{WITHOUT}: {{question: Why?, levels: [{{level: 2, text: a}},"
                   " {level: 1, text: b}]}")  # fmt: skip
    with pytest.raises(RefusedError) as refused:
        load(read_yaml(text, "texts.yaml"), LicensedTexts)
    assert "each once, ascending" in str(refused.value.faults[0].expected)
