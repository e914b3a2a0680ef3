"""A valid dossier folder as plain dicts, read without any help of the package under test."""

import csv
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

TABLES = (
    *("processes", "metrics", "targets", "readings", "service_levels", "intervals", "systems"),
    *("uptime", "initiatives", "improvement_actions", "practices", "documents", "satisfaction"),
    *("incidents", "technology_changes"),
)

Row = dict[str, str]
Files = dict[str, Any]


def read_files(folder: Path) -> Files:
    """Return the header under `header` and each table's rows under its name."""
    files: Files = {table: read_rows(folder / f"{table}.csv") for table in TABLES}
    files["header"] = yaml.safe_load((folder / "dossier.yaml").read_text(encoding="utf-8-sig"))
    return files


def read_rows(path: Path) -> list[Row]:
    """Return a table's rows; every table is optional, and an absent one is an empty one."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as stream:
        # A text of spaces only is an empty one.
        return [
            {column: text if text.strip() else "" for column, text in row.items()}
            for row in csv.DictReader(stream)
        ]


def month(text: str) -> int:
    """Return a month as the number of months since the year 0, so that months can be counted."""
    year, number = text.split("-")
    return int(year) * 12 + int(number) - 1


def month_of(day: date) -> int:
    """Return the month in which a day lies."""
    return day.year * 12 + day.month - 1


def month_text(number: int) -> str:
    """Return a month as the dossier writes it."""
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def first_day(number: int) -> date:
    """Return the first day of a month."""
    return date(number // 12, number % 12 + 1, 1)


def day(text: str) -> date:
    """Return a date."""
    return date.fromisoformat(text)


def moment(text: str) -> datetime:
    """Return a time with its offset."""
    return datetime.fromisoformat(text)


def amount(text: str) -> Fraction:
    """Return a number exactly."""
    return Fraction(text)
