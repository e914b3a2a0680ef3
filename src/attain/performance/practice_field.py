"""Which practice a record is of: chosen by its title, or named by a key of the centre's own."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from attain.organisations.pages import Centre
from attain.performance import library
from attain.performance.queries.rows import in_place
from attain.performance.rules import LONGEST_KEY
from attain.performance.shelves import SHELVES

# The column of the table, and the field of a practice that no model of the library has.
ITEM, OWN_ITEM = "item", "own_item"
_TABLE = "practices"


def practice_fields(centre: Centre) -> dict[str, forms.Field]:
    """Return the fields by which a practice is said; those that are there say so."""
    there = set(in_place(SHELVES[_TABLE], [centre]).values_list("item", flat=True))
    choices: list[tuple[Any, Any]] = [("", _("Another one, by its key"))]
    for group, listed in library.practices().items():
        choices.append((group, [(key, _told(title, key in there)) for key, title in listed]))
    own = forms.CharField(
        label=_("Key of another practice"),
        required=False,
        max_length=LONGEST_KEY,
        help_text=_("Only where it is none of those above; such as capacity-planning."),
    )
    item = forms.ChoiceField(label=_("Practice"), choices=choices, required=False)
    return {ITEM: item, OWN_ITEM: own}


def practice_said(said: dict[str, Any]) -> str:
    """Return the key of the practice that was chosen or named."""
    return str(said.get(ITEM) or said.get(OWN_ITEM) or "")


def _told(title: str, is_there: bool) -> str:
    return str(_("%s (there already)") % title) if is_there else title
