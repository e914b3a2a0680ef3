"""The project runs anywhere: it names no place of a machine and holds no copy of what is shared."""

import hashlib
import re
from collections import defaultdict
from pathlib import Path

import pytest

from project import ROOT, project_files

SHARED = ROOT.parent / "shared"
MACHINE = re.compile(r"(?<![\w./$}-])/(?:work|home|root|opt|srv|mnt|media|Users)/\w")
TOO_SHORT_TO_BE_A_COPY = 64


def test_no_file_names_a_place_of_a_machine() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in project_files()
        for match in MACHINE.finditer(path.read_bytes().decode("utf-8", "replace"))
    ]
    assert not found


def test_a_place_of_a_machine_would_be_noticed() -> None:
    assert MACHINE.search("read_csv('/" + "home/alice/calls.csv')")
    assert not MACHINE.search("see docs/home/index.md and path/to/work/x")


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.skipif(not SHARED.is_dir(), reason="no folder of shared material beside the project")
def test_nothing_is_copied_from_the_shared_folder() -> None:
    ours: dict[int, list[Path]] = defaultdict(list)
    for path in project_files():
        if (size := path.stat().st_size) >= TOO_SHORT_TO_BE_A_COPY:
            ours[size].append(path)
    same_size = (p for p in SHARED.rglob("*") if p.is_file() and p.stat().st_size in ours)
    copies = [
        f"{path.relative_to(ROOT)} is {shared.relative_to(SHARED)}"
        for shared in same_size
        for path in ours[shared.stat().st_size]
        if digest(path) == digest(shared)
    ]
    assert not copies
