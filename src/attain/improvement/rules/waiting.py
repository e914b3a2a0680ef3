"""What waits for what among initiatives, and the circles that must not be."""

from collections.abc import Collection, Mapping
from graphlib import CycleError, TopologicalSorter


def find_circle(waits: Mapping[int, Collection[int]]) -> list[int] | None:
    """Return initiatives that wait for each other in a circle, the first named again at the end."""
    try:
        TopologicalSorter(waits).prepare()
    except CycleError as error:
        # The sorter names each before what waits for it; told is what waits for what.
        return list(reversed(error.args[1]))
    return None
