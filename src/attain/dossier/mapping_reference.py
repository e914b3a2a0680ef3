"""The reference of the mapping file, written from its model so that it cannot fall behind."""

from collections.abc import Iterator
from typing import Any

from attain.dossier import mapping
from attain.dossier.mapping import Mapping, Part

_HEAD = """\
# The mapping file

How a table of a dossier is filled from a spreadsheet or CSV of your own:

```
attain import NAME FILE --mapping MAPPING.yaml --out DOSSIER
```

`NAME` is a table of the dossier, such as `readings`. `FILE` ends in `.csv`, `.tsv`, `.txt`,
`.xlsx`, `.xls` or `.ods`, has at most 25 MB and gives at most 200,000 rows. The mapping is YAML;
texts, numbers and dates are read exactly as they are written, and a key that is not listed here
is refused. [A how-to](../how-to/import-your-own-data.md) goes through an example.

This page is written from the code by `make docs`.
"""

_RULES = """\
## What holds for every import

- All or nothing: with any fault nothing is written, the exit status is 2, and each fault stands
  on one line of standard error as `file:line: column: found ..., expected ...`.
- An empty cell is missing, and never 0. A row that has none of its figures is left out, counted
  and told. A row that has some of them is refused.
- A dossier that is there already keeps its rows. A row whose key is there with equal values is
  one row, and told; with other values both are refused. It also keeps its `dossier.yaml`; what
  the mapping would say otherwise is told.
- Texts stay exactly what they are, also where they begin with `=`, `+`, `-` or `@`. A number in a
  text column of a spreadsheet is written without a decimal point (123, not 123.0).
- Dates and numbers are read as declared and never guessed. Cells that a spreadsheet itself holds
  as dates are dates, whatever the `format`; a column that is half dates and half texts is
  refused.
- A spreadsheet keeps 15 digits of a number, and no more are read. A cell in error (`#DIV/0!`) is
  an empty cell.
- A local time that the clocks skip is refused; one that they show twice is refused unless
  `occurrence` says how the rows stand. Times with an offset need neither.
"""

_SECTIONS: tuple[tuple[str, str, type[Part]], ...] = (
    ("The file", "All keys may be left out.", Mapping),
    ("`file`", "", mapping.FileOptions),
    (
        "A source: what stands behind a column",
        "The name of a column alone, or these keys; one of `column` and `value`.",
        mapping.Source,
    ),
    ("A condition of `filter`", "One comparison each.", mapping.Condition),
    ("`scope`", "", mapping.ScopeColumn),
    ("`times`", "", mapping.Times),
    ("`dossier`", "", mapping.Header),
    ("`volume` of `dossier`", "`{sum: COLUMN}` has one key.", mapping.Volume),
)


def mapping_page() -> str:
    """Return the reference page of the mapping file."""
    sections = ("\n".join(_section(*section)) for section in _SECTIONS)
    return "\n".join([_HEAD, *sections, _RULES])


def _section(title: str, note: str, part: type[Part]) -> Iterator[str]:
    """Yield the lines of one part: its keys, what they take, and what holds without them."""
    yield f"## {title}\n"
    if note:
        yield f"{note}\n"
    yield "| key | takes | without it | meaning |"
    yield "|---|---|---|---|"
    schema = part.model_json_schema(by_alias=True)
    for name, field in part.model_fields.items():
        key = field.alias or name
        about = schema["properties"][key]
        default = "required" if field.is_required() else _default(about.get("default"))
        takes = _takes(about, schema.get("$defs", {}))
        yield f"| `{key}` | {takes} | {default} | {field.description} |"
    yield ""


def _default(value: Any) -> str:
    """Say what holds where a key is left out."""
    if value is None or value in ([], {}):
        return ""
    return "`no`" if value is False else f"`{value}`"


def _takes(about: dict[str, Any], definitions: dict[str, Any]) -> str:
    """Say in a few words what may stand behind a key."""
    if "$ref" in about:
        name = about["$ref"].rpartition("/")[2]
        return _takes(definitions[name], definitions)
    if "anyOf" in about:
        kinds = [_takes(kind, definitions) for kind in about["anyOf"] if kind.get("type") != "null"]
        return " or ".join(kinds)
    if "enum" in about:
        return ", ".join(f"`{value}`" for value in about["enum"])
    if about["type"] == "array":
        return f"list of {_takes(about['items'], definitions)}"
    if about["type"] == "object":
        return _of_keys(about)
    return {"string": "text", "boolean": "`yes`, `no`", "integer": "whole number"}[about["type"]]


def _of_keys(about: dict[str, Any]) -> str:
    """Say what keys stand behind a key: columns, texts, tables, or those of another section."""
    inner = about.get("additionalProperties")
    if not inner:
        return "keys, see below"
    if "$ref" in inner:
        return "columns, each with its source"
    if inner.get("type") == "array":
        return "tables, each a list of rows"
    return "texts, each with a text"
