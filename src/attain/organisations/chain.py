"""The chain of the audit trail, as pure rules: what is hashed, and where a chain is broken."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple


class Link(NamedTuple):
    """An entry as the chain sees it; `at` is written in ISO 8601, in UTC."""

    chain: str
    sequence: int
    at: str
    actor: str
    action: str
    object_kind: str
    object_key: str
    content_hash: str
    previous_hash: str

    def entry_hash(self) -> str:
        """Return the SHA-256 of the entry, which the next one names."""
        return hashlib.sha256(json.dumps(self, separators=(",", ":")).encode()).hexdigest()


class KeptLink(NamedTuple):
    """An entry as it is kept: what it says, its hash, and its content unless that was erased."""

    link: Link
    entry_hash: str
    salt: str | None
    text: str | None


@dataclass(frozen=True)
class Break:
    """The first entry at which a chain does not hold, and why."""

    chain: str
    sequence: int
    why: str


def content_hash(salt: str, text: str) -> str:
    """Return the SHA-256 of what an entry says; salted, so that nobody guesses what was erased."""
    return hashlib.sha256(f"{salt}:{text}".encode()).hexdigest()


def first_break(
    chain: str,
    entries: Iterable[KeptLink],
    known: dict[int, str],
    after: tuple[int, str] = (0, ""),
) -> Break | None:
    """Return where a chain is broken, None where it holds.

    `entries` are all of the chain in their order, `known` the hashes of some entries by sequence,
    as a checkpoint kept elsewhere tells them. Of a tail, `after` is the sequence and the hash of
    the entry before it.
    """
    expected, previous = after[0] + 1, after[1]
    for entry in entries:
        why = _fault(entry, previous, expected, known)
        if why:
            return Break(chain, expected, why)
        previous, expected = entry.entry_hash, expected + 1
    later = [sequence for sequence in known if sequence >= expected]
    return Break(chain, expected, "entries are missing at the end") if later else None


def _fault(entry: KeptLink, previous: str, expected: int, known: dict[int, str]) -> str | None:
    link = entry.link
    if link.sequence != expected:
        return f"entry {link.sequence} stands where entry {expected} is due"
    if link.previous_hash != previous:
        return "it does not follow the entry before it"
    if link.entry_hash() != entry.entry_hash:
        return "it does not say what was written"
    if entry.text is not None and content_hash(entry.salt or "", entry.text) != link.content_hash:
        return "its content is not what was written"
    if known.get(expected, entry.entry_hash) != entry.entry_hash:
        return "it is not the entry that a checkpoint names"
    return None
