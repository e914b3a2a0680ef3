"""Texts that have broken other programs, and how a request with them is sent and looked at.

`ATTAIN_NAUGHTY=all` tries every text in every field, which takes a quarter of an hour; otherwise
each field meets a share of the worst texts and of the others, the next field another one, so that
all of them are met somewhere. `ATTAIN_NAUGHTY_SEED` shares them otherwise.
"""

import json
import os
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.db import connection, transaction
from django.test import Client

TORTURE = Path(__file__).parents[2] / "shared" / "data" / "torture"
ALL = os.environ.get("ATTAIN_NAUGHTY") == "all"
SEED = int(os.environ.get("ATTAIN_NAUGHTY_SEED", "0"))
# Those that the big list lacks; they are tried in every field alone, wherever the project lies.
WORST = (
    "\0", "a\0b", "\ud800", "9" * 5000, "-1", "1e400", "NaN", "-0", "\u0663", "%00", "\u202ea",
    "x" * 20_000, "a\r\nSet-Cookie: b=c", "<script>alert(1)</script>", "9" * 20, "0001-01-01",
    "9999-12-31", "0000-00",
)  # fmt: skip
FORM = "application/x-www-form-urlencoded"
# What a request may write that is refused: who asks, and how often.
_KEPT_ANYWAY = (
    "django_session", "axes_", "account_emailaddress", 'UPDATE "organisations_apitoken"',
    "organisations_answeredrequest",
)  # fmt: skip
_WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


def listed() -> list[str]:
    """Return the big list of naughty strings; nothing where it is not beside the project."""
    file = TORTURE / "blns" / "blns.json"
    return json.loads(file.read_text("utf-8")) if file.exists() else []


def share(at: int, of: int) -> list[str]:
    """Return the texts that a place meets: all of them, or one in `of`, each place others."""
    return [*worst(at, 3), *(listed() if ALL else listed()[(at + SEED) % of :: of])]


def worst(at: int, of: int) -> Sequence[str]:
    """Return the worst texts that a place meets: all of them, or one in `of`."""
    return WORST if ALL else WORST[(at + SEED) % of :: of]


def encoded(said: Mapping[str, Sequence[str]]) -> str:
    """Return what is said as a hostile program sends it: also what no browser would."""
    return "&".join(
        f"{quote(name)}={quote(value.encode('utf-8', 'surrogatepass'))}"
        for name, values in said.items()
        for value in values
    )


def safe(text: str) -> str:
    """Return a text as it is read where it was no UTF-8."""
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


class Written:
    """The statements of a request that wrote something and were not taken back."""

    def __init__(self) -> None:
        self.kept: list[tuple[str, Any]] = []
        self._marks: dict[str, int] = {}

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """Take note of a statement, and carry it out."""
        word, *rest = sql.split(None, 4)
        if word == "SAVEPOINT":
            self._marks[rest[0]] = len(self.kept)
        elif sql.startswith("ROLLBACK TO SAVEPOINT"):
            del self.kept[self._marks[rest[2]] :]
        elif word.upper() in _WRITES and not any(name in sql for name in _KEPT_ANYWAY):
            self.kept.append((sql, params))
        return execute(sql, params, many, context)

    @property
    def texts(self) -> list[str]:
        """Every text that was written."""
        return [str(value) for _sql, params in self.kept for value in params or ()]


@contextmanager
def taken_back() -> Iterator[Written]:
    """Take note of what a request writes, and take it back."""
    written = Written()
    with transaction.atomic():
        with connection.execute_wrapper(written):
            yield written
        transaction.set_rollback(True)


def fault(answer: Any) -> str:
    """Say which fault of attain an answer tells of; nothing where it tells of none."""
    if answer.status_code < 500:
        return ""
    if not getattr(answer, "exc_info", None):
        return str(answer.status_code)
    kind, error, trace = answer.exc_info
    ours = [f for f in traceback.extract_tb(trace) if "/attain/" in f.filename]
    at = f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else "elsewhere"
    return f"{answer.status_code} {kind.__name__} at {at}: {str(error)[:150]}"


def shows_as_own(name: str, answer: Any, said: Mapping[str, Sequence[str]]) -> str:
    """Say whether a page tells what was said as if it were the page's own."""
    if answer.streaming or "html" not in answer.get("Content-Type", ""):
        return ""
    page = answer.content.decode()
    texts = [value for values in said.values() for value in values if len(value) > 3]
    is_shown = any("<" in text and text in page for text in texts)
    return f"{name} shows a text as if it were of the page" if is_shown else ""


def get(client: Client, path: str, said: Mapping[str, Sequence[str]]) -> Any:
    """Ask for a page, and read all of it."""
    answer: Any = client.generic("GET", path, QUERY_STRING=encoded(said))
    if answer.streaming:
        b"".join(answer)
    return answer


class Faults:
    """What went wrong, told together at the end: a fault once, with where it was met first."""

    def __init__(self) -> None:
        self.met: dict[str, list[str]] = {}

    def note(self, what: str, where: str) -> None:
        """Take note of something that is wrong; nothing is nothing."""
        if what:
            self.met.setdefault(what, []).append(where[:300])

    def check(self) -> None:
        """Fail where anything went wrong."""
        lines = [f"{what}\n    {len(at)} times, first {at[0]}" for what, at in self.met.items()]
        assert not lines, f"{len(lines)} faults\n" + "\n".join(lines)
