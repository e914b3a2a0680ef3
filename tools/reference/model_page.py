"""The reference of a maturity model's file."""

from pydantic import BaseModel

from attain.standards.maturity_model import Follows, Group, ItemChange, MaturityModel, Part
from attain.standards.model_items import ClaimCondition, ItemText, Level, LevelStep, ScaleLevel
from attain.standards.model_rules import Colours, RollUp
from attain.standards.thresholds import DatedThreshold, Threshold
from attain.standards.translations import TranslatedItem, TranslatedLevel, TranslatedTitle
from tools.reference.shapes import sections

_HEAD = """\
# The model file

A maturity model lists the practices of a centre by category or component, and says for each what
is true on every level. It is one YAML file, `models/KEY.yaml`, in the library that attain ships or
in a folder of your own. A scheme judges the practices of a model by `practice_floors` and
`practice_share`; see [the scheme file](scheme.md). Values are written as there.

`attain library show KEY` prints a model, with `--json` for another program.

This page is written from the code by `make docs`.
"""

_SHAPES: dict[type[BaseModel], str] = {
    MaturityModel: "The file",
    Part: "A category or component",
    Group: "A group",
    ItemText: "An item",
    Level: "A level",
    LevelStep: "A step",
    ClaimCondition: "A condition",
    ScaleLevel: "A level of the scale",
    RollUp: "A roll-up",
    Colours: "The colours",
    Follows: "The edition before",
    ItemChange: "A change of an item",
    Threshold: "A threshold",
    DatedThreshold: "A dated value",
    TranslatedTitle: "A translated title",
    TranslatedItem: "A translated item",
    TranslatedLevel: "A translated level",
}
_NOTES: dict[type[BaseModel], str] = {
    MaturityModel: "One of `categories` and `components` is given. Each item has a key of its own "
    "in the whole model.",
    Part: "One of `groups` and `items` is given.",
    ItemText: "The key of an item is what a row of `practices.csv` names in its column `item`.",
    ClaimCondition: "A rule is written as in [the scheme file](scheme.md#the-rules). It looks at "
    "readings and records; the kinds over practices and lower tiers are refused here.",
    ScaleLevel: "Every item describes each level of the scale that has no text of its own.",
    Level: "The numbers of an item's levels ascend, each once.",
}


def model_page() -> str:
    """Return the reference page of a maturity model."""
    return "\n".join([_HEAD, *sections(_SHAPES, _NOTES)])
