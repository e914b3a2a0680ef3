"""The wheel holds everything that attain needs, and works where the sources are not."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from project import PACKAGE, ROOT, project_files

ASSETS = "attain/website/static/attain/vendor/"


def run(*command: str | Path, **environment: str) -> str:
    """Run a command, without the sources of attain on the path unless they are named."""
    without = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env={**without, **environment},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel with the builder at hand, so that no network is asked."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder)
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_holds_every_file_of_the_package(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if name.startswith("attain/")}
    packed -= {name for name in packed if name.startswith(ASSETS)}
    files = project_files(str(PACKAGE.relative_to(ROOT)))
    ours = {str(path.relative_to(PACKAGE.parent)) for path in files}
    assert packed == ours
    assert {Path(name).suffix for name in ours} >= {".py", ".yaml", ".sql"}


def test_the_wheel_holds_what_its_pages_are_drawn_with(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        packed = {name.removeprefix(ASSETS) for name in archive.namelist() if ASSETS in name}
        style = archive.read(f"{ASSETS}tabler.css")
    assert packed >= {"tabler.css", "tabler.css.gz", "echarts.js", "icons.svg"}
    assert packed >= {"inter-latin.woff2", "licences/inter.txt", "licences/echarts.txt"}
    assert b"sourceMappingURL" not in style


def test_the_installed_wheel_shows_its_help_and_its_schemes(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=False)
    scripts = tmp_path / "venv" / "bin"
    run(sys.executable, "-m", "uv", "pip", "install", "--no-deps", "--offline", "-q",
        "--python", scripts / "python", wheel)  # fmt: skip
    # What attain depends on is borrowed; attain itself is not there, being installed as sources.
    borrowed = {"PYTHONPATH": sysconfig.get_path("purelib")}
    where = run(scripts / "python", "-c", "import attain; print(attain.__file__)", **borrowed)
    assert Path(where.strip()).is_relative_to(tmp_path)
    assert "certify" in run(scripts / "attain", "--help", **borrowed)
    shown = run(scripts / "attain", "library", "show", "performance-tiers", **borrowed)
    assert "actions-on-misses" in shown
