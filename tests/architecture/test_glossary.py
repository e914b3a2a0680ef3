"""A noun that is not in GLOSSARY.md does not enter the code of the pure rooms."""

import ast
import re

import pytest

from project import PACKAGE, ROOT

PURE_ROOMS = ("measurement", "standards", "lake", "dossier")
GLOSSARY = " ".join((ROOT / "GLOSSARY.md").read_text("utf-8").split()).casefold()


def words_of(class_name: str) -> str:
    """Write `ServiceLevelTarget` as `service level target`; an error by what it says."""
    name = class_name.removesuffix("Error")
    return " ".join(re.findall(r"[A-Z]+(?![a-z])|[A-Z][a-z]*|[0-9]+", name)).casefold()


def public_classes(room: str) -> set[str]:
    trees = (ast.parse(p.read_text("utf-8")) for p in (PACKAGE / room).rglob("*.py"))
    classes = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    return {node.name for node in classes if not node.name.startswith("_")}


def is_explained(class_name: str) -> bool:
    singular = words_of(class_name).removesuffix("s").replace(" ", "[ -]?")
    return re.search(rf"\b{singular}(s|es)?\b", GLOSSARY) is not None


@pytest.mark.parametrize("room", PURE_ROOMS)
def test_every_class_of_a_pure_room_is_a_word_of_the_glossary(room: str) -> None:
    assert not {name for name in public_classes(room) if not is_explained(name)}


def test_a_word_that_nobody_explained_is_noticed() -> None:
    assert words_of("ServiceLevelTarget") == "service level target"
    assert not is_explained("UtilityBeltManager")


def test_the_words_of_the_glossary_are_in_order_and_each_explained_once() -> None:
    text = (ROOT / "GLOSSARY.md").read_text("utf-8")
    for chapter in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        heads = [head.casefold() for head in re.findall(r"^- \*\*(.+?)\*\*", chapter, re.MULTILINE)]
        assert heads == sorted(heads)
    everywhere = re.findall(r"^- \*\*(.+?)\*\*", text, re.MULTILINE)
    assert len(everywhere) == len({head.casefold() for head in everywhere})
