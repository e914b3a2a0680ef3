"""The words of a centre among its peers."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from attain.assessments.queries.peers import PeerGroup
from attain.assessments.rules.estate import FEWEST_PEERS, AmongPeers, Place
from attain.assessments.views.estate_common import FigureWords
from attain.standards.maturity_model import MaturityModel

_PLACES = {
    Place.LOWEST_QUARTER: _("In the lowest quarter"),
    Place.MIDDLE: _("In the middle half"),
    Place.HIGHEST_QUARTER: _("In the highest quarter"),
}


def peer_context(model: MaturityModel, group: PeerGroup, words: FigureWords) -> dict[str, Any]:
    """Return what the card of a centre's peers is given."""
    whole = {"title": "", **_row(group.whole, words.of_whole)}
    parts = [
        {"title": model.parts[key].title, **_row(each, words.of_part)}
        for key, each in group.parts.items()
    ]
    return {"group": group, "peer_rows": [whole, *parts], "fewest_peers": FEWEST_PEERS}


def _row(among: AmongPeers, written: Any) -> dict[str, Any]:
    return {
        "own": written(among.own),
        "quartiles": [written(each) for each in among.quartiles or ()],
        "n": among.peers,
        "place": _PLACES[among.place] if among.place else "",
    }
