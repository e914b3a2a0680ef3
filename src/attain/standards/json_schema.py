"""The JSON Schema of a definition, with what each key means, for editors and other programs."""

import ast
import inspect
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from textwrap import dedent
from typing import Any

from attain.standards.definition import Definition

DIALECT = "https://json-schema.org/draft/2020-12/schema"


@cache
def meanings(shape: type[Definition]) -> Mapping[str, str]:
    """Return what each key of a definition means: the docstring that stands below it."""
    found: dict[str, str] = {}
    for each in reversed(shape.__mro__):
        if issubclass(each, Definition):
            tree = ast.parse(dedent(inspect.getsource(each))).body[0]
            if isinstance(tree, ast.ClassDef):
                found |= dict(_docstrings(tree.body))
    return found


def _docstrings(body: list[ast.stmt]) -> Iterator[tuple[str, str]]:
    for declared, after in pairwise(body):
        if not isinstance(declared, ast.AnnAssign) or not isinstance(declared.target, ast.Name):
            continue
        if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
            yield declared.target.id, " ".join(str(after.value.value).split())


def json_schema(shape: type[Definition]) -> dict[str, Any]:
    """Return the JSON Schema of a definition and of everything in it."""
    described = shape.model_json_schema()
    shapes = {part.__name__: part for part in _parts(Definition)}
    for name, schema in {shape.__name__: described, **described.get("$defs", {})}.items():
        for key, meaning in meanings(shapes[name]).items() if name in shapes else ():
            if key in schema.get("properties", {}):
                schema["properties"][key]["description"] = meaning
    return {"$schema": DIALECT, **described}


def _parts(shape: type[Definition]) -> Iterator[type[Definition]]:
    for part in shape.__subclasses__():
        yield part
        yield from _parts(part)
