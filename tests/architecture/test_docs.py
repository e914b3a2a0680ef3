"""The docs can be found, and their links lead somewhere."""

import re
from pathlib import Path

from project import ROOT, project_files

LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)\s]*)?\)")


def pages() -> list[Path]:
    return [path for path in project_files() if path.suffix == ".md" and "tests" not in path.parts]


def linked(page: Path) -> set[Path]:
    """Return the files that a page links to, whether they exist or not."""
    targets = LINK.findall(page.read_text("utf-8"))
    return {(page.parent / t).resolve() for t in targets if "://" not in t and "mailto:" not in t}


def test_every_link_between_pages_leads_to_a_file() -> None:
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in pages()
        for target in linked(page)
        if not target.exists()
    ]
    assert not broken


def test_the_index_lists_every_page_of_the_docs() -> None:
    index = ROOT / "docs" / "index.md"
    listed = {index, *linked(index)}
    assert not [p for p in (ROOT / "docs").rglob("*.md") if p.resolve() not in listed]


def test_the_decisions_are_numbered_without_a_gap() -> None:
    numbers = sorted(p.name[:4] for p in (ROOT / "docs" / "decisions").glob("*.md"))
    assert numbers == [f"{number:04d}" for number in range(1, len(numbers) + 1)]


def test_every_place_that_the_recipes_name_is_there() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8") + (ROOT / "ARCHITECTURE.md").read_text(
        "utf-8"
    )
    named = set(re.findall(r"`((?:src|tests|docs|changelog\.d|requirements)/[^`\s]*)`", text))
    # A word in capitals stands for a name that the reader chooses.
    fixed = {place for place in named if not re.search(r"\b[A-Z]{3,}\b|_[A-Z]+", place)}
    assert "src/attain/dossier/tables.py" in fixed
    assert not {place for place in fixed if not (ROOT / place).exists()}
