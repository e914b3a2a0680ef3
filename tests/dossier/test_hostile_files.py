"""Files made to hurt: each is answered at its line, within 20 seconds and 512 MB of memory."""

import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dossiers import HEADER, write_dossier

MEGABYTE = 10**6
SECONDS = 20
MEMORY = 512 * 2**20
# The limit is on all that the process may address, so that no allocation whatever passes it.
CHILD = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, ({memory}, {memory}))
from attain.commands import run
sys.exit(run(["dossier", "check", sys.argv[1]]))
"""
HEADERS = {
    "readings.csv": b"metric,month,numerator,denominator\n",
    "intervals.csv": b"channel,start,offered,answered,within_threshold\n",
}


def check(folder: Path) -> tuple[int, str, str]:
    """Check a dossier in a child process of bounded memory and time."""
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", CHILD.format(memory=MEMORY), str(folder)],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert time.monotonic() - begun < SECONDS
    return done.returncode, done.stdout, done.stderr


def chunks(piece: bytes, size: int) -> Iterator[bytes]:
    """Yield so many bytes of a piece over and over."""
    block = piece * (MEGABYTE // len(piece))
    for _ in range(size // len(block)):
        yield block


def write(path: Path, *parts: bytes | Iterator[bytes]) -> None:
    with path.open("wb") as file:
        for part in parts:
            file.writelines([part] if isinstance(part, bytes) else part)


@pytest.mark.parametrize(
    ("begin", "piece", "column", "found"),
    [
        (b"aht,", b"x", 0, "a line of more than 8 MiB"),
        (b'aht,"', b"x", 0, "a line of more than 8 MiB"),
        (b'aht,"', b"x\n", 1, "a cell of more than 1 MiB"),
        (b'aht,"', b'""\n', 1, "a cell of more than 1 MiB"),
        (b"", b"aht,", 0, "a line of more than 8 MiB"),
        (b"", b"\0", 0, "a line of more than 8 MiB"),
        (b"", b"\r", 0, "a line of more than 8 MiB"),
    ],
)
def test_two_hundred_megabytes_in_one_cell_or_line_are_one_fault(
    tmp_path: Path, begin: bytes, piece: bytes, column: int, found: str
) -> None:
    folder = write_dossier(tmp_path / "d")
    for file, header in HEADERS.items():
        write(folder / file, header, b"\n", begin, chunks(piece, 200 * MEGABYTE), b'"\n')
    status, out, err = check(folder)
    shutil.rmtree(folder)
    assert (status, out) == (2, "")
    assert [line.split(", expected")[0] for line in err.splitlines()] == [
        f"{file}:3: {header.decode().split(',')[column]}: found {found}"
        for file, header in HEADERS.items()
    ]


def test_two_hundred_megabytes_of_rows_that_are_none_end_after_a_thousand_faults(
    tmp_path: Path,
) -> None:
    folder = write_dossier(tmp_path / "d")
    for file, header in HEADERS.items():
        write(folder / file, header, chunks(b"x\n", 200 * MEGABYTE))
    status, out, err = check(folder)
    shutil.rmtree(folder)
    assert (status, out) == (2, "")
    lines = err.splitlines()
    assert len(lines) == 2 * 1001
    assert lines[0] == "readings.csv:2: record: found 1 cell, expected the 4 of the header"
    assert lines[1000].startswith("readings.csv:1002: file: found more faults than these")
    assert lines[1001] == "intervals.csv:2: record: found 1 cell, expected the 5 of the header"


def ten_thousand_columns(folder: Path) -> None:
    names = [*HEADERS["readings.csv"].decode().strip().split(","), *(f"c{n}" for n in range(9_996))]
    row = ",".join(["aht", "2026-10", "1", "1"] + ["x"] * 9_996)
    (folder / "readings.csv").write_text(",".join(names) + f"\n{row}" * 1_000)


def a_long_header(folder: Path) -> None:
    write(folder / "dossier.yaml", HEADER.encode(), chunks(b"# comment\n", 200 * MEGABYTE))


def a_deep_header(folder: Path) -> None:
    write(folder / "dossier.yaml", b"scope: " + b"[" * 100_000)


def a_million_byte_number(folder: Path) -> None:
    digits = b"9" * (2**20 - 10)
    write(folder / "readings.csv", HEADERS["readings.csv"], b"aht,2026-10,", digits, b",1\n")


@pytest.mark.parametrize(
    ("make", "fault"),
    [
        (ten_thousand_columns, "readings.csv:1: header: found 10000 columns, expected the 4 colu"),
        (a_long_header, "dossier.yaml:1: file: found a file of more than 1 MiB, expected a short"),
        (a_deep_header, "dossier.yaml:1: file: found far more than a header holds, expected one"),
        (a_million_byte_number, 'readings.csv:2: numerator: found "99999999999999999999999999999'),
    ],
)
def test_a_file_that_is_far_too_much_is_one_fault(
    tmp_path: Path, make: Callable[[Path], None], fault: str
) -> None:
    folder = write_dossier(tmp_path / "d")
    make(folder)
    status, out, err = check(folder)
    assert (status, out) == (2, "")
    assert err.startswith(fault)
    assert len(err.splitlines()) == 1
    assert all(len(line) < 500 for line in err.splitlines())


def test_the_limits_of_the_child_let_a_sound_dossier_through(tmp_path: Path) -> None:
    status, out, err = check(write_dossier(tmp_path / "d"))
    assert (status, err) == (0, "")
    assert "no fault" in out
