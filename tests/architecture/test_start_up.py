"""A small dossier is certified without waiting for engines that it does not need."""

import os
import subprocess
import sys
from pathlib import Path

from project import ROOT

ENGINES = {"duckdb", "pyarrow", "deltalake", "sqlglot", "pyspark", "polars", "pandas", "numpy"}
HEAVY = ENGINES | {"django", "ortools", "python_calamine"}


PAGES = """
import sys
from pathlib import Path
from attain.website import starting
starting.ready()
from attain.website import serving, showing
serving.load_pages()
print(*{name.partition(".")[0] for name in sys.modules})
print(len(list(Path("/proc/self/task").iterdir())))
"""


def attain(*arguments: str, watched: bool = False) -> subprocess.CompletedProcess[str]:
    """Run the command line; watched, the imports stand on its standard error."""
    watching = ["-X", "importtime"] if watched else []
    run = subprocess.run(
        [sys.executable, *watching, "-m", "attain", *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    return run


def packages_imported(importtime: str) -> set[str]:
    """Return the outermost packages that a log of `-X importtime` names."""
    lines = (line for line in importtime.splitlines() if line.startswith("import time:"))
    return {line.rsplit("|", 1)[1].strip().split(".")[0] for line in lines}


def test_certify_imports_no_engine_for_a_small_dossier(tmp_path: Path) -> None:
    dossier = tmp_path / "dossier"
    attain("dossier", "new", str(dossier))
    imported = packages_imported(attain("certify", str(dossier), watched=True).stderr)
    assert "attain" in imported
    assert not imported & HEAVY


def test_the_help_imports_no_engine() -> None:
    imported = packages_imported(attain("--help", watched=True).stderr)
    assert "typer" in imported
    assert not imported & HEAVY


def test_the_demonstration_starts_without_an_engine_and_without_a_thread(tmp_path: Path) -> None:
    """The processes that answer are copies of the one that loads the pages, and has one thread."""
    run = subprocess.run(
        [sys.executable, "-c", PAGES],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "ATTAIN_DATA": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    imported, threads = run.stdout.splitlines()
    assert "ninja" in imported.split()
    assert not ENGINES & set(imported.split())
    assert threads == "1"
