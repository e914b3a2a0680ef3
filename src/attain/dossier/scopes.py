"""The sites or programmes of one file, kept apart by their code, with every name they had."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from unicodedata import normalize

from attain.dossier.filled_rows import FilledRow
from attain.measurement.periods import Month, last_full_month, months_until

_UNSAFE = re.compile(r"[^\w .\-]+")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
# In characters of up to four bytes each, of which a file system takes 255.
_LONGEST_NAME = 60
_YEAR = 12


@dataclass
class NameInUse:
    """A name of a scope: the months in which the file gives it, its latest day, its first line."""

    months: set[Month] = field(default_factory=set)
    latest: date = date.min
    line: int = 0


@dataclass
class CountedVolume:
    """The contacts of each month in one column, and the lines whose cell is empty."""

    contacts: Counter[Month] = field(default_factory=Counter)
    empty: dict[int, Month] = field(default_factory=dict)

    def count(self, month: Month, contacts: int | None, line: int) -> None:
        """Count the contacts of a row."""
        if contacts is None:
            self.empty[line] = month
        else:
            self.contacts[month] += contacts


@dataclass
class ScopeRows:
    """What the file holds of one site or programme: its rows, months, names and volumes.

    `volumes` has the contacts for each column that the mapping adds up.
    """

    code: str
    rows: list[FilledRow] = field(default_factory=list)
    months: set[Month] = field(default_factory=set)
    names: dict[str, NameInUse] = field(default_factory=lambda: defaultdict(NameInUse))
    volumes: dict[str, CountedVolume] = field(default_factory=lambda: defaultdict(CountedVolume))

    def name_on(self, name: str, day: date | None, line: int) -> None:
        """Note that the file gives the scope a name on a day, or in a table without days."""
        use = self.names[name]
        use.line = use.line or line
        if day is not None:
            use.months.add(Month.of(day))
            use.latest = max(use.latest, day)

    def latest_names(self) -> list[tuple[str, NameInUse]]:
        """Return the names of the latest day; several where one day has several."""
        latest = max((use.latest for use in self.names.values()), default=date.min)
        return [(name, use) for name, use in self.names.items() if use.latest == latest]


def folder_name(code: str) -> str:
    """Return a name for the folder of a scope, which is safe on every file system.

    A code that has to be changed for it is told apart by the beginning of its digest.
    """
    plain = normalize("NFC", code)
    safe = _UNSAFE.sub("-", plain).strip(" .")[:_LONGEST_NAME].rstrip(" .")
    if safe == plain and safe and not safe.startswith("-") and not _RESERVED.fullmatch(safe):
        return safe
    digest = sha256(plain.encode(errors="surrogatepass")).hexdigest()[:8]
    return f"{safe.lstrip(' .-') or 'scope'}-{digest}"


def volume_window(as_of: date | None, months: Iterable[Month]) -> tuple[Month, ...]:
    """Return the 12 months whose contacts are a volume: up to `as_of`, or to the file's end."""
    last = max(months, default=None) if as_of is None else last_full_month(as_of)
    return () if last is None else months_until(last, _YEAR)


def written_months(months: Iterable[Month]) -> str:
    """Write months for a person: runs of them as `2015-04 to 2015-08`."""
    runs: list[list[Month]] = []
    for month in sorted(months):
        if runs and month == runs[-1][-1].plus(1):
            runs[-1].append(month)
        else:
            runs.append([month])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs)


def continuity(scopes: Iterable[ScopeRows]) -> Iterator[str]:
    """Say which scopes have several names or share one, begin late, end early or have gaps."""
    listed = list(scopes)
    whole = {month for scope in listed for month in scope.months}
    by_name: dict[str, list[str]] = defaultdict(list)
    for scope in listed:
        yield from _names_of(scope)
        yield from _missing_months(scope, whole)
        for name, _ in scope.latest_names():
            by_name[name].append(scope.code)
    for name, codes in by_name.items():
        if len(codes) > 1:
            yield f"{name} is the name of {len(codes)} codes, kept apart: {', '.join(codes)}"


def _names_of(scope: ScopeRows) -> Iterator[str]:
    """Name all the names of a scope that has several."""
    if len(scope.names) > 1:
        uses = sorted(scope.names.items(), key=lambda item: item[1].latest)
        said = "; ".join(f"{name} ({written_months(use.months)})" for name, use in uses)
        yield f"{scope.code} has {len(uses)} names: {said}. The dossier has the latest"


def _missing_months(scope: ScopeRows, whole: set[Month]) -> Iterator[str]:
    """Say where a scope begins later, ends earlier or has less than the whole file."""
    if not scope.months or scope.months == whole:
        return
    first, last = min(scope.months), max(scope.months)
    said = [
        f"begins with {first}, the file with {min(whole)}" if first > min(whole) else "",
        f"ends with {last}, the file with {max(whole)}" if last < max(whole) else "",
    ]
    gaps = {month for month in whole if first < month < last} - scope.months
    said.append(f"has nothing for {written_months(gaps)}" if gaps else "")
    name = scope.latest_names()
    called = f" ({name[0][0]})" if name and name[0][0] != scope.code else ""
    yield f"{scope.code}{called} {' and '.join(part for part in said if part)}"
