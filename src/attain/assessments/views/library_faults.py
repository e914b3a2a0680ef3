"""The faults of a text beside it: each with its line, its column and what stands there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from attain.measurement.faults import Fault, printable

MOST_SHOWN = 100
_LONGEST_LINE = 160


@dataclass(frozen=True)
class ShownFault:
    """A fault of a text, with the line that it is in."""

    line: int
    column: int
    found: str
    expected: str
    excerpt: str


def text_with_faults(text: str, faults: Sequence[Fault]) -> dict[str, Any]:
    """Return what a page is given of a text that was refused."""
    lines = text.split("\n")
    shown = [_shown(fault, lines) for fault in faults[:MOST_SHOWN]]
    return {"text": text, "faults": shown, "more_faults": len(faults) - len(shown)}


def _shown(fault: Fault, lines: Sequence[str]) -> ShownFault:
    column = int(fault.column) if fault.column.isdigit() else 1
    line = lines[fault.line - 1] if 0 < fault.line <= len(lines) else ""
    return ShownFault(
        fault.line, column, printable(fault.found), fault.expected, line[:_LONGEST_LINE]
    )
