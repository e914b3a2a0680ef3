"""The import contract holds, and it breaks where it should: offenders are planted in a copy."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from project import PACKAGE, ROOT

LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"


class Offender(NamedTuple):
    """A file that does what the contract forbids, and the part of the contract that says so."""

    path: str
    text: str
    broken: str


OFFENDERS = {
    "a room that nobody declared": Offender(
        "utilities/__init__.py", '"""A drawer for what fits nowhere."""\n', "look down"
    ),
    "a room that looks up": Offender(
        "measurement/planted.py", "import attain.standards.figures\n", "look down"
    ),
    "Django in a pure room": Offender(
        "standards/planted.py", "from django.db import models\n", "know nothing of Django"
    ),
    "an engine in a rule": Offender(
        "standards/kinds/planted.py", "import duckdb\n", "know no engine"
    ),
    "Django in the rules of a room": Offender(
        "performance/rules.py", "from django.db import models\n", "A rules.py is pure"
    ),
    "siblings that go in a circle": Offender(
        "measurement/outcomes.py", "import attain.measurement.counting\n", "No cycles"
    ),
}


def copied_package(to: Path) -> Path:
    """Copy the package and its contract, and return the package's copy."""
    shutil.copy(ROOT / ".importlinter", to)
    no_caches = shutil.ignore_patterns("__pycache__")
    return Path(shutil.copytree(PACKAGE, to / "src" / "attain", ignore=no_caches))


def contracts_broken(where: Path) -> list[str]:
    """Check the contract in a folder and return the names of its broken parts."""
    run = subprocess.run(
        [sys.executable, "-c", LINT_IMPORTS, "--no-cache", "--no-logo"],
        cwd=where,
        env={**os.environ, "PYTHONPATH": str(where / "src"), "NO_COLOR": "1", "COLUMNS": "200"},
        capture_output=True,
        text=True,
    )
    assert "Contracts: " in run.stdout, run.stdout + run.stderr
    broken = re.findall(r"^(.*?) BROKEN", run.stdout, re.MULTILINE)
    assert run.returncode == bool(broken)
    return broken


def test_the_import_contract_holds(tmp_path: Path) -> None:
    copied_package(tmp_path)
    assert contracts_broken(tmp_path) == []


@pytest.mark.parametrize("offender", OFFENDERS.values(), ids=OFFENDERS.keys())
def test_the_import_contract_is_broken_by(offender: Offender, tmp_path: Path) -> None:
    planted = copied_package(tmp_path) / offender.path
    if not planted.parent.exists():
        planted.parent.mkdir()
        (planted.parent / "__init__.py").touch()
    with planted.open("a", encoding="utf-8") as file:
        file.write(offender.text)
    assert any(offender.broken in name for name in contracts_broken(tmp_path))
