"""`attain certify --estate`: the tier of every site of an estate."""

import gc
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, TypeVar

from attain.commands.judging import judge
from attain.dossier.estate import SiteDossier, open_site, read_estate, site_folders
from attain.measurement.faults import Fault, RefusedError
from attain.standards.maturity_model import MaturityModel
from attain.standards.rendering import WORDS
from attain.standards.scheme import Scheme
from attain.standards.verdicts import Verdict

Item = TypeVar("Item")


@dataclass(frozen=True)
class SiteVerdict:
    """A site with its verdict, or with every fault for which it is refused."""

    site: str
    verdict: Verdict | None
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Row:
    """A site in the table: the tier that it reached, and what keeps it from the next."""

    site: str
    tier: int | Literal["refused"] | None
    following: str
    lacking: str

    def cells(self) -> tuple[str, str, str, str]:
        """Return the cells of the row as texts."""
        return self.site, str(self.tier or "none"), self.following, self.lacking


def certify_estate(
    folder: Path,
    scheme: Scheme,
    models: Mapping[str, MaturityModel],
    as_of: date | None,
    as_json: bool,
) -> int:
    """Certify every site and print a table, or a line of JSON for each.

    A site that is refused does not keep the others from their verdicts: its faults stand on
    standard error, and the exit status is 2. A proof is let go as soon as its line is written, so
    that an estate of any size takes no more room than its figures.
    """
    # Figures and proofs are trees, let go as soon as nobody names them: looking for rings among
    # them at every turn would take a third of the time.
    gc.set_threshold(200_000, 50, 50)
    folders = site_folders(folder)
    opened = {path.name: open_site(path, as_of) for path in _watched(folders, "Reading dossiers")}
    estate = read_estate(folder, opened)
    rows = []
    for site in _watched(estate.sites, "Judging sites"):
        found = _verdict(site, scheme, models, given=as_of is not None)
        rows.append(_row(found))
        if as_json:
            sys.stdout.write(_json_line(found) + "\n")
        sys.stderr.writelines(f"{fault}\n" for fault in found.faults)
    if not as_json:
        sys.stdout.writelines(f"{line}\n" for line in _table(rows, scheme))
    if estate.strangers:
        sys.stderr.write(f"The lake has sites without a dossier: {', '.join(estate.strangers)}\n")
    return 2 if any(row.tier == "refused" for row in rows) else 0


def _watched(items: Sequence[Item], title: str) -> Iterable[Item]:
    """Show a progress bar where a person watches."""
    if not sys.stderr.isatty():
        return items
    # Drawing takes a library that a pipeline need not load.
    from rich.console import Console
    from rich.progress import track

    return track(items, title, console=Console(stderr=True), transient=True)


def _verdict(
    site: SiteDossier, scheme: Scheme, models: Mapping[str, MaturityModel], *, given: bool
) -> SiteVerdict:
    if site.dossier is None:
        return SiteVerdict(site.site, None, site.faults)
    try:
        verdict = judge(site.dossier.figures, scheme, site.dossier.as_of, models, given=given)
    except RefusedError as refused:
        return SiteVerdict(site.site, None, refused.faults)
    return SiteVerdict(site.site, verdict)


def _json_line(found: SiteVerdict) -> str:
    if found.verdict is None:
        told = {"site": found.site, "refused": [str(fault) for fault in found.faults]}
    else:
        told = {"site": found.site, **found.verdict.as_json()}
    return json.dumps(told, ensure_ascii=False)


_HEAD = ("site", "tier", "next tier", "what keeps it from there")


def _row(found: SiteVerdict) -> Row:
    if found.verdict is None:
        return Row(
            found.site, "refused", "", f"{_counted(len(found.faults), 'fault')}, on standard error"
        )
    verdict = found.verdict
    following = (verdict.tier or 0) + 1
    if following > len(verdict.tiers):
        return Row(found.site, verdict.tier, "highest", "")
    next_tier = verdict.tiers[following - 1]
    lacking = [finding.key for finding in next_tier.requirements if finding.outcome.is_lacking]
    words = f"{following} {WORDS[next_tier.outcome]}"
    return Row(found.site, verdict.tier, words, ", ".join(lacking))


def _table(rows: list[Row], scheme: Scheme) -> Iterator[str]:
    lines = [_HEAD, *(row.cells() for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        yield "  ".join(cells).rstrip()
    yield ""
    yield _summary([row.tier for row in rows], scheme)


def _summary(reached: list[int | Literal["refused"] | None], scheme: Scheme) -> str:
    named: dict[int | Literal["refused"] | None, str] = {
        **{tier.tier: f"on tier {tier.tier}" for tier in reversed(scheme.tiers)},
        None: "on none",
        "refused": "refused",
    }
    parts = [f"{reached.count(tier)} {words}" for tier, words in named.items() if tier in reached]
    return f"{_counted(len(reached), 'site')}: {', '.join(parts)}"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
