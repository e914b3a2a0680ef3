"""Dossiers drawn at random, most of them near the limits of the contract's rules."""

import csv
import io
from calendar import monthrange
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import yaml

from contract.contract_files import TABLES, Files
from contract.contract_tables import columns_of
from contract.drawn_intervals import CHANNELS, draw_intervals
from contract.drawn_metrics import draw_metrics
from contract.drawn_months import draw_uptime
from contract.drawn_records import (
    draw_documents,
    draw_initiatives,
    draw_practices,
    draw_satisfaction,
    draw_technology,
)
from contract.drawn_sound import sound_intervals, sound_metrics, sound_records, sound_uptime

ZONES = (
    "Pacific/Auckland",
    "America/St_Johns",
    "Asia/Kolkata",
    "Europe/London",
    "Australia/Lord_Howe",
    "America/Santiago",
    "Pacific/Kiritimati",
    "UTC",
)
CORNERS = (
    *("2024-02-29", "2025-02-28", "2024-02-28", "2025-01-01", "2024-12-31", "2025-12-30"),
    *("2025-03-31", "2025-03-30", "2024-03-01", "2025-11-02", "2026-10-31", "2024-03-31"),
)


def draw_dossier(draw: Random, metrics: int) -> Files:
    """Return a valid dossier: its header, the rows of each table, and the day given besides."""
    as_of = draw_as_of(draw)
    header = draw_header(draw, as_of)
    drawn: Files = {"header": header, **{table: [] for table in TABLES}}
    # The month that is the last one: as_of's own where the day after it is in another.
    after = as_of + timedelta(1)
    last = after.year * 12 + after.month - 2
    draw_figures(draw, drawn, last, metrics)
    draw_records(draw, drawn, as_of, last)
    draw_day(draw, drawn, as_of)
    return drawn


def draw_figures(draw: Random, drawn: Files, last: int, metrics: int) -> None:
    """Add metrics, systems and intervals: in half of the dossiers most of them are sound."""
    soundness = draw.choice((0, 0.8))
    if draw.random() < soundness:
        sound_metrics(drawn, last)
    else:
        draw_metrics(draw, drawn, last, metrics)
    sound_uptime(drawn, last) if draw.random() < soundness else draw_uptime(draw, drawn, last)
    if draw.random() < soundness:
        sound_intervals(drawn, last)
    else:
        draw_intervals(draw, drawn, last)


def draw_records(draw: Random, drawn: Files, as_of: date, last: int) -> None:
    """Add everything else, in half of the dossiers next to what suffices by itself."""
    if draw.random() < 0.5:
        sound_records(drawn, as_of)
    else:
        draw_initiatives(draw, drawn, as_of)
        draw_practices(draw, drawn)
        draw_documents(draw, drawn, as_of)
    if draw.random() < 0.6:
        draw_satisfaction(draw, drawn, last)
        draw_technology(draw, drawn, as_of)


def draw_day(draw: Random, drawn: Files, as_of: date) -> None:
    """Say the day in the header, or on the command line, which goes before the header."""
    drawn["given"] = draw.choice((None, None, None, as_of))
    if drawn["given"]:
        drawn["header"]["as_of"] = draw.choice((date(2022, 5, 5), date(2029, 5, 5), "2024-05-05"))
        if draw.random() < 0.5:
            del drawn["header"]["as_of"]


def draw_as_of(draw: Random) -> date:
    """Return a day to judge on: a corner of the calendar, or any."""
    if draw.random() < 0.6:
        return date.fromisoformat(draw.choice(CORNERS))
    day = date(2023, 1, 1) + timedelta(draw.randrange(1500))
    last_day = monthrange(day.year, day.month)[1]
    return day.replace(day=last_day) if draw.random() < 0.3 else day


def draw_header(draw: Random, as_of: date) -> dict[str, Any]:
    """Return `dossier.yaml` with a coverage around its limit."""
    kind = draw.choice(("site", "site", "programme"))
    site = draw.choice((1000, 1000, 1000, 10, 999, 5, 0))
    assessed = site * (8 if kind == "site" else 5) // 10 + draw.choice((0, 0, 0, 1, -1))
    channels = [each for each in CHANNELS if draw.random() < 0.5] or [draw.choice(CHANNELS)]
    return {
        "scope": {"kind": kind, "name": "Leeds", "operation": "internal"},
        "as_of": draw.choice((as_of, as_of.isoformat())),
        "timezone": draw.choice(ZONES),
        "channels": channels,
        "volume": {"site": site, "assessed": max(0, min(site, assessed))},
    }


def write_dossier(folder: Path, drawn: Files, draw: Random) -> Path:
    """Write a dossier in one of the ways that the contract allows: any order of rows and columns,
    CRLF or LF, with a byte order mark or without, with empty lines, absent where empty."""
    folder.mkdir(exist_ok=True)
    header = yaml.safe_dump(drawn["header"], sort_keys=False)
    (folder / "dossier.yaml").write_text(header, encoding="utf-8")
    for table in TABLES:
        if drawn[table] or draw.random() < 0.3:
            text = _table_text(draw, columns_of(table), list(drawn[table]))
            mark = "utf-8-sig" if draw.random() < 0.1 else "utf-8"
            (folder / f"{table}.csv").write_text(text, encoding=mark, newline="")
    return folder


def _table_text(draw: Random, columns: list[str], rows: list[dict[str, str]]) -> str:
    """Return a table as CSV."""
    if draw.random() < 0.3:
        draw.shuffle(columns)
        draw.shuffle(rows)
    ending = draw.choice(("\n", "\r\n"))
    stream = io.StringIO()
    if draw.random() < 0.1:
        writer = csv.DictWriter(stream, columns, lineterminator=ending, quoting=csv.QUOTE_ALL)
    else:
        writer = csv.DictWriter(stream, columns, lineterminator=ending)
    writer.writeheader()
    for row in rows:
        writer.writerow(row)
        if draw.random() < 0.02:
            stream.write(ending)
    return stream.getvalue()
