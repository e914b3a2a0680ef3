"""The rules by which the text of a draft is changed."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessed import TEXT
from attain.assessments.rules import drafting
from attain.assessments.rules.drafting import Spot
from attain.assessments.rules.template import TEMPLATE, from_template
from attain.standards.library import default_library
from attain.standards.loader import load
from attain.standards.maturity_model import MaturityModel
from attain.standards.yaml_nodes import read_yaml
from attain.standards.yaml_writing import write_yaml

_SCALARS = (
    st.text()
    | st.integers(-(10**12), 10**12)
    | st.decimals(-1000, 1000, places=3)
    | st.booleans()
    | st.none()
    | st.sampled_from(
        [
            "no",
            "1:30",
            "2026-11",
            "0.50",
            "~",
            "null",
            "a\x85b",
            "\u2028",
            "\ufeff",
            "a\r\nb",
            "- a",
            "a: b",
            "# c",
            " x ",
        ]
    )
)
_KEYS = st.text("abcdefghij-", min_size=1)
_DATA = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEYS, inner, max_size=4),
    max_leaves=20,
)


def model(data: Any) -> MaturityModel:
    return load(read_yaml(drafting.text_of(data), "model.yaml"), MaturityModel)


@given(st.dictionaries(_KEYS, _DATA, min_size=1))
def test_what_is_written_is_read_as_it_was(data: dict[str, Any]) -> None:
    assert read_yaml(write_yaml(data), "any.yaml").data == data


@pytest.mark.parametrize("key", default_library().keys("model"))
def test_every_model_of_the_library_is_the_same_model_once_written_anew(key: str) -> None:
    path = default_library().find("model", key)
    data = drafting.data_of(path.read_text(encoding="utf-8"))
    assert model(data) == default_library().model(key)


def test_the_template_loads_and_shows_every_part() -> None:
    loaded = load(read_yaml(TEMPLATE, "template.yaml"), MaturityModel)
    assert [len(part.all_items) for part in loaded.parts.values()] == [2, 2]
    assert len(loaded.rated_items) == 3


def test_a_model_from_the_template_has_the_names_that_were_given() -> None:
    made = model(from_template(key="ours", title="Ours", licence="Internal, 2026"))
    assert (made.model, made.title, made.licence) == ("ours", "Ours", "Internal, 2026")
    assert (made.edition, made.status, made.follows) == ("1", "draft", None)


def test_a_clone_under_a_new_key_follows_nothing() -> None:
    data = drafting.data_of(TEXT) | {"follows": {"edition": "0", "items": {}}}
    made = model(drafting.cloned(data, key="ours", title="Ours", edition="1"))
    assert made.follows is None
    assert made.status == "draft"


def test_a_clone_as_the_next_edition_names_the_one_before_with_an_empty_item_map() -> None:
    data = drafting.data_of(TEXT)
    made = model(drafting.cloned(data, key="small-centre", title="S", edition="2", follows="1"))
    assert made.follows is not None
    assert (made.follows.edition, dict(made.follows.items)) == ("1", {})


def test_an_item_goes_to_another_category_and_keeps_what_is_not_named() -> None:
    data = drafting.data_of(TEXT)
    data["categories"]["planning"]["items"]["budget"]["criticality"] = "key"
    changed = drafting.with_item(data, Spot("people"), "budget", {"title": "Money"})
    made = model(changed)
    assert [i.key for i in made.items] == ["forecast", "hiring", "outside", "budget"]
    assert (made.items[-1].title, made.items[-1].criticality) == ("Money", "key")
    assert "budget" in data["categories"]["planning"]["items"], "the data given were changed"


def test_what_is_none_is_left_out_of_an_item() -> None:
    data = drafting.data_of(TEXT)
    data["categories"]["planning"]["items"]["budget"]["process"] = "finance"
    changed = drafting.with_item(data, Spot("planning"), "budget", {"process": None})
    assert "process" not in changed["categories"]["planning"]["items"]["budget"]


def test_items_and_categories_move_among_those_beside_them_and_not_beyond() -> None:
    data = drafting.data_of(TEXT)
    up = drafting.item_moved(data, "budget", -1)
    assert [i.key for i in model(up).items][:2] == ["budget", "forecast"]
    assert drafting.item_moved(up, "budget", -1) == up
    assert list(model(drafting.part_moved(data, "people", -1)).parts) == ["people", "planning"]


def test_an_item_that_is_not_there_cannot_be_removed() -> None:
    with pytest.raises(KeyError):
        drafting.without_item(drafting.data_of(TEXT), "nowhere")


def test_a_category_leaves_with_its_items() -> None:
    made = model(drafting.without_part(drafting.data_of(TEXT), "people"))
    assert [i.key for i in made.items] == ["forecast", "budget"]


def test_a_group_is_a_spot_of_its_own() -> None:
    library = default_library()
    path = library.find("model", "customer-focused-government")
    data = drafting.data_of(path.read_text(encoding="utf-8"))
    spots = drafting.spots_of(data)
    assert all(spot.group for spot in spots)
    assert Spot.read(str(spots[0])) == spots[0]
    with pytest.raises(KeyError):
        drafting.items_at(data, Spot(spots[0].part))


def test_a_text_says_of_itself_what_became_of_it() -> None:
    assert "\nstatus: withdrawn\n" in drafting.with_status(TEXT, "withdrawn")
    assert drafting.with_status("{status: draft}", "published") == "{status: draft}"
