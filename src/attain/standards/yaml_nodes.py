"""YAML as plain data with the place of each part; nothing is guessed, nothing given twice.

Only null, true, false and plain numbers are read as such (YAML 1.2's core, without its exotic
spellings): `no` is a text, 1:30 is a text, and a date is a text that its reader parses. Aliases
and tags are refused: what a part is stands where it is read, and a few lines stay a few lines.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeAlias

import yaml

from attain.measurement.faults import Fault, RefusedError
from attain.measurement.numbers import LONGEST_NUMBER

Path: TypeAlias = tuple[str | int, ...]
_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+")
_WORDS: Mapping[str, object] = {"": None, "null": None, "~": None, "true": True, "false": False}
DEEPEST = 40
LARGEST = 4 * 1024 * 1024


@dataclass(frozen=True)
class Place:
    """A line and a column, both counted from 1."""

    line: int
    column: int


@dataclass
class Document:
    """The data of a YAML file, the place of each of its parts, and the faults met on the way."""

    file: str
    data: Any = None
    places: dict[Path, Place] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def place(self, path: Path) -> Place:
        """Return the place of a part, or of the nearest part around it that has one."""
        known = [part for part in path if part is not None]
        while tuple(known) not in self.places and known:
            known.pop()
        return self.places.get(tuple(known), Place(1, 1))

    def fault(self, path: Path, found: object, expected: str) -> Fault:
        """Return a fault at a part of the document, its column the line's column."""
        place = self.place(path)
        return Fault(self.file, place.line, str(place.column), str(found), expected)


def read_yaml(text: str, file: str) -> Document:
    """Read one YAML document; RefusedError where it is no YAML, too deep or too large."""
    document = Document(file)
    if len(text) > LARGEST:
        raise RefusedError([Fault(file, 1, "1", f"{len(text)} characters", f"at most {LARGEST}")])
    _refuse_what_is_not_plain(text, file)
    try:
        root = yaml.compose(text, Loader=_loader())
    except yaml.YAMLError as error:
        raise RefusedError([_syntax_fault(error, file, text)]) from error
    if root is not None:
        document.data = _plain(root, (), document)
    return document


def _loader() -> type[Any]:
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _refuse_what_is_not_plain(text: str, file: str) -> None:
    # The parser is recursive, in C where it can be, and so is what reads its tree: what is nested
    # too deep, or in itself by an alias, must reach neither.
    depth = 0
    try:
        for event in yaml.parse(text, Loader=_loader()):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            fault = _not_plain(event, depth)
            if fault:
                mark = event.start_mark
                line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
                raise RefusedError([Fault(file, line, str(column), *fault)])
    except yaml.YAMLError as error:
        raise RefusedError([_syntax_fault(error, file, text)]) from error


def _not_plain(event: yaml.Event, depth: int) -> tuple[str, str] | None:
    if depth > DEEPEST:
        return f"more than {DEEPEST} levels of nesting", "fewer"
    if isinstance(event, yaml.AliasEvent):
        return f"the alias *{event.anchor}", "each part written out where it stands"
    tag = getattr(event, "tag", None)
    return (f"the tag {tag}", "plain data without tags") if tag else None


def _syntax_fault(error: yaml.YAMLError, file: str, text: str) -> Fault:
    if isinstance(error, yaml.reader.ReaderError):
        before = text.partition(chr(error.character))[0]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        found = f"the character U+{error.character:04X}"
        return Fault(file, line, str(column), found, "characters that can be printed")
    mark = getattr(error, "problem_mark", None)
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    found = str(getattr(error, "problem", None) or error)
    found = found.removeprefix("but ").removeprefix("found ")
    return Fault(file, line, str(column), found, "one YAML document")


def _plain(node: yaml.Node, path: Path, document: Document) -> Any:
    place = Place(node.start_mark.line + 1, node.start_mark.column + 1)
    document.places.setdefault(path, place)
    if isinstance(node, yaml.MappingNode):
        return _plain_mapping(node, path, document)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*path, n), document) for n, item in enumerate(node.value)]
    return read_scalar(str(node.value), quoted=bool(getattr(node, "style", None)))


def _plain_mapping(node: yaml.MappingNode, path: Path, document: Document) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else "?"
        here = Place(key_node.start_mark.line + 1, key_node.start_mark.column + 1)
        if key in result:
            first = document.places[(*path, key)].line
            column, found = str(here.column), f"{key} again, first on line {first}"
            document.faults.append(Fault(document.file, here.line, column, found, "each key once"))
            continue
        document.places[(*path, key)] = here
        result[key] = _plain(value_node, (*path, key), document)
    return result


def read_scalar(text: str, *, quoted: bool) -> object:
    """Return a scalar as null, a truth value, an exact number or a text; a quoted one is a text."""
    if quoted:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if len(text) > LONGEST_NUMBER:
        return text
    if _INTEGER.fullmatch(text):
        return int(text)
    return Decimal(text) if _DECIMAL.fullmatch(text) else text
