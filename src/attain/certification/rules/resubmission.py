"""What a further submission differs in from the one before: practices and documents."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from attain.standards.figures import Document


class Flag(StrEnum):
    """How something stands to the submission before."""

    ADDED = "added"
    CHANGED = "changed"
    DROPPED = "dropped"


class Flagged(NamedTuple):
    """A practice or document that is another than in the submission before."""

    key: str
    flag: Flag


def flag_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Flagged, ...]:
    """Return what was added, changed or dropped since, by key."""
    found = []
    for key in sorted({**before, **after}):
        if key not in before:
            found.append(Flagged(key, Flag.ADDED))
        elif key not in after:
            found.append(Flagged(key, Flag.DROPPED))
        elif before[key] != after[key]:
            found.append(Flagged(key, Flag.CHANGED))
    return tuple(found)


def document_as_json(document: Document, sha256: str | None) -> dict[str, Any]:
    """Return a document on file as it is frozen with a submission, with the hash of its file."""
    told = {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in vars(document).items()
    }
    return {**told, "sha256": sha256}


def document_key(document: Mapping[str, Any]) -> str:
    """Return what names a document among those of a submission."""
    return f"{document['kind']}/{document['title']}"
