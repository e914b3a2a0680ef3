"""How a verdict of the program is laid beside the oracle's, and each difference told."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any


def differences(told: dict[str, Any], oracle: dict[str, Any]) -> list[str]:
    """Return a sentence for each point in which the program departs from the oracle."""
    return list(_differences(told, oracle))


def _differences(told: dict[str, Any], oracle: dict[str, Any]) -> Iterator[str]:
    if told["tier"] != oracle["tier"]:
        yield f"tier: {told['tier']}, the contract says {oracle['tier']}"
    if [tier["tier"] for tier in told["tiers"]] != [1, 2, 3]:
        yield f"tiers are {[tier['tier'] for tier in told['tiers']]}"
    for tier, expected in zip(told["tiers"], oracle["tiers"], strict=True):
        where = f"tier {tier['tier']}"
        if tier["outcome"] != expected["outcome"]:
            yield f"{where}: {tier['outcome']}, the contract says {expected['outcome']}"
        keys = [requirement["key"] for requirement in tier["requirements"]]
        if keys != list(expected["requirements"]):
            yield f"{where}: requirements are {keys}"
            continue
        for requirement in tier["requirements"]:
            for point in _points(requirement, expected["requirements"][requirement["key"]]):
                yield f"{where} {requirement['key']}: {point}"


def _points(told: dict[str, Any], expected: dict[str, Any]) -> Iterator[str]:
    if told["outcome"] != expected["outcome"]:
        yield f"{told['outcome']}, the contract says {expected['outcome']}"
        return
    if "measured" in expected and _ratio(told["measured"]) != expected["measured"]:
        yield f"measured {told['measured']}, the contract says {expected['measured']}"
    if told["outcome"] == "undetermined":
        named = expected["missing"]
        yield from _missing(told["missing"], named, named | expected.get("gaps", set()))
    for child in told["children"]:
        outcome = expected.get("children", {}).get(child["key"], child["outcome"])
        if child["outcome"] != outcome:
            yield f"{child['key']} {child['outcome']}, the contract says {outcome}"
    for name in expected.get("left_out", ()):
        if not any(entry.startswith(name) for entry in told["left_out"]):
            yield f"left_out {told['left_out']} does not name {name}"
    if expected.get("reason") and not told["left_out"]:
        yield "no reason why it is not applicable"


def _ratio(text: str | None) -> Fraction | None:
    """Read a bare ratio or an exact decimal."""
    return None if text is None else Fraction(text)


def _missing(told: list[str], named: set[str], gaps: set[str]) -> Iterator[str]:
    """Compare names of what is missing, as far as the contract fixes their words."""
    for name in named:
        if not any(_goes_on(entry, name) for entry in told):
            yield f"missing {told} does not name {name}"
    for entry in told:
        if not any(_goes_on(entry, name) for name in gaps):
            yield f"missing names {entry}, which is not missing"


def _goes_on(entry: str, name: str) -> bool:
    return entry == name or entry.startswith(f"{name} ")
