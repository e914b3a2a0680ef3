"""What an entry of the audit trail says, in words instead of the signs of a program."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _


def details_of(said: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what an entry says by name, without who did it."""
    for name, value in said.items():
        if name != "by":
            yield name.replace("_", " "), in_words(value)


def in_words(value: Any) -> str:
    """Return a value for a person: lists and what they hold, yes and no, nothing as a dash."""
    if value is None or value == "" or value == [] or value == {}:
        return "–"
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, Mapping):
        return _of_mapping(value)
    if isinstance(value, list | tuple):
        return ", ".join(in_words(each) for each in value)
    return str(value)


def _of_mapping(value: Mapping[str, Any]) -> str:
    """Return a change as what was and what is, anything else as names with values."""
    if set(value) == {"was", "is"}:
        said = {"was": in_words(value["was"]), "is": in_words(value["is"])}
        return _("%(is)s, before %(was)s") % said
    named = (f"{name.replace('_', ' ')} {in_words(each)}" for name, each in value.items())
    return ", ".join(named)
