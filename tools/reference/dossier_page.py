"""The reference of the dossier: its header, every table, every column."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from attain.dossier import header
from attain.dossier.costs import costs_table
from attain.dossier.folder import read_dossier
from attain.dossier.scaffold import write_new_dossier
from attain.dossier.tables import TABLES, Column, Table
from tools.reference.shapes import anchor, doc_of, row

_HEAD = """\
# The dossier

A dossier is a folder with a centre's figures: `dossier.yaml`, and one CSV file for each table.
`attain dossier new` writes one to start from, `attain dossier check` lists every fault at once, and
`attain certify` reads it.

`dossier.yaml` is required. Every table is optional: an absent one is an empty one. A `.csv` or
`.parquet` file that is not in this list is refused, since it may be a table whose name was
mistyped; other files are ignored.

This page is written from the code by `make docs`.

## How files and cells are written

- UTF-8, with or without a byte order mark; lines end in LF or CRLF; commas between cells; RFC 4180.
- The header names every column of the table once, in any order. A missing column and an unknown
  one are refused. An entirely empty line is skipped.
- A *number* is digits, with a leading minus or a decimal point if need be: no thousands separator,
  no percent sign, no exponent. A *share* is from 0 to 1: 95 % is `0.95`.
- A *month* is `2026-10`, a *date* `2026-10-31`, a *time* `2026-10-31T09:15:00+01:00` with its
  offset from UTC.
- A *key* is written in small letters, digits and `_`: `live_chat`.
- A cell may be empty only where its column says what that means. Elsewhere an empty cell is
  refused: it is never read as 0. A text of spaces only is empty.
- A row whose key is there already is refused. Keys are compared by value: two starts that are the
  same instant are one key, whatever their offsets.
- A process, metric or system that a row names must be listed in its own table.

A dossier with any fault is refused as a whole. Each fault stands on one line, as
`file:line: column: found ..., expected ...`.
"""

_HEADER = """\
## `dossier.yaml`

Every key is required and no other is allowed. `as_of` may be left out where it is given by
`--as-of`, which goes before it. `assessed` is not above `site`.

```yaml
{example}```
"""

_INTERVALS = """\
`answered` is not above `offered`, and `within_threshold` not above `answered`. `intervals.parquet`
may stand in place of `intervals.csv`: there `start` is a text as in CSV or a timestamp with a time
zone, and the counts are integers. In an estate the intervals of all sites may lie in one lake, with
a further column `site`.
"""

_NOTES = {
    "readings": "A reading with a denominator of 0 is read as if the month had no reading.\n",
    "intervals": _INTERVALS,
}


def dossier_page() -> str:
    """Return the reference page of the dossier."""
    tables = ("\n".join(_section(table)) for table in TABLES.values())
    return "\n".join([_HEAD, _HEADER.format(example=_example()), *tables, *_costs()])


def _example() -> str:
    """Return the header that a new dossier begins with."""
    with TemporaryDirectory() as folder:
        write_new_dossier(Path(folder))
        return Path(folder, header.FILE).read_text("utf-8")


def _section(table: Table) -> Iterator[str]:
    yield f"## `{table.file}`\n"
    yield f"A row is {table.about}. Its key is {_keys(table)}.\n"
    yield from _columns(table)
    if table.name in _NOTES:
        yield _NOTES[table.name]


def _keys(table: Table) -> str:
    return " and ".join(f"`{name}`" for name in table.key)


def _columns(table: Table) -> Iterator[str]:
    yield row(["column", "is", "an empty cell means", "example"])
    yield "|---|---|---|---|"
    yield from (row(_cells(column)) for column in table.columns)
    yield ""


def _cells(column: Column) -> list[str]:
    example = f"`{column.example}`" if column.example else ""
    return [f"`{column.name}`", _written(column), column.empty or "", example]


def _written(column: Column) -> str:
    """Say what stands in a cell, in few words where the page has said the rest above."""
    if column.refers_to:
        file = TABLES[column.refers_to].file
        return f"one listed in [`{file}`](#{anchor(file)})"
    if column.cell.name == "one of a set":
        values = column.cell.expected.replace(" or ", ", ").split(", ")
        return ", ".join(f"`{value}`" for value in values)
    return column.cell.name


def _costs() -> Iterator[str]:
    with TemporaryDirectory() as folder:
        write_new_dossier(Path(folder))
        table = costs_table(read_dossier(Path(folder)).figures)
    yield "## The file of costs\n"
    yield (
        "Not a table of the dossier, and not in its folder: `attain certify --next --costs FILE` "
        f"reads it. {doc_of(costs_table).splitlines()[-1]} What is not listed costs 1 each; see "
        "[what would it take](../how-to/what-would-it-take.md).\n"
    )
    yield from _columns(table)
