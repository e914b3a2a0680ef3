"""What an import tells a person when all is in its place: nothing is left out in silence."""

from collections.abc import Iterator, Sequence
from itertools import chain

from attain.dossier.filled_dossiers import FilledDossier, Order
from attain.dossier.intake import FileRead
from attain.dossier.local_times import run_of
from attain.dossier.merging import Origin
from attain.dossier.scopes import continuity
from attain.dossier.tables import INTERVALS
from attain.measurement.zones import instant_of

_MOST_LINES = 12


def report(order: Order, read: FileRead, dossiers: Sequence[FilledDossier]) -> Iterator[str]:
    """Yield the lines of the report."""
    return map(printable_line, chain(
        _taken(order, read), _written(order, dossiers), continuity(read.scopes),
        *(_of_dossier(order, dossier) for dossier in dossiers),
    ))  # fmt: skip


def printable_line(text: str) -> str:
    """Return a line without anything that a terminal would obey."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def _taken(order: Order, read: FileRead) -> Iterator[str]:
    """Say how many rows were read, and which were left out."""
    yield f"{order.file}: {read.count} rows read, {read.filtered} left out by the filter"
    if read.gaps:
        lines = _numbered(read.gaps)
        yield f"rows without a figure, which stay missing: {len(read.gaps)} ({lines})"


def _written(order: Order, dossiers: Sequence[FilledDossier]) -> Iterator[str]:
    """Say how many rows came to which tables, and which said nothing new."""
    new = sum(dossier.header is not None for dossier in dossiers)
    places = f"{len(dossiers)} dossiers, {new} of them new," if order.mapping.scope else "dossier"
    name = order.table.name
    added = sum(dossier.tables[name].added for dossier in dossiers)
    yield f"{name}: {added} rows added to the {places} in {order.out}"
    repeated = [origin for dossier in dossiers for origin in dossier.tables[name].repeated]
    if repeated:
        listed = _listed(repeated)
        yield f"rows that were there with the same values: {len(repeated)} ({listed})"


def _of_dossier(order: Order, dossier: FilledDossier) -> Iterator[str]:
    """Say what a person should know of one dossier."""
    called = dossier.scope.code or str(order.out)
    if dossier.kept:
        yield f"{called} keeps its dossier.yaml: {'; '.join(dossier.kept)} as in the mapping"
    minutes = order.mapping.times.length
    if order.table is INTERVALS and minutes:
        starts: dict[str, list[int]] = {}
        for (channel, start), _ in dossier.tables[INTERVALS.name].by_key():
            starts.setdefault(channel, []).append(instant_of(start))
        for channel, instants in starts.items():
            run = run_of(instants, minutes)
            text = f"{called}: {run.count} intervals of {minutes} minutes in {channel}"
            yield f"{text}, {run.missing} missing between the first and the last"


def _numbered(lines: Sequence[int]) -> str:
    """List lines, as many as a person reads."""
    first = ", ".join(f"line {line}" for line in lines[:_MOST_LINES])
    return first + (" and more" if len(lines) > _MOST_LINES else "")


def _listed(origins: Sequence[Origin]) -> str:
    """List places, as many as a person reads."""
    first = ", ".join(map(str, origins[:_MOST_LINES]))
    return first + (" and more" if len(origins) > _MOST_LINES else "")
