"""A fault: a place in a file where something else was found than what was expected."""

from collections.abc import Iterable
from dataclasses import dataclass

_LONGEST = 120
MOST_OF_A_FILE = 1000


def on_one_line(text: str) -> str:
    """Write a text on one line, with nothing that a terminal would obey."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def printable(found: object) -> str:
    """Write what was found on one line of bounded length, with nothing a terminal would obey."""
    text = str(found)
    shown = on_one_line(text[:_LONGEST])
    return shown if len(text) <= _LONGEST else f"{shown}… ({len(text)} characters)"


def _named(file: str) -> str:
    # A colon in a name would be read as the end of it.
    return printable(file).replace(":", "%3A")


@dataclass(frozen=True, order=True)
class Fault:
    """What was found at a line and column of a file, and what was expected there."""

    file: str
    line: int
    column: str
    found: str
    expected: str

    def __str__(self) -> str:
        """Write the fault as `file:line: column: found ..., expected ...`, on one line."""
        found, expected = printable(self.found), " ".join(self.expected.split())
        return f"{_named(self.file)}:{self.line}: {self.column}: found {found}, expected {expected}"


class RefusedError(Exception):
    """Raised with every fault of an input that is refused as a whole."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))
