"""Tables of the keys of a definition: what each takes, what holds without it, and what it means."""

import inspect
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from attain.measurement.outcomes import Outcome
from attain.measurement.periods import Month
from attain.standards.cases import StripText
from attain.standards.definition import Key
from attain.standards.json_schema import meanings
from attain.standards.kinds.base import ModelReference, RequirementKind, ThresholdReference
from attain.standards.rendering import WORDS
from attain.standards.rule import Rule

_PLAIN: Mapping[Any, str] = {
    str: "text",
    int: "whole number",
    bool: "`true` or `false`",
    Fraction: "number or ratio",
    date: "date",
    datetime: "time with offset",
    Month: "month",
    Any: "anything",
    Key: "key",
    StripText: "strip",
    get_args(Rule)[0]: "[rule](scheme.md#the-rules)",
}
_BY = {"key": "key", "date": "date", "`key`, `moderate`, `low`": "criticality"}
Titles = Mapping[type[BaseModel], str]


def table_of(shape: type[BaseModel], titles: Titles) -> Iterator[str]:
    """Yield the keys of a definition as a table; `titles` are those of the sections on the page.

    The column with the meaning is left out where the definition explains none of its keys.
    """
    explained = meanings(shape)
    columns = ["key", "takes", "without it", *(["meaning"] if explained else [])]
    yield row(columns)
    yield "|" + "---|" * len(columns)
    for name, field in shape.model_fields.items():
        if name == "kind" and issubclass(shape, RequirementKind):
            continue
        cells = [f"`{name}`", takes(_annotation(field), titles), _without(field)]
        if explained and name not in explained:
            raise LookupError(f"{shape.__name__}.{name} has no docstring")
        yield row([*cells, explained[name]] if explained else cells)
    yield ""


def row(cells: Sequence[str]) -> str:
    """Write a row of a table."""
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def sections(shapes: Titles, notes: Mapping[type[BaseModel], str] | None = None) -> Iterator[str]:
    """Yield a section for each definition: its title, what it is, and its keys."""
    for shape, title in shapes.items():
        yield f"## {title}\n"
        yield f"{doc_of(shape)}\n"
        if notes and shape in notes:
            yield f"{notes[shape]}\n"
        yield from table_of(shape, shapes)


def doc_of(described: object) -> str:
    """Return the docstring of a class or function as a paragraph for each of its own."""
    text = inspect.cleandoc(getattr(described, "__doc__", None) or "")
    if not text:
        raise LookupError(f"{described} has no docstring")
    return "\n\n".join(" ".join(part.split()) for part in text.split("\n\n"))


def anchor(title: str) -> str:
    """Return the anchor that a title has on a page."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def outcomes(found: frozenset[Outcome]) -> str:
    """Write outcomes in the order in which they are always named."""
    return ", ".join(WORDS[outcome] for outcome in Outcome if outcome in found)


def _annotation(field: FieldInfo) -> Any:
    """Return the type of a key together with its marks."""
    if not field.metadata:
        return field.annotation
    return Annotated[(field.annotation, *field.metadata)]


def takes(annotation: Any, titles: Titles) -> str:
    """Say in a few words what may stand behind a key."""
    for known, words in _PLAIN.items():
        if annotation == known:
            return words
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _marked(arguments[0], arguments[1:], titles)
    if origin is Literal:
        return ", ".join(f"`{value}`" for value in arguments)
    if origin in (Union, UnionType):
        return " or ".join(takes(a, titles) for a in arguments if a is not type(None))
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return ", ".join(f"`{value}`" for value in annotation)
    if origin is tuple:
        return _listed(arguments, titles)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        key, value = arguments
        return f"{takes(value, titles)}, by {_BY.get(takes(key, titles), 'name')}"
    return f"[{_short(titles[annotation])}](#{anchor(titles[annotation])})"


def _short(title: str) -> str:
    return re.sub(r"^(The|A|An) ", "", title).lower()


def _listed(arguments: tuple[Any, ...], titles: Titles) -> str:
    if arguments[1:] == (...,):
        return f"list of {takes(arguments[0], titles)}"
    return f"list of {len(arguments)}: {', '.join(takes(a, titles) for a in arguments)}"


def _marked(annotation: Any, marks: tuple[Any, ...], titles: Titles) -> str:
    for mark in marks:
        if isinstance(mark, ThresholdReference):
            return f"threshold in `{mark.unit}`"
        if isinstance(mark, ModelReference):
            return "key of a model"
        if getattr(mark, "pattern", None):
            return _of_pattern(str(mark.pattern))
    return takes(annotation, titles)


def _of_pattern(pattern: str) -> str:
    return "strip" if "+" in pattern and "?" in pattern and "a-z" not in pattern else "key"


def _without(field: FieldInfo) -> str:
    """Say what holds where a key is left out."""
    if field.is_required():
        return "required"
    value = field.default
    if value is None or value in ((), {}, ""):
        return ""
    if isinstance(value, BaseModel):
        return "its values without keys"
    if isinstance(value, tuple):
        return f"`[{', '.join(value)}]`"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"
