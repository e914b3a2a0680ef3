"""Definitions as text for a person: a scheme's tiers and limits, a model's items and levels."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from attain.measurement.numbers import write_exact
from attain.standards.maturity_model import ItemText, MaturityModel, Part
from attain.standards.scheme import Requirement, Scheme, Threshold


def outline_scheme(scheme: Scheme) -> str:
    """Write a scheme: its thresholds by date, and each tier with its requirements."""
    lines = [f"{scheme.title} ({scheme.scheme}), edition {scheme.edition}, {scheme.status}"]
    lines += [f"for a {' or a '.join(scheme.applies_to)}; {scheme.licence}", "", "Thresholds"]
    for key, threshold in scheme.thresholds.items():
        lines += _threshold(key, threshold)
    for tier in scheme.tiers:
        lines += ["", f"Tier {tier.tier}, {tier.title}"]
        for key, requirement in tier.requirements.items():
            lines += _requirement(key, requirement)
    return "\n".join(lines) + "\n"


def _threshold(key: str, threshold: Threshold) -> Iterator[str]:
    yield f"  {key}: {threshold.title} ({threshold.unit})"
    for day, dated in sorted(threshold.values.items()):
        note = f"; {dated.note}" if dated.note else ""
        since = "always" if day == date.min else f"from {day}"
        yield f"    {since}: {write_exact(dated.value)} ({dated.source}, {dated.clause}{note})"


def _requirement(key: str, requirement: Requirement) -> Iterator[str]:
    yield f"  {key} ({requirement.strength}; {requirement.clause}): {requirement.title}"
    yield f"    {requirement.why}"
    options = {
        name: value
        for name, value in requirement.rule.model_dump(mode="json", fallback=_plain).items()
        if name != "kind" and value not in (None, [], False)
    }
    told = ", ".join(f"{name} {_plain(value)}" for name, value in options.items())
    yield f"    rule {requirement.rule.kind}" + (f": {told}" if told else "")


def _plain(value: object) -> str:
    if isinstance(value, Fraction):
        return write_exact(value)
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def outline_model(model: MaturityModel) -> str:
    """Write a model: its parts, groups and items, with the descriptor of each level."""
    lines = [f"{model.title} ({model.model}), edition {model.edition}, {model.status}"]
    lines += [f"{len(model.items)} items; {model.licence}"]
    for part in model.parts.values():
        lines += _part(part)
    return "\n".join(lines) + "\n"


def _part(part: Part) -> Iterator[str]:
    yield ""
    yield part.title
    for group in part.groups.values():
        yield f"  {group.title}"
        for key, item in group.items.items():
            yield from _item(key, item)
    for key, item in part.items.items():
        yield from _item(key, item)


def _item(key: str, item: ItemText) -> Iterator[str]:
    yield f"    {item.title} ({key}, {item.criticality}): {item.question}"
    for level in item.levels:
        yield f"      {level.level}  {level.text}"
