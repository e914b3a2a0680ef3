"""The tier of every site of an estate, as a row of a table or a line of JSON."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from attain.commands.judging import judge
from attain.dossier.estate import SiteDossier
from attain.measurement.faults import Fault, RefusedError
from attain.standards.maturity_model import MaturityModel
from attain.standards.rendering import WORDS
from attain.standards.scheme import Scheme
from attain.standards.verdicts import Verdict


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


@dataclass(frozen=True)
class Judge:
    """Judges sites by a scheme; `given` says that the command line gave the date."""

    scheme: Scheme
    models: Mapping[str, MaturityModel]
    given: bool

    def judge(self, site: SiteDossier) -> SiteVerdict:
        """Return the verdict of a site, or the faults for which it is refused."""
        if site.dossier is None:
            return SiteVerdict(site.site, None, site.faults)
        figures, as_of = site.dossier.figures, site.dossier.as_of
        try:
            verdict = judge(figures, self.scheme, as_of, self.models, given=self.given)
        except RefusedError as refused:
            return SiteVerdict(site.site, None, refused.faults)
        return SiteVerdict(site.site, verdict)


def print_verdicts(sites: Iterable[SiteDossier], judge: Judge, *, as_json: bool) -> bool:
    """Print a table of the sites, or a line of JSON each; say whether one was refused."""
    rows = []
    for site in sites:
        found = judge.judge(site)
        rows.append(_row(found))
        if as_json:
            sys.stdout.write(_json_line(found) + "\n")
        sys.stderr.writelines(f"{fault}\n" for fault in found.faults)
    if not as_json:
        sys.stdout.writelines(f"{line}\n" for line in _table(rows, judge.scheme))
    return any(row.tier == "refused" for row in rows)


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
