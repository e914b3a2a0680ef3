"""A verdict as text for a person: the tier, its proof, and what would change it."""

from collections.abc import Iterator

from attain.measurement.metrics import MonthState
from attain.measurement.outcomes import Outcome
from attain.standards.findings import Finding, Strip, gather
from attain.standards.needs import fewest
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
LEGEND = "● on target   ○ off target   _ no reading   ? no target in force"
_LOOK_AHEAD = 12
_LACKING = (Outcome.NOT_MET, Outcome.UNDETERMINED)


def write_text(verdict: Verdict) -> str:
    """Write a verdict as a site lead reads it."""
    lines = [*_heading(verdict), ""]
    for tier in verdict.tiers:
        lines += [*_tier(tier), ""]
    return "\n".join([*lines, *_legend(verdict), *_what_would_change(verdict)]).rstrip() + "\n"


def _heading(verdict: Verdict) -> Iterator[str]:
    scope = verdict.evidence.standing.figures.scope
    run_by = {"internal": "run internally", "third_party": "run by a third party"}
    yield f"{scope.name} ({scope.kind}, {run_by[scope.operation]}), as of {verdict.as_of}"
    yield f"{verdict.scheme.title}, edition {verdict.scheme.edition}"
    yield ""
    highest = len(verdict.scheme.tiers)
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
        yield from _finding(finding, "  ")


def _finding(finding: Finding, indent: str) -> Iterator[str]:
    yield f"{indent}{MARKS[finding.outcome]} {finding.key}: {WORDS[finding.outcome]}{_told(finding)}"
    shown = [child for child in finding.children if child.strip or child.outcome in _LACKING]
    if any(child.strip for child in finding.children) and finding.outcome is Outcome.MET:
        shown = shown if _counts_months(finding) else []
    width = max((len(child.key) for child in shown), default=0)
    for child in shown:
        if child.strip:
            yield f"{indent}    {_strip_line(child, width)}"
        else:
            yield from _finding(child, indent + "    ")
    for left_out in finding.left_out:
        yield f"{indent}    left out: {left_out}"


def _counts_months(finding: Finding) -> bool:
    return any(child.children for child in finding.children)


def _told(finding: Finding) -> str:
    parts = [f"found {finding.measured}"] if finding.measured else []
    parts += [f"asked {finding.threshold}"] if finding.threshold else []
    return f" ({'; '.join(parts)})" if parts else ""


def _strip_line(finding: Finding, width: int) -> str:
    strip = write_strip(finding.strip) if finding.strip else ""
    told = finding.measured or "no reading yet"
    return f"{MARKS[finding.outcome]} {finding.key:<{width}} |{strip}| {told}"


def write_strip(strip: Strip) -> str:
    """Write a strip of months, one sign each, earliest first."""
    return "".join(STATES[state] for state in strip.states)


def _legend(verdict: Verdict) -> Iterator[str]:
    last = verdict.evidence.standing.last_month
    yield f"Months run from left to right and end with {last}.  {LEGEND}"
    yield ""


def _what_would_change(verdict: Verdict) -> Iterator[str]:
    tier = (verdict.tier or 0) + 1
    if tier > len(verdict.scheme.tiers):
        yield "The highest tier is reached."
        return
    found = verdict.tiers[tier - 1]
    yield f"What would change the verdict: the least for each requirement of tier {tier}"
    requirements = verdict.scheme.tiers[tier - 1].requirements
    lacking = [finding for finding in found.requirements if finding.outcome in _LACKING]
    for finding in lacking:
        requirement = requirements[finding.key]
        if requirement.strength == "must":
            yield from _least(finding.key, verdict, tier)
    missing = gather(f.missing for f in lacking if f.outcome is Outcome.UNDETERMINED)
    if missing:
        yield ""
        yield f"Missing where tier {tier} is undetermined: {'; '.join(missing)}"


def _least(key: str, verdict: Verdict, tier: int) -> Iterator[str]:
    need = verdict.scheme.tiers[tier - 1].requirements[key].needs(verdict.evidence, _LOOK_AHEAD)
    steps = fewest(need)
    if not steps:
        yield f"  {key}: nothing that the centre can do within {_LOOK_AHEAD} months"
        return
    latest = {step.key: step for step in sorted(steps, key=lambda step: step.amount)}
    for number, step in enumerate(latest.values()):
        yield f"  {key}: {step.text}" if number == 0 else f"  {' ' * len(key)}  {step.text}"
