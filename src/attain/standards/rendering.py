"""A verdict as text for a person: the tier, its proof, and what would change it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from attain.measurement.faults import on_one_line
from attain.measurement.metrics import MonthState
from attain.measurement.numbers import write_percent
from attain.measurement.outcomes import Outcome
from attain.standards.findings import Finding, Source, Strip, gather
from attain.standards.needs import Need, fewest
from attain.standards.verdicts import TierFinding, Verdict

MARKS = {
    Outcome.MET: "✓",
    Outcome.NOT_MET: "✗",
    Outcome.UNDETERMINED: "?",
    Outcome.NOT_APPLICABLE: "–",
}
WORDS = {
    Outcome.MET: "met",
    Outcome.NOT_MET: "not met",
    Outcome.UNDETERMINED: "undetermined",
    Outcome.NOT_APPLICABLE: "not applicable",
}
STATES = {
    MonthState.ON_TARGET: "●",
    MonthState.OFF_TARGET: "○",
    MonthState.NO_TARGET: "?",
    MonthState.NO_READING: "_",
    MonthState.BEFORE_FIRST: " ",
}
LEGEND = "● on target  ○ off target  _ no reading  ? no target in force"
_LOOK_AHEAD = 12
_RATIO = re.compile(r"(\d+)/([1-9]\d*)")


def write_text(verdict: Verdict) -> str:
    """Write a verdict as a site lead reads it: the tier, what would change it, and the proof."""
    lines = [*_heading(verdict), "", *_what_would_change(verdict), "", *_legend(verdict)]
    for tier in verdict.tiers:
        lines += ["", *_tier(tier)]
    return "\n".join(on_one_line(line).rstrip() for line in lines) + "\n"


def _heading(verdict: Verdict) -> Iterator[str]:
    scope, scheme = verdict.evidence.standing.figures.scope, verdict.scheme
    run_by = {"internal": "run internally", "third_party": "run by a third party"}
    yield f"{scope.name} ({scope.kind}, {run_by[scope.operation]}), as of {verdict.as_of}"
    status = "" if scheme.status == "published" else f", {scheme.status}"
    yield f"{scheme.title}, edition {scheme.edition}{status}"
    yield ""
    highest = len(scheme.tiers)
    if verdict.tier is None:
        yield f"NO TIER of {highest} is reached"
    else:
        title = verdict.tiers[verdict.tier - 1].title
        yield f"TIER {verdict.tier} of {highest} is reached: {title}"


def _tier(tier: TierFinding) -> Iterator[str]:
    below = [f"tier {number}" for number in tier.builds_on]
    builds_on = f", on top of {' and '.join(below)}" if below else ""
    yield f"{MARKS[tier.outcome]} Tier {tier.tier}, {tier.title}{builds_on}: {WORDS[tier.outcome]}"
    for finding in tier.requirements:
        yield from _finding(finding, f"{finding.asked} [{finding.key}]", "  ")


def _finding(finding: Finding, title: str, indent: str) -> Iterator[str]:
    word = WORDS[finding.outcome] + (f", {finding.reason}" if finding.reason else "")
    yield f"{indent}{MARKS[finding.outcome]} {title}: {word}{_told(finding)}"
    inside = indent + "    "
    strips = [child for child in finding.children if child.strip and _is_worth_a_line(child)]
    yield from (f"{inside}{line}" for line in _strips(strips))
    for child in finding.children:
        if child.for_information:
            yield f"{inside}{child.key}: {_with_percent(child.measured or 'no interval')}"
        elif child.outcome.is_lacking and not child.strip:
            yield from _finding(child, child.key, inside)
    for left_out in finding.left_out:
        yield f"{inside}left out: {left_out}"


def _is_worth_a_line(child: Finding) -> bool:
    # A metric's months are shown where they are judged; where they are only tracked, if they lack.
    return bool(child.children) or child.outcome.is_lacking


def _told(finding: Finding) -> str:
    parts = [f"found {_with_percent(finding.measured)}"] if finding.measured else []
    if finding.threshold and finding.outcome is not Outcome.NOT_APPLICABLE:
        clauses = "; ".join(dict.fromkeys(source.clause for source in finding.sources))
        parts.append(f"asked {finding.threshold}" + (f", {clauses}" if clauses else ""))
    return f" ({'; '.join(parts)})" if parts else ""


def _with_percent(measured: str) -> str:
    match = _RATIO.fullmatch(measured)
    if not match:
        return measured
    part, whole = int(match[1]), int(match[2])
    return f"{part:,} of {whole:,} = {write_percent(Fraction(part, whole))}"


def _strips(findings: Sequence[Finding]) -> Iterator[str]:
    width = max((len(finding.key) for finding in findings), default=0)
    for number, finding in enumerate(findings):
        strip = finding.strip
        if strip and (number == 0 or strip.months != getattr(findings[0].strip, "months", ())):
            yield f"  {'':<{width}}  {_initials(strip)}"
        told = f"found {finding.measured}" if finding.measured else "no reading yet"
        asked = f"; asked {finding.threshold}" if finding.outcome.is_lacking else ""
        signs = write_strip(strip) if strip else ""
        yield f"{MARKS[finding.outcome]} {finding.key:<{width}} |{signs}| {told}{asked}"


def _initials(strip: Strip) -> str:
    return "".join("JFMAMJJASOND"[month.index % 12] for month in strip.months)


def write_strip(strip: Strip) -> str:
    """Write a strip of months, one sign each, earliest first."""
    return "".join(STATES[state] for state in strip.states)


def _legend(verdict: Verdict) -> Iterator[str]:
    last = verdict.evidence.standing.last_month
    yield f"The proof. Months run from left to right and end with {last}: {LEGEND}"
    cited = (source for tier in verdict.tiers for source in _sources(tier.requirements))
    sources = dict.fromkeys(f"{s.source}, {s.in_force}" for s in cited)
    if sources:
        yield f"What is asked stands in: {'; '.join(sources)}"


def _sources(findings: Iterable[Finding]) -> Iterator[Source]:
    for finding in findings:
        yield from finding.sources
        yield from _sources(finding.children)


def _what_would_change(verdict: Verdict) -> Iterator[str]:
    tier = (verdict.tier or 0) + 1
    if tier > len(verdict.tiers):
        yield "The highest tier is reached."
        return
    yield f"What would change the verdict: the least for each requirement of tier {tier}"
    requirements = verdict.scheme.tiers[tier - 1].requirements
    found = verdict.tiers[tier - 1].requirements
    lacking = [finding for finding in found if finding.outcome.is_lacking]
    for finding in lacking:
        if requirements[finding.key].strength == "must":
            yield from _least(finding.key, verdict, tier)
    missing = gather(f.missing for f in lacking if f.outcome is Outcome.UNDETERMINED)
    if missing:
        yield ""
        yield f"Missing where tier {tier} is undetermined: {'; '.join(first_few(missing))}"


MOST_SHOWN = 8


def first_few(texts: Sequence[str]) -> list[str]:
    """Return the first of many texts, and how many more there are; JSON has them all."""
    left = len(texts) - MOST_SHOWN
    return (
        [*texts] if left < 2 else [*texts[:MOST_SHOWN], f"and {left} more (--next --json has all)"]
    )


def _least(key: str, verdict: Verdict, tier: int) -> Iterator[str]:
    requirement = verdict.scheme.tiers[tier - 1].requirements[key]
    ahead, need = _nearest(
        requirement.needs(verdict.evidence, months) for months in range(_LOOK_AHEAD + 1)
    )
    if need is None:
        yield f"  {key}: nothing that attain knows of, within {_LOOK_AHEAD} months"
        return
    by = verdict.evidence.standing.after(ahead)
    when = f", {by} at the earliest" if ahead else ""
    texts = [step.text for step in fewest(need) or ()] or ["go on measuring"]
    for number, text in enumerate(first_few(texts)):
        yield f"  {key}: {text}{when}" if number == 0 else f"  {' ' * len(key)}  {text}"


def _nearest(needs: Iterator[Need]) -> tuple[int, Need | None]:
    # The nearest month at which the requirement can be met at all.
    for ahead, need in enumerate(needs):
        if fewest(need) is not None:
            return ahead, need
    return 0, None
