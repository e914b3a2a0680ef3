"""A checkpoint as a text that is kept elsewhere: how long each chain was, how it ended, signed."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from attain.organisations import signing


class Mark(NamedTuple):
    """How long a chain was at a time, and the hash of its last entry."""

    chain: str
    sequence: int
    entry_hash: str
    at: str

    def message(self) -> bytes:
        """Return what is signed."""
        return json.dumps(self, separators=(",", ":")).encode()


class SignedMark(NamedTuple):
    """A mark with its signature."""

    mark: Mark
    signature: str


def written_at(at: datetime) -> str:
    """Write a time as a mark has it."""
    return at.astimezone(UTC).isoformat()


def as_text(public: str, marks: Iterable[SignedMark]) -> str:
    """Write marks as the JSON that is kept elsewhere."""
    chains = [{**signed.mark._asdict(), "signature": signed.signature} for signed in marks]
    return json.dumps({"format": 1, "public_key": public, "chains": chains}, indent=2)


def from_text(text: str, public: str) -> tuple[SignedMark, ...]:
    """Read marks as they were kept; ValueError where they are not this installation's."""
    try:
        told = json.loads(text)
        signer, chains = told["public_key"], told["chains"]
        marks = tuple(_mark_of(one) for one in chains)
    except (KeyError, TypeError, json.JSONDecodeError) as error:
        raise ValueError("this is no checkpoint") from error
    if signer != public:
        raise ValueError("it was signed by another key than the one of this installation")
    for signed in marks:
        if not is_sound(signed, public):
            raise ValueError(f"what it says of the chain {signed.mark.chain} was not signed")
    return marks


def is_sound(signed: SignedMark, public: str) -> bool:
    """Say whether a mark is what was signed."""
    return signing.is_signed(public, signed.signature, signed.mark.message())


def _mark_of(told: Mapping[str, object]) -> SignedMark:
    mark = Mark(
        str(told["chain"]), int(str(told["sequence"])), str(told["entry_hash"]), str(told["at"])
    )
    return SignedMark(mark, str(told["signature"]))
