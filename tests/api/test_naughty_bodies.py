"""Bodies and parameters that have broken other programs, for every operation of the API.

Nothing makes attain fail, and nothing of what is refused is kept.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from attain.website.api.v1 import api
from naughty import ALL, TORTURE, Faults, encoded, fault, share, taken_back, worst
from programs import HOOK, NOW, Program, Told

pytestmark = pytest.mark.django_db
SCHEMA = api.get_openapi_schema()
JSON = "application/json"
GROUPS = 2
# One for all requests: each new one looks for the assets of the pages first.
CLIENT = Client(raise_request_exception=False)
# What may stand where a value is expected, as it is written in JSON.
VALUES = (
    "null", "true", "[]", "{}", "-1", "1e400", "-1e400", "NaN", "Infinity", "1e-400", "0.1",
    "9" * 5000, "9" * 20, '""', '"\\u0000"', '"a\\u0000b"', '"\\ud800"', '"\\ud800\\ud800"',
    f'"{"x" * 20_000}"', '["\\ud800"]', "[" * 500 + "]" * 500, '{"a": {"b": null}}', '"0001-01-01"',
    '"9999-12-31"', '"0000-00"', '"1e400"', '"NaN"', '"-0"', '"\\u0663"',
)  # fmt: skip
BODIES = (
    b"", b"\0", b"\xff", b"\xed\xa0\x80", b'"\xed\xa0\x80"', b"[" * 100_000, b'{"a":' * 20_000,
    b"\xef\xbb\xbf{}", b'{"version": 1, "version": 2}', b"9" * 5000, b"nul", '{"\ud800": 1}'.encode(
        "utf-8", "surrogatepass"
    ), b'{"__proto__": 1, "": 2}', '{}'.encode("utf-16"),
)  # fmt: skip


@dataclass(frozen=True)
class Operation:
    """An operation of the API on things that are there, and what it can read."""

    method: str
    path: str
    right: Any
    parameters: Mapping[str, str]

    def ask(
        self, program: Program, body: bytes = b"", said: Mapping[str, str] | None = None
    ) -> Any:
        """Ask for it; what it answers is read to its end."""
        query = encoded(
            {key: [value] for key, value in {**self.parameters, **(said or {})}.items()}
        )
        CLIENT.cookies.clear()
        answer: Any = CLIENT.generic(
            self.method, self.path, body, JSON, QUERY_STRING=query, headers=program.headers
        )
        if answer.streaming:
            b"".join(answer)
        return answer


def operations(told: Told) -> Iterator[tuple[Operation, dict[str, Any]]]:
    """Yield every operation, with what the description says of it."""
    for path, methods in SCHEMA["paths"].items():
        for method, described in methods.items():
            content = described.get("requestBody", {}).get("content", {})
            right = example(content[JSON]["schema"], told) if JSON in content else None
            needed = {
                each["name"]: "leeds"
                for each in described.get("parameters", ())
                if each["in"] == "query" and each.get("required")
            }
            yield Operation(method.upper(), path.format(**told.ids), right, needed), described


LATER = (NOW + timedelta(days=30)).date().isoformat()
# What the description cannot say: which of the things that are there would be a right answer.
NAMED: dict[str, Any] = {
    "version": 1,
    "seen": 1,
    "region": "north",
    "site": None,
    "team": None,
    "owner": None,
    "evidence": None,
    "process": "answering",
    "scheme": "performance-tiers",
    "channels": "chat",
    "events": "month.closed",
    "address": HOOK,
    "until": LATER,
    "due": LATER,
    "since": LATER,
}


def example(schema: dict[str, Any], told: Told, name: str = "") -> Any:
    """Return something of a schema, with everything that it may have."""
    if "$ref" in schema:
        found = SCHEMA["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        return example(found, told, name)
    if name in NAMED and schema.get("type") != "array":
        return NAMED[name]
    if "anyOf" in schema and not schema.get("examples"):
        return example(schema["anyOf"][0], told, name)
    if schema.get("type") == "array":
        return [example(schema["items"], told, name)]
    if schema.get("type") == "object":
        return {key: example(each, told, key) for key, each in schema.get("properties", {}).items()}
    return plain_example(schema, told, name)


def plain_example(schema: dict[str, Any], told: Told, name: str) -> Any:
    """Return something of a schema of one value: of things that are there, where it names one."""
    if schema.get("format") == "uuid":
        return told.ids.get(name, told.ids["metric"])
    if name in told.ids and schema.get("type") == "string":
        return told.ids[name]
    listed = [*schema.get("examples", ()), *schema.get("enum", ())]
    plain: dict[str, Any] = {"integer": 1, "boolean": True, "number": 1}
    otherwise = plain.get(str(schema.get("type")), "1")
    return listed[0] if listed else schema.get("const", otherwise)


def check(faults: Faults, operation: Operation, answer: Any, written: Any, where: str) -> None:
    """Take note of what is wrong with an answer."""
    faults.note(fault(answer), where)
    name = f"{operation.method} {operation.path}"
    if answer.status_code == 401:
        faults.note(f"{name} does not know the program", where)
    if answer.status_code >= 400 and written.kept:
        faults.note(f"{name} is refused and writes {written.kept[0][0][:80]}", where)
    if answer.status_code >= 400 and answer["Content-Type"] != "application/problem+json":
        faults.note(f"{name} answers {answer.status_code} with no problem", where)


def raw_bodies(at: int) -> list[bytes]:
    """Return bodies that are hardly JSON, or hardly what is asked for."""
    files = sorted((TORTURE / "json-test-suite").rglob("*.json"))
    chosen = files if ALL else files[at % 40 :: 40]
    return [*(BODIES if ALL else BODIES[at % 2 :: 2]), *(file.read_bytes() for file in chosen)]


def with_values(right: Any, at: int) -> Iterator[bytes]:
    """Yield what is right, but for one field, or for each of its fields a text."""
    if not isinstance(right, dict):
        return
    for name in right:
        for value in VALUES if ALL else VALUES[at % 8 :: 8]:
            yield json.dumps(right | {name: "@@"}).replace('"@@"', value).encode()
    typed = [name for name in right if isinstance(right[name], str)]
    texts = share(at, 60)[:: 1 if ALL else 3] if typed else []
    for turn in range(len(texts)):
        said = {name: texts[(turn + i) % len(texts)] for i, name in enumerate(typed)}
        yield json.dumps(right | said).encode()


@pytest.mark.parametrize("group", range(GROUPS))
def test_no_body_makes_the_api_fail(lasting: Told, everything: Program, group: int) -> None:
    faults, count, taken = Faults(), 0, 0
    for at, (operation, described) in enumerate(operations(lasting)):
        if at % GROUPS != group or "requestBody" not in described:
            continue
        with taken_back() as written:
            answer = operation.ask(everything, json.dumps(operation.right).encode())
        taken += answer.status_code < 400
        check(faults, operation, answer, written, str(operation.right))
        for body in [*raw_bodies(at), *with_values(operation.right, at)]:
            with taken_back() as written:
                answer = operation.ask(everything, body)
            check(faults, operation, answer, written, f"{operation.path} {body[:200]!r}")
            count += 1
    print(f"{count} bodies were sent, {taken} operations took the right one")
    faults.check()


@pytest.mark.parametrize("group", range(GROUPS))
def test_no_parameter_makes_the_api_fail(lasting: Told, everything: Program, group: int) -> None:
    faults, count = Faults(), 0
    for at, (operation, described) in enumerate(operations(lasting)):
        asked = [p["name"] for p in described.get("parameters", ()) if p["in"] == "query"]
        if at % GROUPS != group or operation.path.endswith("/pdf"):
            continue
        for name in asked:
            # Of a page of a list each operation reads the same two numbers.
            is_of_all = name in ("limit", "offset") and not ALL
            for text in worst(at, 9) if is_of_all else share(at, 200):
                with taken_back() as written:
                    answer = operation.ask(everything, said={name: text})
                check(faults, operation, answer, written, f"{operation.path} {name}={text!a}")
                count += 1
    print(f"{count} parameters were sent")
    faults.check()
