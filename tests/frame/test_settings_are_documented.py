"""Every environment variable that attain reads has its line in the reference, and no other is."""

import ast
import re

from attain.website.environment import VARIABLES
from project import PACKAGE
from tools.reference.settings_page import settings_page

NAME = re.compile(r"ATTAIN_[A-Z_]+")


def named_in_the_code() -> set[str]:
    """Return every text of the code that is the name of a variable as a whole."""
    trees = (ast.parse(path.read_text("utf-8")) for path in PACKAGE.rglob("*.py"))
    texts = (node.value for tree in trees for node in ast.walk(tree) if _is_text(node))  # type: ignore[attr-defined]
    return {text for text in texts if NAME.fullmatch(text)}


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def test_every_variable_has_its_line() -> None:
    page = settings_page()
    missing = [v.name for v in VARIABLES if f"| `{v.name}` |" not in page or not v.meaning]
    assert not missing
    assert len({v.name for v in VARIABLES}) == len(VARIABLES) >= 14


def test_no_other_variable_is_read() -> None:
    found = named_in_the_code()
    assert {"ATTAIN_DATA", "ATTAIN_LIBRARY_PATHS", "ATTAIN_ENGINE"} <= found
    assert found <= {variable.name for variable in VARIABLES}
