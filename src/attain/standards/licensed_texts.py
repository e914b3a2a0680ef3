"""Texts that an owner of a standard has a licence for, for items that are structure only."""

from collections.abc import Iterator, Mapping
from typing import Self

from pydantic import Field, model_validator

from attain.measurement.faults import Fault
from attain.standards.definition import Definition, Key
from attain.standards.maturity_model import MaturityModel
from attain.standards.model_items import Level
from attain.standards.yaml_nodes import Document


class LicensedItem(Definition):
    """The texts of one item that the model names without them."""

    title: str = ""
    """The name of the item, where it is another than the model's."""
    question: str
    """What an assessor asks."""
    levels: tuple[Level, ...] = Field(min_length=2)
    """A descriptor for each level that the model leaves to its items, lowest first."""

    @model_validator(mode="after")
    def _levels_ascend(self) -> Self:
        numbers = [level.level for level in self.levels]
        if numbers != sorted(set(numbers)):
            raise ValueError(f"levels {numbers}; expected each once, ascending")
        return self


class LicensedTexts(Definition):
    """The texts of items of one edition of a model, which their owner keeps for itself."""

    texts_for: Key
    """The key of the model."""
    edition: str
    """The edition of the model."""
    licence: str
    """By which licence, and of whom, the texts may be used."""
    items: Mapping[Key, LicensedItem] = Field(min_length=1)
    """The texts by the key of their item."""


def texts_faults(texts: LicensedTexts, document: Document, model: MaturityModel) -> Iterator[Fault]:
    """Yield a fault at everything that does not fit the model, by line and column."""
    if texts.texts_for != model.model:
        yield document.fault(("texts_for",), texts.texts_for, model.model)
    if texts.edition != model.edition:
        yield document.fault(("edition",), texts.edition, f'"{model.edition}"')
    if not texts.licence.strip():
        yield document.fault(("licence",), "nothing", "by which licence the texts may be used")
    without = {item.key for item in model.items if not item.is_rated}
    known = {item.key for item in model.items}
    for key, item in texts.items.items():
        if key in without:
            yield from _faults_of_item(key, item, document, model)
        else:
            found = f"{key}, which has texts of its own" if key in known else f"no item {key}"
            expected = f"an item that is structure only ({', '.join(sorted(without)) or 'none'})"
            yield document.fault(("items", key), found, expected)


def _faults_of_item(
    key: str, item: LicensedItem, document: Document, model: MaturityModel
) -> Iterator[Fault]:
    path = ("items", key)
    if not item.question.strip():
        yield document.fault((*path, "question"), "nothing", "what an assessor asks")
    found = [level.level for level in item.levels]
    described = [level.level for level in model.scale if not level.text]
    if model.scale and found != described:
        expected = f"levels {', '.join(map(str, described))}"
        yield document.fault((*path, "levels"), f"levels {', '.join(map(str, found))}", expected)
    for n, level in enumerate(item.levels):
        if not level.text.strip():
            expected = f"what is true on level {level.level}"
            yield document.fault((*path, "levels", n, "text"), "nothing", expected)
