"""The console blocks of a page: run in order in a folder of their own, compared, and renewed.

A fenced block marked `console` holds commands, each on a line that begins with `$ `, and what
each prints; a line `...` stands for any number of lines. A block whose mark ends with `file=PATH`
is a file of the reader: it is written before the next command runs. A page that names `.demo`
finds the demonstration estate there.
"""

import atexit
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from unittest.mock import patch

from attain.commands import run
from demo.__main__ import write_estate
from tools.places import ROOT

ANY_LINES = "..."
_FENCE = re.compile(r"^```(?P<mark>.*)$")
_FILE = re.compile(r"\bfile=(?P<path>\S+)$")
_BY_A_SHELL = re.compile(r"[|<>&;$`*]")
_ALIKE = 0.6


@dataclass(frozen=True)
class Block:
    """A fenced block: its mark, and its lines with the number of the first."""

    mark: str
    first: int
    lines: tuple[str, ...]

    @property
    def file(self) -> str | None:
        """The file that the block holds, None where it holds none."""
        named = _FILE.search(self.mark)
        return named["path"] if named else None


@dataclass(frozen=True)
class Exchange:
    """A command, what the page shows of its output, and what it printed."""

    command: str
    first: int
    shown: tuple[str, ...]
    printed: tuple[str, ...]

    @property
    def agrees(self) -> bool:
        """Whether the page shows what was printed."""
        pattern = "".join(
            r"(?:.*\n)*?" if line == ANY_LINES else re.escape(line) + r"\n" for line in self.shown
        )
        return re.fullmatch(pattern, "".join(f"{line}\n" for line in self.printed)) is not None


def exchanges_of(text: str) -> list[Exchange]:
    """Run every command of a page in order, in a folder of its own."""
    with TemporaryDirectory() as place, chdir(place), patch.dict(os.environ):
        os.environ.pop("ATTAIN_LIBRARY_PATHS", None)
        if "$ " in text and ".demo" in text:
            shutil.copytree(_demo_estate(), ".demo")
        return list(_run(text))


def _run(text: str) -> Iterator[Exchange]:
    status = 0
    for block in blocks_of(text):
        if block.file:
            path = Path(block.file)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("".join(f"{line}\n" for line in block.lines), encoding="utf-8")
        if block.mark == "console":
            for command, first, shown in _commands(block):
                status, printed = _run_command(command, status)
                yield Exchange(command, first, shown, _lines(printed.splitlines()))


def _lines(lines: Sequence[str]) -> tuple[str, ...]:
    """Return lines without the blanks at their ends, and without the blank lines at the end."""
    return tuple("\n".join(line.rstrip() for line in lines).rstrip().splitlines())


def blocks_of(text: str) -> Iterator[Block]:
    """Yield the fenced blocks of a page; a list may indent none of them."""
    mark: str | None = None
    first, lines = 0, list[str]()
    for number, line in enumerate(text.splitlines(), start=1):
        fence = _FENCE.match(line)
        if fence and mark is None:
            mark, first, lines = fence["mark"].strip(), number + 1, []
        elif fence and mark is not None:
            yield Block(mark, first, tuple(lines))
            mark = None
        elif mark is not None:
            lines.append(line)


def _commands(block: Block) -> Iterator[tuple[str, int, tuple[str, ...]]]:
    """Yield each command of a block, the line after it, and what is shown of its output."""
    starts = [n for n, line in enumerate(block.lines) if line.startswith("$ ")]
    for start, end in zip(starts, [*starts[1:], len(block.lines)], strict=True):
        shown = _lines(block.lines[start + 1 : end])
        yield block.lines[start][2:], block.first + start + 1, shown


def _run_command(command: str, status: int) -> tuple[int, str]:
    """Run one command and return its exit status and all that it printed.

    `attain` alone runs in this process; what needs a shell is given one, in which `$?` is the
    status of the command before.
    """
    words = shlex.split(command)
    settings = {}
    while words and re.fullmatch(r"[A-Z_]+=\S*", words[0]):
        name, _, settings[name] = words.pop(0).partition("=")
    if words[:1] == ["attain"] and not _BY_A_SHELL.search(command):
        return _run_attain(words[1:], settings)
    return _run_shell(command, status)


def _run_attain(arguments: list[str], settings: Mapping[str, str]) -> tuple[int, str]:
    printed = io.StringIO()
    with patch.dict(os.environ, settings), redirect_stdout(printed), redirect_stderr(printed):
        status = run(arguments)
    return status, printed.getvalue()


def _run_shell(command: str, status: int) -> tuple[int, str]:
    with _attain_on_the_path() as environment:
        ran = subprocess.run(
            ["sh", "-c", f"(exit {status})\n{command}"],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
    return ran.returncode, ran.stdout


@contextmanager
def _attain_on_the_path() -> Iterator[dict[str, str]]:
    """Give an environment in which a shell finds this attain and this Python."""
    with TemporaryDirectory() as folder:
        for name, module in (("attain", "-m attain"), ("python3", "")):
            program = Path(folder, name)
            program.write_text(f'#!/bin/sh\nexec "{sys.executable}" {module} "$@"\n')
            program.chmod(0o755)
        paths = {
            "PATH": f"{folder}{os.pathsep}{os.environ.get('PATH', '')}",
            "PYTHONPATH": str(ROOT / "src"),
        }
        yield {**os.environ, **paths}


@cache
def _demo_estate() -> Path:
    folder = Path(mkdtemp(prefix="attain-demo-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    write_estate(folder)
    return folder


def refreshed(text: str) -> tuple[str, list[str]]:
    """Return a page with today's output, and the commands whose output could not be placed.

    Each part between two `...` keeps its extent: it begins and ends with the lines of the new
    output that are most like those with which it began and ended.
    """
    lines, by_hand = text.splitlines(), []
    for exchange in reversed(exchanges_of(text)):
        if exchange.agrees:
            continue
        anew = _placed(exchange.shown, exchange.printed)
        if anew is None:
            by_hand.append(exchange.command)
        else:
            start = exchange.first - 1
            lines[start : start + len(exchange.shown)] = anew
    return "".join(f"{line}\n" for line in lines), by_hand[::-1]


def _placed(shown: Sequence[str], printed: Sequence[str]) -> list[str] | None:
    if ANY_LINES not in shown:
        return list(printed)
    anew, after = list[str](), 0
    for part in _parts(shown):
        if part == [ANY_LINES]:
            anew += part
            continue
        start = _most_like(part[0], printed, after)
        end = None if start is None else _most_like(part[-1], printed, start)
        if start is None or end is None:
            return None
        anew += printed[start : end + 1]
        after = end + 1
    return anew


def _parts(shown: Sequence[str]) -> Iterator[list[str]]:
    part = list[str]()
    for line in shown:
        if line != ANY_LINES:
            part.append(line)
            continue
        if part:
            yield part
        yield [ANY_LINES]
        part = []
    if part:
        yield part


def _most_like(line: str, printed: Sequence[str], after: int) -> int | None:
    alike = [SequenceMatcher(None, line, other).ratio() for other in printed[after:]]
    best = max(alike, default=0.0)
    return after + alike.index(best) if best >= _ALIKE else None
