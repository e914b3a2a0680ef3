"""Golden cases of a model: ratings and figures, with the roll-up, colours and claims expected."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from pydantic import ValidationError

from attain.measurement.faults import Fault
from attain.measurement.numbers import write_exact
from attain.standards.cases import Given, OutcomeWord, merged
from attain.standards.claims import ClaimFinding, contradictions, find_conditions
from attain.standards.definition import Definition, Key
from attain.standards.maturity_model import MaturityModel
from attain.standards.ratings import ItemRating, RolledUp, colour_of, roll_up
from attain.standards.thresholds import Day, NotInForceError
from attain.standards.yaml_nodes import Document

Found = Mapping[str, tuple[ClaimFinding, ...]]
ColourWord = Literal["red", "amber", "green"]


class CaseRating(Definition):
    """What was said of an item in a case."""

    level: int | None = None
    """Its level."""
    target: int | None = None
    """Its target."""
    not_applicable: str | None = None
    """Why it does not apply."""

    def build(self) -> ItemRating:
        """Return the rating."""
        return ItemRating(self.level, self.target, self.not_applicable)


class ModelExpected(Definition):
    """What must be found: only what is stated is looked at."""

    whole: str | None = None
    """The roll-up of the whole, such as 2 or 3/2; `open` where it cannot be told."""
    parts: Mapping[Key, str] = {}
    """The roll-up of categories or components."""
    colours: Mapping[Key, ColourWord] = {}
    """The colours of items."""
    gaps: Mapping[Key, int] = {}
    """The levels that items are short of their targets."""
    conditions: Mapping[str, OutcomeWord] = {}
    """The outcomes of conditions by `item/number`, counted from 1."""
    every_condition: OutcomeWord | None = None
    """The outcome of all conditions that are not named."""
    denied: tuple[str, ...] | None = None
    """The conditions that deny the level claimed of their item, and no others."""


class ModelCase(Definition):
    """One case: its name says in a sentence what it shows."""

    name: str
    """What the case shows, as a sentence."""
    as_of: Day
    """The date of the figures."""
    every_item: CaseRating = CaseRating()
    """What was said of the items that are not named."""
    ratings: Mapping[Key, CaseRating] = {}
    """What was said of items."""
    base: str | None = None
    """The centre whose figures are looked at."""
    change: Mapping[str, Any] = {}
    """Entries by table that differ from the base; null takes an entry away."""
    limit: Key | None = None
    """The threshold at whose limit the case stands, on or past it."""
    expect: ModelExpected
    """What must be found."""


class ModelCases(Definition):
    """The golden cases of one maturity model."""

    cases_of: Key
    """The model."""
    bases: Mapping[str, Mapping[str, Any]] = {}
    """Centres that cases start from, by the tables of a base."""
    cases: tuple[ModelCase, ...]
    """The cases."""


def check_model_cases(
    cases: ModelCases, document: Document, model: MaturityModel
) -> Iterator[Fault]:
    """Yield a fault at each case whose expectation the model does not fulfil."""
    for number, case in enumerate(cases.cases):
        try:
            differing = list(model_differences(cases, case, model))
        except (ValidationError, KeyError, NotInForceError) as error:
            found = " ".join(str(error).split())
            yield document.fault(("cases", number), found, "a base and entries of its tables")
            continue
        for found, expected in differing:
            yield document.fault(("cases", number), f"{found} ({case.name})", expected)


def model_differences(
    cases: ModelCases, case: ModelCase, model: MaturityModel
) -> Iterator[tuple[str, str]]:
    """Yield what was found and what was expected, wherever the two differ."""
    ratings = _ratings(case, model)
    yield from _of_roll_up(case.expect, model, ratings)
    yield from _of_items(case.expect, model, ratings)
    if case.base is not None:
        yield from _of_conditions(cases, case, model, ratings)


def _ratings(case: ModelCase, model: MaturityModel) -> dict[str, ItemRating]:
    unknown = case.ratings.keys() - {item.key for item in model.items}
    if unknown:
        raise KeyError(f"no item {', '.join(sorted(unknown))}")
    return {i.key: case.ratings.get(i.key, case.every_item).build() for i in model.rated_items}


def _of_roll_up(
    expect: ModelExpected, model: MaturityModel, ratings: Mapping[str, ItemRating]
) -> Iterator[tuple[str, str]]:
    standing = roll_up(model, ratings)
    if expect.whole is not None and _told(standing.whole) != expect.whole:
        yield f"whole {_told(standing.whole)}", expect.whole
    for key, expected in expect.parts.items():
        if _told(standing.parts[key]) != expected:
            yield f"{key} {_told(standing.parts[key])}", expected


def _told(rolled: RolledUp) -> str:
    return "open" if rolled.value is None else write_exact(rolled.value)


def _of_items(
    expect: ModelExpected, model: MaturityModel, ratings: Mapping[str, ItemRating]
) -> Iterator[tuple[str, str]]:
    for key, colour in expect.colours.items():
        if colour_of(model, ratings[key]) != colour:
            yield f"{key} {colour_of(model, ratings[key])}", colour
    for key, gap in expect.gaps.items():
        if ratings[key].gap != gap:
            yield f"{key} with a gap of {ratings[key].gap}", str(gap)


def outcomes_of_conditions(
    cases: ModelCases, case: ModelCase, model: MaturityModel
) -> dict[str, str]:
    """Return the outcome of every condition of a model for the centre of a case."""
    return _outcomes(_found(cases, case, model))


def _outcomes(found: Found) -> dict[str, str]:
    return {
        f"{item}/{number}": str(each.finding.outcome)
        for item, conditions in found.items()
        for number, each in enumerate(conditions, 1)
    }


def _found(cases: ModelCases, case: ModelCase, model: MaturityModel) -> Found:
    given = Given.model_validate(merged(cases.bases[case.base or ""], case.change))
    return find_conditions(model, given.build(case.as_of), case.as_of)


def _of_conditions(
    cases: ModelCases, case: ModelCase, model: MaturityModel, ratings: Mapping[str, ItemRating]
) -> Iterator[tuple[str, str]]:
    found = _found(cases, case, model)
    outcomes = _outcomes(found)
    for name, outcome in outcomes.items():
        expected = case.expect.conditions.get(name, case.expect.every_condition)
        if expected is not None and outcome != expected:
            yield f"{name} {outcome}", expected
    for name in case.expect.conditions.keys() - outcomes.keys():
        yield f"no condition {name}", "a condition of the model"
    if case.expect.denied is not None:
        denied = tuple(
            f"{each.item}/{found[each.item].index(each) + 1}"
            for each in contradictions(found, ratings)
        )
        if set(denied) != set(case.expect.denied):
            yield f"denied {_listed(denied)}", _listed(case.expect.denied)


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(names) or "nothing"
