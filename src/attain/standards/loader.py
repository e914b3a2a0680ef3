"""The strict loader of definitions: each fault with its file, line and column."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from attain.measurement.faults import Fault, RefusedError
from attain.standards.yaml_nodes import Document, read_yaml

Loaded = TypeVar("Loaded", bound=BaseModel)


def read_definition(path: Path) -> Document:
    """Read a definition file as plain data with places; RefusedError where it cannot be read."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        found = f"a byte that is not UTF-8 at {error.start}"
        raise RefusedError([Fault(path.name, 1, "1", found, "a text file in UTF-8")]) from error
    except OSError as error:
        found = error.strerror or str(error)
        raise RefusedError([Fault(path.name, 1, "1", found, "a readable file")]) from error
    return read_yaml(text, path.name)


def load(document: Document, shape: type[Loaded]) -> Loaded:
    """Check plain data against the shape of a definition; RefusedError with every fault."""
    try:
        loaded = shape.model_validate(_tuples(document.data))
    except ValidationError as error:
        met = (_fault(document, e) for e in error.errors() if not _is_echo(e))
        raise RefusedError(sorted({*document.faults, *met})) from error
    if document.faults:
        raise RefusedError(document.faults)
    return loaded


def refuse(faults: Iterable[Fault]) -> None:
    """Raise RefusedError with the faults that were found, if there are any."""
    found = list(faults)
    if found:
        raise RefusedError(found)


def _is_echo(error: ErrorDetails) -> bool:
    # A part that was refused is also missed by the list or mapping that it stands in.
    return error["type"] == "too_short" and len(error["input"]) >= error["ctx"]["min_length"]


def _tuples(data: Any) -> Any:
    # Definitions are frozen, so their lists are tuples, which strict types do not take lists for.
    if isinstance(data, dict):
        return {key: _tuples(value) for key, value in data.items()}
    return tuple(map(_tuples, data)) if isinstance(data, list) else data


def _fault(document: Document, error: ErrorDetails) -> Fault:
    path = tuple(_known(document, error["loc"]))
    found, expected = _words(error)
    return document.fault(path, found, expected)


def _known(document: Document, location: tuple[int | str, ...]) -> Iterator[int | str]:
    # The location also names the member of a union and the word for a key, which no file has.
    path: tuple[int | str, ...] = ()
    for part in location:
        if (*path, part) in document.places:
            path = (*path, part)
            yield part


def _words(error: ErrorDetails) -> tuple[str, str]:
    kind, last = error["type"], str(error["loc"][-1]) if error["loc"] else "the file"
    context = error.get("ctx", {})
    if kind == "missing":
        return f"no {last}", f"the key {last}"
    if kind == "extra_forbidden":
        return f"the unknown key {last}", "only the keys that the reference lists"
    if kind == "union_tag_not_found":
        return "a rule without kind", "the key kind"
    if kind == "union_tag_invalid":
        tags = str(context["expected_tags"]).replace("'", "")
        return str(context["tag"]), f"one of the kinds {tags}"
    if kind == "value_error":
        return _sentence(str(context["error"]), error["input"])
    return _shown(error["input"]), _EXPECTED.get(kind, _message(error))


_EXPECTED = {
    "model_type": "a mapping of keys",
    "model_attributes_type": "a mapping of keys",
    "mapping_type": "a mapping of keys",
    "tuple_type": "a list",
    "string_type": "a text",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "string_pattern_mismatch": "a key of small letters and digits, with hyphens between",
}


def _message(error: ErrorDetails) -> str:
    if error["type"] == "too_short":
        return f"at least {error['ctx']['min_length']}"
    return error["msg"].removeprefix("Input should be ")


def _sentence(message: str, given: object) -> tuple[str, str]:
    # Our own checks say "what was found; expected what", or only what was expected.
    found, divider, expected = message.partition("; expected ")
    return (found, expected) if divider else (_shown(given), message)


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return f"a mapping with {len(value)} keys"
    if isinstance(value, list | tuple):
        return f"a list of {len(value)}"
    return "nothing" if value is None else str(value)
