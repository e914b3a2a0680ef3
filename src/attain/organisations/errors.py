"""The refusals of the Django rooms. Each says what was refused and what to do about it."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.forms import BaseForm


class RefusedActionError(Exception):
    """What was asked for is not allowed as things stand; a page shows it as 422."""


class ForbiddenError(Exception):
    """The member may see this, and may not do it; a page shows it as 403."""


class UnknownError(Exception):
    """There is no such thing, or none that the member may see; a page shows it as 404."""


class ChangedMeanwhileError(Exception):
    """Somebody else changed it since it was read; a page shows both as 409.

    `theirs` is what stands now, `yours` what was to be written, by the names of the fields. Where
    it came by a form, `form` knows how each is called.
    """

    form: "BaseForm | None" = None

    def __init__(self, what: str, theirs: dict[str, object], yours: dict[str, object]) -> None:
        super().__init__(f"{what} was changed in the meantime")
        self.what, self.theirs, self.yours = what, theirs, yours
