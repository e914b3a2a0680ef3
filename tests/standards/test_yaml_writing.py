"""Plain data written as YAML: the strict reader takes it for the very same data."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attain.standards.yaml_nodes import read_yaml
from attain.standards.yaml_writing import write_yaml

# The reader refuses control characters wherever they stand, as YAML does.
_TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn"), include_characters="\n\t"))
_VALUES = st.none() | st.booleans() | st.integers() | _TEXTS


@given(st.dictionaries(st.from_regex(r"[a-z]{1,8}", fullmatch=True), _VALUES | st.lists(_VALUES)))
def test_what_is_written_is_read_as_it_was(data: dict[str, object]) -> None:
    if data:
        assert read_yaml(write_yaml(data), "any.yaml").data == data


@pytest.mark.parametrize("text", ["yes", "null", "2026-10-31", "0.5", "1e3", "- a", "a: b", "#x"])
def test_a_text_that_looks_like_something_else_stays_a_text(text: str) -> None:
    assert read_yaml(write_yaml({"value": text}), "any.yaml").data == {"value": text}


def test_an_exact_number_keeps_its_digits() -> None:
    assert write_yaml({"value": Decimal("0.0000000005")}) == "value: 0.0000000005\n"


def test_what_stands_twice_is_written_twice() -> None:
    same = ["a", "b"]
    assert "&" not in write_yaml({"one": same, "two": same})
