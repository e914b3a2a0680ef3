"""Each fragment of the changelog will be joined: towncrier passes over what it does not know."""

import subprocess
import sys
import tomllib

from project import ROOT

TOWNCRIER = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["towncrier"]
CATEGORIES = {kind["directory"] for kind in TOWNCRIER["type"]}
NOT_FRAGMENTS = {"README.md", "template.md"}


def test_every_fragment_has_a_known_category_and_says_something() -> None:
    for path in (ROOT / "changelog.d").iterdir():
        if path.name not in NOT_FRAGMENTS:
            name, category, ending = path.name.rsplit(".", 2)
            assert name
            assert category in CATEGORIES, path.name
            assert ending == "md"
            assert path.read_text("utf-8").strip(), path.name


def test_every_fragment_stands_in_the_joined_changelog() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "towncrier", "build", "--draft", "--version", "next"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    joined = " ".join(run.stdout.split())
    for path in (ROOT / "changelog.d").glob("*.*.md"):
        assert " ".join(path.read_text("utf-8").split()) in joined, path.name
