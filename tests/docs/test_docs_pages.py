"""What the pages name exists: words of the Makefile, commands, options, headings."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from attain.commands import app
from project import ROOT, project_files
from tools.reference.shapes import anchor

IN_CODE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]*)#([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
OPTION = re.compile(r"(?<!\S)--[a-z-]+")


def pages() -> list[Path]:
    return [p for p in project_files() if p.suffix == ".md" and "tests" not in p.parts]


def code_of(page: Path) -> Iterator[str]:
    """Yield what a page sets as code: spans, and the lines of its blocks."""
    text = page.read_text("utf-8")
    for number, part in enumerate(re.split(r"^```.*$", text, flags=re.MULTILINE)):
        yield from part.splitlines() if number % 2 else IN_CODE.findall(part)


def calls() -> Iterator[tuple[str, str]]:
    """Yield each call of attain in the docs, without its `$`, settings and comment."""
    for page in pages():
        for code in code_of(page):
            call = re.match(r"(?:\$ )?(?:[A-Z_]+=\S+ )?attain ([a-z][^#|>]*)", code)
            if call:
                yield str(page.relative_to(ROOT)), call[1]


def command_named(words: list[str]) -> Any:
    """Return the command that words call; None where there is none."""
    command: Any = typer.main.get_command(app)
    while words and hasattr(command, "get_command"):
        command = command.get_command(None, words.pop(0))
    return command


def test_every_word_of_make_in_the_docs_is_in_the_makefile() -> None:
    words = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = {
        (str(page.relative_to(ROOT)), word)
        for page in pages()
        for code in code_of(page)
        for word in re.findall(r"^(?:\$ )?make ([a-z]+)", code)
    }
    assert {("README.md", "demo"), ("README.md", "test")} <= named
    assert not {(page, word) for page, word in named if word not in words}


def test_every_command_and_option_in_the_docs_exists() -> None:
    unknown = []
    for page, call in calls():
        command = command_named(call.split())
        spelt = {name for p in getattr(command, "params", ()) for name in p.opts} | {"--help"}
        if command is None or set(OPTION.findall(call)) - spelt:
            unknown.append((page, call))
    assert not unknown


def test_the_docs_call_every_command() -> None:
    named = {call.split()[0] for _, call in calls()}
    whole: Any = typer.main.get_command(app)
    assert set(whole.list_commands(None)) <= named


def test_every_link_to_a_heading_leads_to_one() -> None:
    broken = []
    for page in pages():
        for target, heading in LINK.findall(page.read_text("utf-8")):
            to = (page.parent / target).resolve() if target else page
            if "://" in target or not to.is_file():
                continue
            anchors = {anchor(title) for title in HEADING.findall(to.read_text("utf-8"))}
            if heading not in anchors:
                broken.append(f"{page.relative_to(ROOT)}: {target}#{heading}")
    assert not broken
