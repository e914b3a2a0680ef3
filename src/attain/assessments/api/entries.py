"""What the API of the room has in common: entries of items, and whose an assessment is."""

from dataclasses import asdict
from typing import Annotated, Any

from ninja import Field, Schema
from pydantic import StringConstraints

from attain.assessments.actions.rating import LONGEST
from attain.assessments.models import AgreedRating, Rating
from attain.assessments.queries.ratings import entry_of
from attain.assessments.rules.entries import Entry
from attain.organisations.api_parts import Flag, Said, SeenVersion, Text
from attain.organisations.errors import RefusedActionError

Level = Annotated[int, Field(strict=True, ge=0, le=999, examples=[2])]
EntryText = Annotated[Text, StringConstraints(max_length=LONGEST)]


class EntryIn(Said):
    """What is entered of an item, whole, and the version that was seen: 0 of what is not there.

    An item that does not apply has neither level nor target, and a reason.
    """

    version: SeenVersion
    level: Level | None = None
    target: Level | None = None
    is_applicable: Flag = True
    reason: EntryText = ""
    note: EntryText = ""
    needed: EntryText = ""

    @property
    def entry(self) -> Entry:
        """The entry as the rules read it."""
        if not self.is_applicable and self.target is not None:
            raise RefusedActionError("An item that does not apply has no target.")
        return Entry(
            level=self.level,
            target=self.target,
            is_applicable=self.is_applicable,
            reason=self.reason,
            note=self.note,
            needed=self.needed,
        )


class RatingEntryOut(Schema):
    """What is entered of an item."""

    item: str
    title: str
    level: int | None
    target: int | None
    is_applicable: bool
    reason: str
    note: str
    needed: str


def told_entry(item: str, title: str, row: Rating | AgreedRating | None) -> dict[str, Any]:
    """Return what stands of an item, everything open where nothing does."""
    return {"item": item, "title": title, **asdict(entry_of(row) if row else Entry())}
