"""The reference of a scheme's file: every key, every kind of requirement, every named rule."""

from collections.abc import Iterator
from inspect import getmodule
from typing import get_args

import yaml
from pydantic import BaseModel

from attain.standards.kinds.base import RequirementKind
from attain.standards.kinds.combining import ExceptionRule
from attain.standards.library import Library, SourceText, default_library
from attain.standards.named_rules import NAMED_RULES
from attain.standards.rule import Rule
from attain.standards.scheme import Requirement, Scheme, ScopeCondition, Tier
from attain.standards.thresholds import DatedThreshold, Threshold
from attain.standards.translations import (
    TranslatedReason,
    TranslatedRequirement,
    TranslatedTitle,
)
from tools.reference.shapes import doc_of, outcomes, sections, table_of

_HEAD = """\
# The scheme file

A scheme says what a centre must show to be certified: thresholds with their dates and sources, and
tiers of requirements. It is one YAML file, `schemes/KEY.yaml`, in the library that attain ships or
in a folder of your own; [a how-to](../how-to/write-a-scheme.md) writes one.

The file is read strictly. A key that is not listed here, a key that is given twice, a value of
another type, and a name that stands for nothing are each refused with file, line and column.
`attain library check` does so, and runs the [golden cases](cases.md). `attain library schema`
prints the same format as JSON Schema, for an editor that completes and checks while you type.

This page is written from the code by `make docs`.

## How values are written

- A *key* is a name in small letters and digits with hyphens or underscores between:
  `metrics-tracked`.
- A *number* is exact: `0.6` is six tenths, never the nearest binary fraction. A *ratio* is written
  `2/3`.
- A *date* is `2026-10-31`.
- A *threshold in* a unit is the key of an entry of `thresholds` that has this unit: `share` (0 to
  1), `months`, `count` or `level` (whole numbers). Rules never hold a number themselves, so that
  each number has its date and its source.
"""

_RULES = """\
## The rules

A rule has a `kind`, which decides what other keys it takes. The list is closed: there is no
expression language. A kind says which outcomes a requirement of it can have; all four are told
apart in [the four outcomes](../explanation/four-outcomes.md).
"""

_SHAPES: dict[type[BaseModel], str] = {
    Scheme: "The file",
    Threshold: "A threshold",
    DatedThreshold: "A dated value",
    Tier: "A tier",
    Requirement: "A requirement",
    ScopeCondition: "A condition of the scope",
    TranslatedTitle: "A translated title",
    TranslatedRequirement: "A translated requirement",
    TranslatedReason: "A translated reason",
}
_ALL_SHAPES: dict[type[BaseModel], str] = {**_SHAPES, ExceptionRule: "An exception of `unless`"}

_SOURCES = """\
## `sources.yaml`

The library's sources by key, in a file beside the folder `schemes`. Every source that a scheme
names must be listed in a library that is read: that of the scheme, or the one that attain ships.
"""


class _Dumper(yaml.SafeDumper):
    """Writes a list of plain values on one line, as the library does."""


def _represent_list(dumper: _Dumper, data: list[object]) -> yaml.Node:
    plain = all(isinstance(value, str) for value in data)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=plain)


_Dumper.add_representer(list, _represent_list)


def scheme_page() -> str:
    """Return the reference page of a scheme."""
    kinds = sorted(kinds_of_rules(), key=name_of)
    parts = [_HEAD, *sections(_SHAPES), _RULES]
    for kind in kinds:
        parts += _kind(kind)
    parts += [f"### {_ALL_SHAPES[ExceptionRule]}\n", f"{doc_of(ExceptionRule)}\n"]
    parts += table_of(ExceptionRule, _ALL_SHAPES)
    parts += _named_rules()
    parts += [_SOURCES, *table_of(SourceText, _SHAPES)]
    return "\n".join(parts)


def kinds_of_rules() -> tuple[type[RequirementKind], ...]:
    """Return the classes of the closed list."""
    union = get_args(Rule)[0]
    return get_args(union)


def name_of(kind: type[RequirementKind]) -> str:
    """Return what a rule of the kind has as its `kind`."""
    return str(get_args(kind.model_fields["kind"].annotation)[0])


def _kind(kind: type[RequirementKind]) -> Iterator[str]:
    yield f"### `{name_of(kind)}`\n"
    yield f"{doc_of(kind)}\n"
    # What holds for every kind of one file stands at its head, below its title.
    yield from (f"{paragraph}\n" for paragraph in doc_of(getmodule(kind)).split("\n\n")[1:])
    yield f"Can be: {_possible(kind)}\n"
    if len(kind.model_fields) > 1:
        yield from table_of(kind, _ALL_SHAPES)
    example = _example(kind, default_library())
    if example:
        yield f"```yaml\n{example}```\n"


def _possible(kind: type[RequirementKind]) -> str:
    if kind.possible is not RequirementKind.possible:
        return doc_of(kind.possible)[0].lower() + doc_of(kind.possible)[1:]
    return f"{outcomes(kind.can_be)}."


def _example(kind: type[RequirementKind], library: Library) -> str | None:
    """Write the first rule of the kind in the schemes of the library."""
    for key in library.keys("scheme"):
        for tier in library.scheme(key).tiers:
            for requirement in tier.requirements.values():
                if type(requirement.rule) is kind:
                    rule = requirement.rule.model_dump(mode="json", exclude_unset=True)
                    told = {"rule": rule}
                    return yaml.dump(told, Dumper=_Dumper, sort_keys=False, allow_unicode=True)
    return None


def _named_rules() -> Iterator[str]:
    yield "### The rules that `named_rule` knows\n"
    for name, rule in NAMED_RULES.items():
        yield f"- `{name}`: {' '.join(doc_of(rule.find).split())}"
        yield f"  Can be: {outcomes(rule.can_be)}."
    yield ""
