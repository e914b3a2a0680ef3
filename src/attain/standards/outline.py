"""Definitions as text for a person: a scheme's tiers, a model's levels, a list's metrics."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from attain.measurement.faults import on_one_line
from attain.measurement.numbers import write_exact
from attain.standards.maturity_model import MaturityModel, Part
from attain.standards.metric_library import LibraryMetric, MetricList
from attain.standards.model_items import ItemText
from attain.standards.scheme import Requirement, Scheme
from attain.standards.thresholds import Threshold


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
    return _text(lines)


def _threshold(key: str, threshold: Threshold) -> Iterator[str]:
    yield f"  {key}: {threshold.title} ({threshold.unit})"
    for day, dated in sorted(threshold.values.items()):
        note = f"; {dated.note}" if dated.note else ""
        since = "always" if day == date.min else f"from {day}"
        yield f"    {since}: {write_exact(dated.value)} ({dated.source}, {dated.clause}{note})"


def _requirement(key: str, requirement: Requirement) -> Iterator[str]:
    yield f"  {key} ({requirement.strength}; {requirement.clause}): {requirement.title}"
    yield f"    {requirement.why}"
    condition = requirement.not_applicable_when
    if condition:
        where = _options(condition.model_dump(mode="json", exclude={"reason"}))
        yield f"    not applicable where {where}: {condition.reason}"
    yield f"    rule {_rule(requirement.rule.model_dump(mode='json'))}"


def _rule(rule: Mapping[str, Any]) -> str:
    options = _options({name: value for name, value in rule.items() if name != "kind"})
    return f"{rule['kind']}: {options}" if options else str(rule["kind"])


def _options(options: Mapping[str, Any]) -> str:
    # An option that is not given, or false, asks for nothing; the outline is English.
    given = {
        name: value
        for name, value in options.items()
        if value not in (None, [], False) and name != "translations"
    }
    return ", ".join(f"{name} {_plain(value)}" for name, value in given.items())


def _plain(value: object) -> str:
    if isinstance(value, Mapping):
        return f"({_rule(value) if 'kind' in value else _options(value)})"
    if isinstance(value, list):
        return ", ".join(map(_plain, value))
    return "yes" if value is True else str(value)


def outline_model(model: MaturityModel) -> str:
    """Write a model: its parts, groups and items, with the descriptor of each level."""
    lines = [f"{model.title} ({model.model}), edition {model.edition}, {model.status}"]
    lines += [f"{len(model.items)} items; {model.licence}"]
    for part in model.parts.values():
        lines += _part(part)
    return _text(lines)


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


def outline_metrics(listed: MetricList) -> str:
    """Write a list of metrics: what each divides by what, which way it is better, and why."""
    lines = [f"{listed.title} ({listed.metrics}), edition {listed.edition}, {listed.status}"]
    lines += [f"{len(listed.listed)} metrics; {listed.licence}"]
    for process in dict.fromkeys(metric.process for metric in listed.listed.values()):
        lines += ["", process]
        for key, metric in listed.listed.items():
            if metric.process == process:
                lines += _metric(key, metric)
    return _text(lines)


def _metric(key: str, metric: LibraryMetric) -> Iterator[str]:
    unit = f" in {metric.unit}" if metric.unit else ""
    yield f"  {metric.title} ({key}): {metric.aspect}{unit}, {metric.better} is better"
    divided = f" / {metric.denominator}" if metric.denominator else ""
    yield f"    {metric.numerator}{divided}"
    yield f"    {metric.why}"


def _text(lines: Iterable[str]) -> str:
    # A text of several lines stays so; nothing in it reaches the terminal as an instruction.
    parts = (part for line in lines for part in line.splitlines() or [""])
    return "\n".join(on_one_line(part).rstrip() for part in parts) + "\n"
