"""Whole processes measured: wall time, processor time, and peak memory; the median of several."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

RUNS = 5


@dataclass(frozen=True)
class Measured:
    """Seconds of wall and of processor time, and megabytes of memory at the peak; medians."""

    wall: float
    processor: float
    peak: float


def measured(commands: Sequence[Sequence[str]], runs: int = RUNS) -> list[Measured]:
    """Run commands of this Python in turn, several times, and return the medians of each.

    In turn, so that a machine that slows down slows all of them. Their output is dropped.
    """
    rounds = [[_once([sys.executable, *command]) for command in commands] for _ in range(runs)]
    return [_median(found) for found in zip(*rounds, strict=True)]


def _median(found: Sequence[Measured]) -> Measured:
    return Measured(
        median(run.wall for run in found),
        median(run.processor for run in found),
        median(run.peak for run in found),
    )


def _once(command: Sequence[str]) -> Measured:
    began = time.perf_counter()
    # Waited for by hand, because only wait4 says what memory that one process took.
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Measured(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def row(name: str, found: Measured, peer: Measured | None = None) -> str:
    """Write a row of the table: what was measured, and its ratio to the peer."""
    figures = f"{found.wall:8.2f} s {found.processor:8.2f} s {found.peak:7.0f} MB"
    ratio = f"{found.wall / peer.wall:8.2f}" if peer else "       –"
    return f"{name:<58}{figures}{ratio}"


HEAD = f"{'':<58}{'wall':>10}{'processor':>11}{'peak':>10}{'ratio':>8}"


def script(name: str) -> str:
    """Return the path of a peer's script."""
    return str(Path(__file__).parent / "peers" / f"{name}.py")
