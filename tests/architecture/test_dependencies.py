"""Every dependency has its reason, and the locks name all of them, by hash and without a host."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from project import PACKAGE, ROOT, project_files

PYPROJECT = (ROOT / "pyproject.toml").read_text("utf-8")
PROJECT = tomllib.loads(PYPROJECT)
GROUPS = PROJECT["dependency-groups"]
RUNTIME = PROJECT["project"]["dependencies"]
EXTRAS = PROJECT["project"]["optional-dependencies"]
SPARK = EXTRAS["spark"]
DECLARED = {
    "runtime": RUNTIME,
    "bootstrap": GROUPS["bootstrap"],
    "assets": GROUPS["assets"],
    "dev": [*RUNTIME, *SPARK, *EXTRAS["postgres"], *GROUPS["dev"], *GROUPS["bootstrap"]],
}
HOST = re.compile(r"\w+://(?!/)|\b(?:[a-z0-9-]+\.)+(?:org|com|net|io|dev|cloud)\b", re.IGNORECASE)


def locked(name: str) -> dict[str, set[str]]:
    """Return the versions that a lock names for each package; markers may choose among them."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
    versions: dict[str, set[str]] = {}
    for package, version in re.findall(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", text, re.MULTILINE):
        versions.setdefault(canonicalize_name(package), set()).add(version)
    return versions


def test_every_dependency_stands_beside_its_reason() -> None:
    silent = [
        requirement
        for requirement in [*PROJECT["build-system"]["requires"], *DECLARED["dev"]]
        if not re.search(rf'"{re.escape(requirement)}"[\],]* *# \w+', PYPROJECT)
    ]
    assert not silent


def imported(tree: ast.AST) -> Iterator[str]:
    """Yield the outermost package of every import, wherever it stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


def test_every_package_that_attain_imports_is_declared() -> None:
    declared = {canonicalize_name(Requirement(text).name) for text in [*RUNTIME, *SPARK]}
    trees = [ast.parse(path.read_text("utf-8")) for path in PACKAGE.rglob("*.py")]
    found = {name for tree in trees for name in imported(tree)}
    outside = found - sys.stdlib_module_names - {"attain"}
    providers = packages_distributions()
    undeclared = [
        name
        for name in sorted(outside)
        if declared.isdisjoint(map(canonicalize_name, providers.get(name, [])))
    ]
    assert "pydantic" in outside
    assert not undeclared


@pytest.mark.parametrize("lock", DECLARED)
def test_a_lock_names_a_fitting_version_of_every_dependency(lock: str) -> None:
    versions = locked(lock)
    for requirement in map(Requirement, DECLARED[lock]):
        found = versions.get(canonicalize_name(requirement.name), set())
        assert found, f"{lock}.txt does not name {requirement}: make lock"
        assert all(v in requirement.specifier for v in found), f"{requirement}, found {found}"


@pytest.mark.parametrize("lock", ["runtime", "bootstrap"])
def test_the_locks_agree_with_the_lock_of_development(lock: str) -> None:
    everything = locked("dev")
    assert {name: everything.get(name) for name in locked(lock)} == locked(lock)


@pytest.mark.parametrize("lock", DECLARED)
def test_everything_in_a_lock_has_a_hash(lock: str) -> None:
    text = (ROOT / "requirements" / f"{lock}.txt").read_text("utf-8")
    entries = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)
    assert not [entry for entry in entries if entry.strip() and "--hash=sha256:" not in entry]


def tooling() -> list[Path]:
    """Return the files that say what is fetched and run."""
    named = [ROOT / name for name in ("Makefile", "pyproject.toml", ".importlinter", ".gitignore")]
    scripts = [path for path in project_files("tools") if path.suffix == ".sh"]
    return [*named, *scripts, *project_files("requirements", ".ci")]


def test_no_host_is_named_where_packages_are_fetched() -> None:
    found = {str(p.relative_to(ROOT)): HOST.findall(p.read_text("utf-8")) for p in tooling()}
    assert not {path: hosts for path, hosts in found.items() if hosts}


def test_a_host_would_be_noticed() -> None:
    assert HOST.search("--index-url https://packages.example.org/simple")
    assert HOST.search("see packages.example.com")
    assert not HOST.search("click==8.5.1 ; python_full_version < '3.12'")
