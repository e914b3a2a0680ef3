"""Centres like one, and where its figures lie among theirs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import partial

from attain.assessments.queries.estate import EstateLine, ModelEstate
from attain.assessments.rules.cells import EstateCell
from attain.assessments.rules.estate import FEWEST_PEERS, AmongPeers, Kinship, among_peers, peers
from attain.organisations.pages import Centre
from attain.performance.queries import scopes_of


@dataclass(frozen=True)
class PeerGroup:
    """A centre among the centres like it that a member may read, of which each was assessed.

    `parts` has each category by its key. Of too few peers nothing is told.
    """

    centre: Centre
    peers: tuple[Centre, ...]
    volume: int
    whole: AmongPeers
    parts: Mapping[str, AmongPeers]

    @property
    def is_large_enough(self) -> bool:
        """Whether there are enough peers to compare with."""
        return len(self.peers) >= FEWEST_PEERS


def kinships_of(centres: Sequence[Centre], as_of: date) -> Mapping[str, Kinship]:
    """Return what makes centres alike, by their keys; their size is their contacts of 12 months."""
    scopes = scopes_of(centres, as_of)
    return {
        centre.key: Kinship(
            operation=centre.site.operation,
            kind=f"{centre.site.kind} {'site' if centre.programme_id is None else 'programme'}",
            volume=scopes[centre.pk].assessed_volume,
        )
        for centre in centres
    }


def peer_group(estate: ModelEstate, centre: str) -> PeerGroup | None:
    """Return a centre of an estate among its peers; None where it has no result there."""
    lines = {line.centre.key: line for line in estate.lines if line.result}
    if centre not in lines:
        return None
    kinships = kinships_of([line.centre for line in lines.values()], estate.as_of)
    alike = [lines[key] for key in peers(kinships, centre)]
    own = lines[centre]
    return PeerGroup(
        centre=own.centre,
        peers=tuple(line.centre for line in alike),
        volume=kinships[centre].volume,
        whole=_among(own, alike, estate.whole_cell),
        parts={
            part: _among(own, alike, partial(_part, estate, part)) for part in estate.model.parts
        },
    )


def _part(estate: ModelEstate, part: str, line: EstateLine) -> EstateCell | None:
    return estate.part_cell(line, part)


def _among(
    own: EstateLine, alike: Sequence[EstateLine], cell_of: Callable[[EstateLine], EstateCell | None]
) -> AmongPeers:
    return among_peers(_value(cell_of(own)), [_value(cell_of(line)) for line in alike])


def _value(cell: EstateCell | None) -> Fraction | None:
    return cell.value if cell is not None and cell.is_comparable else None
