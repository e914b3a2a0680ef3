"""What every part of a definition file has in common."""

from pydantic import BaseModel, ConfigDict


class Definition(BaseModel):
    """A part of a definition file: frozen, strictly typed, and without unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
