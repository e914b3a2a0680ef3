"""`attain certify --estate`: the tier of every site of an estate."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from attain.commands.judging import judge
from attain.dossier.estate import SiteDossier, open_site, read_estate, site_folders
from attain.measurement.faults import Fault, RefusedError
from attain.measurement.outcomes import Outcome
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


def certify_estate(
    folder: Path,
    scheme: Scheme,
    models: Mapping[str, MaturityModel],
    as_of: date | None,
    as_json: bool,
) -> int:
    """Certify every site and print a table, or a line of JSON for each.

    A site that is refused does not keep the others from their verdicts: its faults stand on
    standard error, and the exit status is 2.
    """
    folders = site_folders(folder)
    opened = {path.name: open_site(path, as_of) for path in _watched(folders, "Reading dossiers")}
    estate = read_estate(folder, opened)
    verdicts = [_verdict(site, scheme, models) for site in _watched(estate.sites, "Judging sites")]
    lines = map(_json_line, verdicts) if as_json else _table(verdicts, scheme)
    sys.stdout.writelines(f"{line}\n" for line in lines)
    for verdict in verdicts:
        sys.stderr.writelines(f"{fault}\n" for fault in verdict.faults)
    if estate.strangers:
        sys.stderr.write(f"The lake has sites without a dossier: {', '.join(estate.strangers)}\n")
    return 2 if any(verdict.verdict is None for verdict in verdicts) else 0


def _watched(items: Sequence[Item], title: str) -> Iterable[Item]:
    """Show a progress bar where a person watches."""
    if not sys.stderr.isatty():
        return items
    # Drawing takes a library that a pipeline need not load.
    from rich.console import Console
    from rich.progress import track

    return track(items, title, console=Console(stderr=True), transient=True)


def _verdict(site: SiteDossier, scheme: Scheme, models: Mapping[str, MaturityModel]) -> SiteVerdict:
    if site.dossier is None:
        return SiteVerdict(site.site, None, site.faults)
    try:
        verdict = judge(site.dossier.figures, scheme, site.dossier.as_of, models)
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


def _table(verdicts: list[SiteVerdict], scheme: Scheme) -> Iterator[str]:
    rows = [_HEAD, *map(_row, verdicts)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD))]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()
    yield ""
    yield _summary(verdicts, scheme)


def _row(found: SiteVerdict) -> tuple[str, str, str, str]:
    if found.verdict is None:
        return found.site, "refused", "", f"{len(found.faults)} faults, on standard error"
    verdict = found.verdict
    tier = str(verdict.tier) if verdict.tier else "none"
    following = (verdict.tier or 0) + 1
    if following > len(verdict.tiers):
        return found.site, tier, "highest", ""
    next_tier = verdict.tiers[following - 1]
    lacking = [
        finding.key
        for finding in next_tier.requirements
        if finding.outcome in (Outcome.NOT_MET, Outcome.UNDETERMINED)
    ]
    return found.site, tier, f"{following} {WORDS[next_tier.outcome]}", ", ".join(lacking)


def _summary(verdicts: list[SiteVerdict], scheme: Scheme) -> str:
    reached = [found.verdict.tier if found.verdict else "refused" for found in verdicts]
    parts = [
        f"{reached.count(tier.tier)} on tier {tier.tier}"
        for tier in reversed(scheme.tiers)
        if tier.tier in reached
    ]
    parts += [f"{reached.count(None)} on none"] if None in reached else []
    parts += [f"{reached.count('refused')} refused"] if "refused" in reached else []
    return f"{len(verdicts)} sites: {', '.join(parts)}"
