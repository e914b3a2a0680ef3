"""What every part of a definition file has in common."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Criticality = Literal["key", "moderate", "low"]
"""How much harm is done where a practice is missing."""
Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*([-_][a-z0-9]+)*$")]
"""The key of something in a definition: small letters and digits, with hyphens between."""


class Definition(BaseModel):
    """A part of a definition file: frozen, strictly typed, and without unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
