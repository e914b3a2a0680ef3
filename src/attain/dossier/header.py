"""`dossier.yaml`: what is assessed, when, in which zone, over which channels and what volume.

Read as a tree of texts with their lines, so that YAML guesses nothing: `no`, `1_000` and `012`
stay what a person wrote.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import yaml

from attain.dossier import cells
from attain.dossier.cells import Cell, CellError, one_of, shown
from attain.dossier.csvfile import foreign_content
from attain.dossier.faultlist import FaultList, column_named
from attain.measurement.faults import Fault
from attain.measurement.zones import zone_named
from attain.standards.figures import Operation, Scope, ScopeKind

FILE = "dossier.yaml"
_LONGEST = 2**20
_DEEPEST = 20
_MOST_NODES = 10_000
_ROOT = "file"
_NULLS = ("", "~", "null", "Null", "NULL")
_UNWRITABLE = re.compile("[\0\ud800-\udfff]")
# PyYAML says "expected ..., but found ..."; a fault says what was expected in its own words.
_FOUND = re.compile(r"^.*\b(found|got) ")
Value = TypeVar("Value")


@dataclass(frozen=True)
class Header:
    """What was read of `dossier.yaml`; what has a fault is None, and the scope with it."""

    scope: Scope | None
    zone: ZoneInfo | None
    as_of: date | None
    faults: tuple[Fault, ...]


class _TooLargeError(yaml.MarkedYAMLError):
    """The tree is deeper or larger than any header is."""


class _TellingLoader(yaml.SafeLoader):
    """Composes a tree of bounded depth and size, and says in words what keeps it from that."""

    depth = 0
    nodes = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        """Compose a node, and refuse it where the tree has become too deep or too large."""
        self.depth += 1
        self.nodes += 1
        if self.depth > _DEEPEST or self.nodes > _MOST_NODES:
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise _TooLargeError(problem="far more than a header holds", problem_mark=mark)
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


@dataclass(frozen=True)
class _Entry:
    """A key with its value, where it stands, and the path by which a fault names it."""

    path: str
    line: int
    node: yaml.Node


class _Reader:
    """Reads the entries of the header, and takes down what is wrong with each."""

    def __init__(self, faults: FaultList) -> None:
        self.faults = faults

    def refuse(self, entry: _Entry, found: str, expected: str) -> None:
        """Take down a fault of an entry."""
        self.faults.add(entry.line, entry.path, found, expected)

    def entries(self, entry: _Entry, keys: tuple[str, ...], optional: str = "") -> dict[str, Any]:
        """Return the entries of a mapping by key: each of `keys` once, and no other."""
        found: dict[str, _Entry] = {}
        if not isinstance(entry.node, yaml.MappingNode):
            self.refuse(entry, _kind(entry.node), f"the keys {', '.join(keys)}")
            return found
        for key, value in entry.node.value:
            text = key.value if isinstance(key, yaml.ScalarNode) else ""
            inner = _Entry(_path(entry, text), key.start_mark.line + 1, value)
            if text not in keys:
                what = f"the key {shown(text)}" if text else f"{_kind(key)} as a key"
                self.refuse(inner, what, f"only the keys {', '.join(keys)}")
            elif text in found:
                first = found[text].line
                self.refuse(inner, f"the key again, first on line {first}", "each key once")
            else:
                found[text] = inner
        for key in keys:
            if key not in found and key != optional:
                missing = _Entry(_path(entry, key), entry.line, entry.node)
                self.refuse(missing, "no such key", f"the keys {', '.join(keys)}")
        return found

    def text(self, entry: _Entry | None, expected: str, *, plain: bool = False) -> str | None:
        """Return the text of an entry as it was written; None, with a fault, where it is none."""
        if entry is None:
            return None
        node = entry.node
        if not isinstance(node, yaml.ScalarNode) or (not node.style and node.value in _NULLS):
            self.refuse(entry, _kind(node), expected)
        elif plain and node.style:
            self.refuse(entry, f"the text {shown(node.value)}", f"{expected}, not quoted")
        elif _UNWRITABLE.search(node.value):
            self.refuse(entry, shown(node.value), "characters that can be written")
        else:
            return str(node.value)
        return None

    def value(
        self, entry: _Entry | None, cell: Cell[Value], *, plain: bool = False
    ) -> Value | None:
        """Return what an entry means, read like a cell of a table."""
        text = self.text(entry, cell.expected, plain=plain)
        if entry is None or text is None:
            return None
        try:
            return cell.read(text)
        except CellError as error:
            self.refuse(entry, shown(text), error.expected)
            return None

    def zone(self, entry: _Entry | None) -> ZoneInfo | None:
        """Return the time zone that an entry names."""
        expected = "an IANA time zone such as Europe/London"
        text = self.text(entry, expected)
        if entry is None or text is None:
            return None
        try:
            return zone_named(text)
        except ValueError:
            self.refuse(entry, shown(text), expected)
            return None

    def channels(self, entry: _Entry | None) -> tuple[str, ...] | None:
        """Return the channels in which the centre is contacted, each once."""
        if entry is None:
            return None
        if not isinstance(entry.node, yaml.SequenceNode):
            self.refuse(entry, _kind(entry.node), "a list of channels such as [phone, email]")
            return None
        before = len(self.faults)
        channels: list[str] = []
        for node in entry.node.value:
            item = _Entry(entry.path, node.start_mark.line + 1, node)
            channel = self.value(item, cells.CHANNEL)
            if channel in channels:
                self.refuse(item, f"{shown(str(channel))} again", "each channel once")
            elif channel:
                channels.append(channel)
        return tuple(channels) if len(self.faults) == before else None


_TOP = ("scope", "as_of", "timezone", "channels", "volume")


def _path(entry: _Entry, key: str) -> str:
    """Return the path of a key below an entry."""
    name = column_named(key, "key")
    return name if entry.path == _ROOT else f"{entry.path}.{name}"


def _kind(node: yaml.Node) -> str:
    """Say what stands where something else was expected."""
    if isinstance(node, yaml.ScalarNode):
        null = not node.style and node.value in _NULLS
        return "nothing" if null else f"the text {shown(node.value)}"
    return "a list" if isinstance(node, yaml.SequenceNode) else "a mapping of keys"


def read_header(path: Path, given: date | None = None) -> Header:
    """Read `dossier.yaml`; `as_of` may be left out where it is given otherwise."""
    faults = FaultList(FILE)
    root = _compose(path, faults)
    if root is None:
        return Header(None, None, None, faults.in_order())
    reader = _Reader(faults)
    top = reader.entries(root, _TOP, optional="as_of" if given else "")
    zone = reader.zone(top.get("timezone"))
    as_of = reader.value(top.get("as_of"), cells.DATE)
    scope = _scope(reader, top, zone)
    listed = faults.in_order()
    return Header(None if listed else scope, zone, as_of, listed)


def _scope(reader: _Reader, top: dict[str, _Entry], zone: ZoneInfo | None) -> Scope | None:
    """Read what is assessed; None where any part of it has a fault."""
    about = reader.entries(top["scope"], ("kind", "name", "operation")) if "scope" in top else {}
    volume = reader.entries(top["volume"], ("site", "assessed")) if "volume" in top else {}
    kind = reader.value(about.get("kind"), one_of(ScopeKind))
    name = reader.value(about.get("name"), cells.TEXT)
    operation = reader.value(about.get("operation"), one_of(Operation))
    channels = reader.channels(top.get("channels"))
    site = reader.value(volume.get("site"), cells.WHOLE, plain=True)
    assessed = reader.value(volume.get("assessed"), cells.WHOLE, plain=True)
    if site is not None and assessed is not None and assessed > site:
        expected = f"at most the {site} of the site"
        reader.refuse(volume["assessed"], str(assessed), expected)
    if not (kind and name and operation and zone) or channels is None:
        return None
    if site is None or assessed is None:
        return None
    return Scope(kind, name, operation, zone.key, channels, site, assessed)


def _compose(path: Path, faults: FaultList) -> _Entry | None:
    """Return the tree of the file; None, with a fault, where it has none."""
    text = _text_of(path, faults)
    if text is None:
        return None
    try:
        node = _quickly(text) or _TellingLoader(text).get_single_node()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = _FOUND.sub("", str(error.problem or error.context))
        _no_yaml(faults, mark.line + 1 if mark else 1, problem)
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        _no_yaml(faults, line, f"the character {chr(error.character)!r}")
    except (ValueError, OverflowError):
        _no_yaml(faults, 1, "an escaped character that does not exist")
    else:
        if node is not None:
            return _Entry(_ROOT, 1, node)
        _no_yaml(faults, 1, "nothing")
    return None


def _quickly(text: str) -> yaml.Node | None:
    """Compose the tree by the parser in C; None where there is none, or it has to be refused."""
    loader = getattr(yaml, "CSafeLoader", None)
    if loader is None:
        return None
    try:
        # The parser is recursive: what is nested too deep must not reach it.
        if _is_bounded(yaml.parse(text, Loader=loader)):
            node: yaml.Node | None = yaml.compose(text, Loader=loader)
            return node
    except (yaml.YAMLError, ValueError, OverflowError):
        return None
    return None


def _is_bounded(events: Iterable[yaml.Event]) -> bool:
    depth = nodes = 0
    for event in events:
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        nodes += isinstance(event, yaml.NodeEvent)
        if depth > _DEEPEST or nodes > _MOST_NODES:
            return False
    return True


def _no_yaml(faults: FaultList, line: int, found: str) -> None:
    """Take down that the file does not read as one YAML document."""
    faults.add(line, _ROOT, found, f"one YAML mapping with the keys {', '.join(_TOP)}")


def _text_of(path: Path, faults: FaultList) -> str | None:
    """Return the text of the file; None, with a fault, where it has none."""
    try:
        with path.open("rb") as file:
            raw = file.read(_LONGEST + 1)
    except OSError as error:
        faults.add(1, _ROOT, error.strerror or "an error", "a file that can be read")
        return None
    what = foreign_content(raw)
    if len(raw) > _LONGEST:
        what = "a file of more than 1 MiB"
    try:
        text = raw.removeprefix(b"\xef\xbb\xbf").decode()
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        faults.add(line, _ROOT, what or f"the byte 0x{raw[error.start]:02X}", "UTF-8 text")
        return None
    if what:
        faults.add(1, _ROOT, what, "a short UTF-8 text")
    return None if what else text
