"""The faults of one file, gathered while it is read and cut off where a person stops reading."""

import re
from operator import attrgetter

from attain.measurement.faults import MOST_OF_A_FILE, Fault

_NAME = re.compile(r"\w[\w .-]{0,59}")


def column_named(name: str, otherwise: str) -> str:
    """Return the name under which a fault shows a column, another word where the name is odd.

    A colon or a control character in it would make the fault unreadable.
    """
    return name if _NAME.fullmatch(name) else otherwise


class FaultList:
    """The faults of one file; `full` once it has so many that reading on helps nobody."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.full = False
        self._faults: list[Fault] = []

    def __len__(self) -> int:
        return len(self._faults)

    def add(self, line: int, column: str, found: str, expected: str) -> None:
        """Take down a fault, or only that there are more where the list is full."""
        if self.full:
            return
        self.full = len(self._faults) == MOST_OF_A_FILE
        if self.full:
            column, found = "file", "more faults than these"
            expected = "these to be put right first"
        self._faults.append(Fault(self.file, line, column, found, expected))

    def in_order(self) -> tuple[Fault, ...]:
        """Return the faults by line; within a line in the order in which they were found."""
        last = self._faults[-1:] if self.full else []
        rest = self._faults[:-1] if self.full else self._faults
        return (*sorted(rest, key=attrgetter("line")), *last)
