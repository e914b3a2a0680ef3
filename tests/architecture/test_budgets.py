"""Files and functions stay small enough to be read in one sitting."""

import ast

from project import PACKAGE, ROOT

LINES_OF_A_FILE = 400
LINES_OF_A_FUNCTION = 40


def test_no_file_of_the_package_is_longer_than_four_hundred_lines() -> None:
    # Django writes migrations, a line for each column.
    written = [p for p in PACKAGE.rglob("*.py") if p.parent.name != "migrations"]
    lengths = {p: len(p.read_text("utf-8").splitlines()) for p in written}
    long = {str(p.relative_to(ROOT)): n for p, n in lengths.items() if n > LINES_OF_A_FILE}
    assert lengths
    assert not long


def test_no_function_of_the_package_is_longer_than_forty_lines() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        # The body alone: a command declares its options, with their help, in its signature.
        and (node.end_lineno or 0) - node.body[0].lineno >= LINES_OF_A_FUNCTION
    ]
    assert not long


def test_every_room_says_in_its_docstring_what_it_is() -> None:
    rooms = [p for p in PACKAGE.iterdir() if p.is_dir() and p.name != "__pycache__"]
    silent = [
        room.name
        for room in rooms
        if not (room / "__init__.py").exists()
        or not ast.get_docstring(ast.parse((room / "__init__.py").read_text("utf-8")))
    ]
    assert rooms
    assert not silent


def test_the_library_holds_no_code() -> None:
    code = [p.name for p in (PACKAGE / "library").rglob("*.py")]
    assert code == ["__init__.py"]
    assert len(ast.parse((PACKAGE / "library" / "__init__.py").read_text("utf-8")).body) == 1
