"""What the pages of the estate have in common: what was asked for, and the words of figures."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from attain.assessments.forms_estate import EstateFilter
from attain.assessments.queries.estate import EstateFound, ModelEstate, read_estate
from attain.assessments.rules.cells import EstateCell
from attain.assessments.words import ROLL_UPS, rolled_words
from attain.organisations.pages import MemberRequest, address, now_and_today
from attain.standards.maturity_model import MaturityModel
from attain.standards.model_rules import Colour

# What stands in an address beside the filter, and does not go on to another page.
_OWN = ("sort", "export", "columns", "page", "peers")
# Every colour has a sign as well, so that nothing is told by colour alone.
SIGNS = {Colour.RED: "✕", Colour.AMBER: "▲", Colour.GREEN: "✓"}
HEAT = {Colour.RED: 1, Colour.AMBER: 3, Colour.GREEN: 5}
DENIED, OTHER_EDITION = "†", "*"


@dataclass(frozen=True)
class EstatePage:
    """What a page of the estate was asked for, and what was found."""

    request: MemberRequest
    form: EstateFilter
    found: EstateFound

    @property
    def query(self) -> str:
        """The filter as it stands in an address, for the other pages of the estate."""
        kept = self.request.GET.copy()
        for name in _OWN:
            kept.pop(name, None)
        return f"?{kept.urlencode()}" if kept else ""

    def to(self, name: str, **named: Any) -> str:
        """Return the address of another page of the estate, with the same filter."""
        return address(self.request, name, **named) + self.query

    def sorted_by(self, order: str) -> str:
        """Return the address of this page in another order."""
        asked = self.request.GET.copy()
        asked["sort"] = order
        asked.pop("export", None)
        return f"?{asked.urlencode()}"

    def context(self, here: str) -> dict[str, Any]:
        """Return what every page of the estate is given."""
        estate = self.found.estate
        tabs = (("assessments-estate", _("Heat map")), ("assessments-gaps", _("Shared gaps")))
        return {
            "form": self.form,
            "estate": estate,
            "query": self.query,
            "is_empty": not self.found.models and not self.form.has_changed(),
            "tabs": [
                {"title": title, "url": self.to(name), "is_current": name == here}
                for name, title in tabs
            ],
            **(_about(estate) if estate else {}),
        }


def _about(estate: ModelEstate) -> dict[str, Any]:
    rule = estate.model.roll_up
    return {
        "model": estate.model,
        "language": estate.edition.language,
        "rule": ROLL_UPS[rule.rule],
        "level": rule.level,
        "assessed": len(estate.assessed),
        "centres": len(estate.lines),
        "other_editions": sorted(
            {result.edition for _centre, result in estate.assessed if result.is_other_edition}
        ),
    }


def estate_page(request: MemberRequest) -> EstatePage:
    """Read the estate that a page is asked for."""
    _now, today = now_and_today(request)
    said = request.GET.copy()
    said.setdefault("as_of", today.isoformat())
    form = EstateFilter(said, initial={"as_of": today})
    found = read_estate(request.member, form.asked(today))
    form.offer(found)
    return EstatePage(request, form, found)


class FigureWords:
    """Writes the figures of a model, each only once."""

    def __init__(self, model: MaturityModel) -> None:
        self._rule = model.roll_up.rule
        self._rule_of_parts = "share_at_level" if self._rule == "ladder" else self._rule
        self._written = cache(rolled_words)

    def of_whole(self, value: Fraction | None) -> str:
        """Write a figure of the whole."""
        return "–" if value is None else self._written(self._rule, value, is_whole=True)

    def of_part(self, value: Fraction | None) -> str:
        """Write a figure of a category; a ladder's categories are shares."""
        return "–" if value is None else self._written(self._rule_of_parts, value)


def sign_of(cell: EstateCell) -> str:
    """Return the sign of a cell's colour."""
    return SIGNS[cell.colour] if cell.colour else ""
