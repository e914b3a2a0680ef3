"""The worked examples of the explanations come out as the pages say."""

import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from attain.measurement.counting import Tally
from attain.measurement.metrics import EnoughPeriods, Track, tracked
from attain.measurement.outcomes import Outcome
from attain.measurement.periods import Month
from attain.standards.library import default_library
from attain.standards.rendering import WORDS
from project import ROOT

LAST = Month.of(date(2026, 10, 1))
SIGNS = {"●": True, "○": False}
VALUES = {
    key: threshold.value
    for key, threshold in default_library()
    .scheme("performance-tiers")
    .thresholds_at(date(2026, 10, 31))
    .items()
}


def rows_of(page: str, heading: str) -> Iterator[list[str]]:
    """Yield the rows of the table under a heading, cell by cell, without its head."""
    text = (ROOT / "docs/explanation" / page).read_text("utf-8").split(f"# {heading}\n")[1]
    lines = re.split(r"^#", text, flags=re.MULTILINE)[0].splitlines()
    rows = [line for line in lines if line.startswith("|")][2:]
    assert rows
    yield from ([cell.strip() for cell in row.strip("|").split("|")] for row in rows)


def track_of(cell: str) -> Track:
    strip = cell.strip("`")
    months = {LAST.plus(n + 1 - len(strip)): sign for n, sign in enumerate(strip)}
    return Track("metric", {m: SIGNS[s] for m, s in months.items() if s in SIGNS}, LAST)


def rule_of(tier: int) -> EnoughPeriods:
    return EnoughPeriods(
        share=VALUES[f"periods-tier-{tier}"],
        least=int(VALUES[f"tracked-tier-{tier}"]),
        count=int(VALUES[f"of-twelve-tier-{tier}"]),
    )


def test_the_examples_of_counting_months_come_out_as_told() -> None:
    for strip, good, open_months, outcome, _ in rows_of("four-outcomes.md", "Months"):
        track = track_of(strip)
        tally = rule_of(2).tally(track)
        assert (str(tally.good), str(tally.open)) == (good, open_months), strip
        assert WORDS[rule_of(2).judge(track)] == outcome, strip


def test_the_examples_of_counting_metrics_come_out_as_told() -> None:
    for counts, told in rows_of("four-outcomes.md", "Metrics"):
        met, not_met, undetermined = map(int, re.findall(r"\d+", counts))
        tally = Tally(met, undetermined, met + not_met + undetermined)
        outcome = tally.reaches_share(VALUES["metrics-tier-2"])
        assert WORDS[outcome] == told.partition(":")[0], counts


def test_the_example_of_counting_contacts_comes_out_as_told() -> None:
    share = VALUES["volume-tier-2"]
    assert share * 10_000 == 6_000
    found = [
        Tally(5_800, open_calls, 10_000).reaches_share(share) for open_calls in (700, 300, 100)
    ]
    assert found == [Outcome.UNDETERMINED, Outcome.UNDETERMINED, Outcome.NOT_MET]


def test_the_examples_of_tracking_come_out_as_told() -> None:
    for strip, outcome, _ in rows_of("how-a-tier-is-decided.md", "Tracked"):
        assert WORDS[tracked(track_of(strip), 6)] == outcome, strip


def test_the_months_on_target_that_a_window_needs_are_as_told() -> None:
    heading = "Enough months on target"
    for window, *needed in rows_of("how-a-tier-is-decided.md", heading):
        months = int(window.split()[0])
        for tier, told in zip((2, 3), needed, strict=True):
            rule = rule_of(tier)
            expected = str(rule.needed(months)) if months >= rule.least else "–"
            assert told == expected, (window, tier)


def test_the_example_of_service_level_by_volume_adds_up() -> None:
    rows = list(rows_of("how-a-tier-is-decided.md", "Service level by volume"))
    counted = [row for row in rows if row[1] != "0"]
    attaining = sum(int(o) for _, o, *_, counts in counted if counts == f"{o} attaining")
    total = sum(int(offered) for _, offered, *_ in counted)
    assert (attaining, total) == (40, 150)
    for _, offered, _, within, basis, _, counts in counted:
        attains = basis == "offered" and Fraction(int(within), int(offered)) >= Fraction(4, 5)
        assert counts == f"{offered} {'attaining' if attains else 'not attaining'}"
