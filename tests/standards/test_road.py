"""What would it take: the exact method against exhaustive search."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attain.measurement.metrics import DatedValue, Direction, EnoughPeriods, Reading, Track
from attain.measurement.outcomes import Outcome
from attain.measurement.periods import Month, last_full_month
from attain.standards.figures import (
    Aspect,
    Figures,
    Metric,
    Operation,
    Process,
    ProcessClass,
    Scope,
    ScopeKind,
    System,
    Uptime,
)
from attain.standards.kinds.tracking import supply
from attain.standards.library import default_library
from attain.standards.loader import load
from attain.standards.needs import AllNeeds, Costs, Enough, Need, Step
from attain.standards.road import Plan, Road, cheapest_steps, what_would_it_take
from attain.standards.scheme import Scheme
from attain.standards.standing import Standing
from attain.standards.verdicts import certify
from attain.standards.yaml_nodes import read_yaml

AS_OF = date(2026, 10, 31)
LAST = last_full_month(AS_OF)
TARGET = Fraction(1, 2)

# The tiers' rules with small numbers, so that every choice can be tried.
SMALL = """
scheme: small
title: Small
edition: "1"
status: draft
applies_to: [site]
licence: Apache-2.0
sources: [attain-library]
thresholds:
  tracked: {title: t, unit: months, values: {2000-01-01: {value: 2, source: SOURCE, clause: c}}}
  share: {title: t, unit: share, values: {2000-01-01: {value: 0.5, source: SOURCE, clause: c}}}
  count: {title: t, unit: count, values: {2000-01-01: {value: 3, source: SOURCE, clause: c}}}
tiers:
  - tier: 1
    title: One
    requirements:
      tracked:
        {title: t, why: w, clause: c, rule: {kind: tracked_for_months, months: tracked}}
      on-target:
        title: t
        why: w
        clause: c
        rule:
          kind: share_on_target
          facing: enabling
          share_of_metrics: share
          share_of_periods: share
          of_twelve: count
          least_months: tracked
      uptime:
        title: t
        why: w
        clause: c
        rule: {kind: uptime, months: tracked, share_of_periods: share}
""".replace("SOURCE", "attain-library")
SCHEME = load(read_yaml(SMALL, "small.yaml"), Scheme)
METRIC_RULE = EnoughPeriods(share=Fraction(1, 2), least=2, count=3)
SYSTEM_RULE = EnoughPeriods(share=Fraction(1, 2), least=2)
HORIZONS = range(13)


def metric(name: str, strip: str, facing: ProcessClass = ProcessClass.ENABLING) -> Metric:
    first = LAST.plus(1 - len(strip))
    values = {"+": Fraction(1), "-": Fraction(0)}
    readings = {
        first.plus(n): Reading(values[sign], Fraction(1))
        for n, sign in enumerate(strip)
        if sign in values
    }
    process = Process(f"{name}-process", facing, low_volume=False, time_and_materials=False)
    target = DatedValue(date(2000, 1, 1), TARGET)
    return Metric(name, process, Aspect.OTHER, None, Direction.HIGHER, (target,), readings)


def system(name: str, strip: str) -> System:
    first = LAST.plus(1 - len(strip))
    values = {"+": Fraction(1), "-": Fraction(0)}
    uptime = {
        first.plus(n): Uptime(values[sign], TARGET)
        for n, sign in enumerate(strip)
        if sign in values
    }
    return System(name, ProcessClass.ENABLING, uptime)


SCOPE = Scope(ScopeKind.SITE, "A site", Operation.INTERNAL, "Europe/London", (), 10, 10)


def centre(first: str, second: str, telephony: str) -> Figures:
    calls = metric("calls", "++++++++++++", ProcessClass.END_USER_FACING)
    return Figures(
        scope=SCOPE,
        metrics=(calls, metric("first", first), metric("second", second)),
        systems=(system("telephony", telephony),),
    )


# Carrying a choice out, month by month, without asking the rules what they need -----------------
Choice = Mapping[str, tuple[tuple[Month, ...], bool]]
"""For each metric or system: which missing months are supplied, and whether it is chosen to be on
target from the next month on."""
NOT_CHOSEN: tuple[tuple[Month, ...], bool] = ((), False)


def judged_after(
    track: Track, rule: EnoughPeriods, choice: tuple[tuple[Month, ...], bool], ahead: int
) -> tuple[dict[Month, bool | None], int]:
    """Return the months of a track so many months ahead, and how many of them had to be chosen.

    A chosen track is on target in each month; any other is off target until its rule is met, and
    on target from then on.
    """
    supplied, chosen = choice
    judged: dict[Month, bool | None] = {**track.judged, **dict.fromkeys(supplied, True)}
    paid = 0
    for month in range(1, ahead + 1):
        met = rule.judge(Track(track.key, judged, track.last.plus(month - 1))) is Outcome.MET
        paid += chosen and not met
        judged[track.last.plus(month)] = chosen or met
    return judged, paid


def futures(
    figures: Figures, choice: Choice, ahead: int
) -> tuple[dict[str, dict[Month, bool | None]], int]:
    """Return the months of every track after a choice, and its cost: a unit for each month
    supplied, and for each month on target until the rule was met."""
    standing = Standing(figures, AS_OF)
    tracks = [(t, METRIC_RULE) for t in standing.tracks.values()]
    tracks += [(t, SYSTEM_RULE) for t in standing.system_tracks.values()]
    found, cost = {}, 0
    for track, rule in tracks:
        chosen = choice.get(track.key, NOT_CHOSEN)
        found[track.key], paid = judged_after(track, rule, chosen, ahead)
        cost += paid + len(chosen[0])
    return found, cost


def carried_out(figures: Figures, months: Mapping[str, Mapping[Month, bool | None]]) -> Figures:
    """Return the figures with these months in place of theirs."""

    def reading(good: bool | None) -> Reading:
        return Reading(Fraction(bool(good)), Fraction(1))

    def uptime(good: bool | None) -> Uptime:
        return Uptime(Fraction(bool(good)), TARGET)

    metrics = tuple(
        replace(m, readings={month: reading(good) for month, good in months[m.metric].items()})
        for m in figures.metrics
    )
    systems = tuple(
        replace(s, uptime={month: uptime(good) for month, good in months[s.system].items()})
        for s in figures.systems
    )
    return replace(figures, metrics=metrics, systems=systems)


def outcome_of(figures: Figures, choice: Choice, ahead: int) -> tuple[int | None, int]:
    """Return the tier that a choice reaches so many months ahead, and its cost."""
    months, cost = futures(figures, choice, ahead)
    by = AS_OF if ahead == 0 else LAST.plus(ahead).last_day
    return certify(carried_out(figures, months), SCHEME, by).tier, cost


def open_months(track: Track) -> tuple[Month, ...]:
    return tuple(m for m in track.window() if track.state(m).is_good is None)


def choices(figures: Figures) -> Iterator[Choice]:
    """Yield every choice: any of the missing months supplied, any track chosen or not."""
    standing = Standing(figures, AS_OF)
    tracks = [standing.tracks["first"], standing.tracks["second"]]
    tracks.append(standing.system_tracks["telephony"])
    options = [
        [
            (track.key, (tuple(subset), chosen))
            for size in range(len(open_months(track)) + 1)
            for subset in combinations(open_months(track), size)
            for chosen in (False, True)
        ]
        for track in tracks
    ]
    yield from map(dict, product(*options))


def best_by_search(figures: Figures) -> dict[int, int]:
    """Return the least cost for each horizon at which the tier can be reached."""
    best: dict[int, int] = {}
    for ahead in HORIZONS:
        for choice in choices(figures):
            tier, cost = outcome_of(figures, choice, ahead)
            if tier == 1:
                best[ahead] = min(cost, best.get(ahead, cost))
    return best


STRIPS = st.text("+-.", min_size=1, max_size=5).filter(lambda s: s[0] != "." and s.count(".") < 2)


def road_of(figures: Figures) -> Road | None:
    return what_would_it_take(certify(figures, SCHEME, AS_OF), {})


@settings(max_examples=12, deadline=None)
@given(first=STRIPS, second=STRIPS, telephony=STRIPS)
def test_the_cheapest_and_the_earliest_plan_are_those_of_exhaustive_search(
    first: str, second: str, telephony: str
) -> None:
    figures = centre(first, second, telephony)
    road = road_of(figures)
    if road is None:
        assert certify(figures, SCHEME, AS_OF).tier == 1
        return
    best = best_by_search(figures)
    assert road.cheapest is not None
    assert road.earliest is not None
    cheapest = min(best.values())
    nearest = min(ahead for ahead, cost in best.items() if cost == cheapest)
    assert (road.cheapest.cost, road.cheapest.months) == (Fraction(cheapest), nearest)
    assert (road.earliest.months, road.earliest.cost) == (min(best), Fraction(best[min(best)]))


def choice_of(figures: Figures, plan: Plan) -> Choice:
    """Read a plan's steps back as a choice."""
    standing = Standing(figures, AS_OF)
    steps = {step.key for part in plan.requirements for step in part.steps}
    choice = {}
    for file, tracks in (("readings", standing.tracks), ("uptime", standing.system_tracks)):
        for key, track in tracks.items():
            supplied = tuple(m for m in open_months(track) if supply(file, track, m).key in steps)
            choice[key] = (supplied, f"on target {key}" in steps)
    return choice


@settings(max_examples=40, deadline=None)
@given(first=STRIPS, second=STRIPS, telephony=STRIPS)
def test_a_plan_that_is_carried_out_reaches_the_tier_on_its_date_at_its_cost(
    first: str, second: str, telephony: str
) -> None:
    figures = centre(first, second, telephony)
    road = road_of(figures)
    for plan in (road.cheapest, road.earliest) if road else ():
        assert plan is not None
        tier, cost = outcome_of(figures, choice_of(figures, plan), plan.months)
        assert (tier, Fraction(cost)) == (1, plan.cost)


def test_a_step_shared_by_two_requirements_is_paid_once() -> None:
    # October of the first metric is missing for tracking, and would bring it on target too.
    road = road_of(centre("+-.", "---", "+++"))
    assert road is not None
    assert road.earliest is not None
    named = [step.key for part in road.earliest.requirements for step in part.steps]
    assert named == ["readings first 2026-10", "readings first 2026-10"]
    assert road.earliest.cost == 1


def test_costs_turn_the_choice_to_the_cheaper_metric() -> None:
    figures = centre("+-----", "-+----", "+++")
    dear = what_would_it_take(certify(figures, SCHEME, AS_OF), {"first": Fraction(7)})
    cheap = what_would_it_take(certify(figures, SCHEME, AS_OF), {"second": Fraction(7)})
    chosen = [
        {s.cost_keys[0] for part in road.cheapest.requirements for s in part.steps}
        for road in (dear, cheap)
        if road and road.cheapest
    ]
    assert chosen == [{"second"}, {"first"}]


def test_waiting_is_free_and_supplying_is_sooner() -> None:
    # The gap of September can be supplied today, or left behind by measuring until November.
    road = road_of(centre("+++++.+", "+++++++", "+++"))
    assert road is not None
    assert road.cheapest is not None
    assert road.earliest is not None
    assert (road.cheapest.cost, road.cheapest.by) == (Fraction(0), date(2026, 11, 30))
    assert (road.earliest.cost, road.earliest.by) == (Fraction(1), AS_OF)


def test_where_the_highest_tier_is_reached_there_is_no_road() -> None:
    assert road_of(centre("+++", "+++", "+++")) is None


# The solver against every assignment ------------------------------------------------------------
KEYS = ("a", "b", "c", "d")
step_strategy = st.builds(
    lambda key, amount: Step(key, key, amount, (key,)),
    st.sampled_from(KEYS),
    st.integers(1, 3),
)
need_strategy: st.SearchStrategy[Need] = st.recursive(
    step_strategy,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda parts: AllNeeds(tuple(parts))),
        st.builds(
            lambda needed, options: Enough(needed, tuple(options)),
            st.integers(1, 4),
            st.lists(st.tuples(st.integers(1, 3), inner), max_size=3),
        ),
    ),
    max_leaves=7,
)
cost_strategy = st.dictionaries(
    st.sampled_from(KEYS), st.fractions(min_value=0, max_value=5, max_denominator=4)
)


def holds(need: Need, done: Mapping[str, int]) -> bool:
    if isinstance(need, Step):
        return done[need.key] >= need.amount
    if isinstance(need, AllNeeds):
        return all(holds(part, done) for part in need.parts)
    return sum(weight for weight, part in need.options if holds(part, done)) >= need.needed


def least_cost(need: Need, costs: Costs) -> Fraction | None:
    amounts = (dict(zip(KEYS, counts, strict=True)) for counts in product(range(4), repeat=4))
    found = [
        sum((costs.get(key, Fraction(1)) * n for key, n in done.items()), Fraction(0))
        for done in amounts
        if holds(need, done)
    ]
    return min(found, default=None)


@settings(max_examples=150, deadline=None)
@given(need=need_strategy, costs=cost_strategy)
def test_the_chosen_steps_are_of_least_cost(need: Need, costs: dict[str, Fraction]) -> None:
    chosen = cheapest_steps(need, costs)
    least = least_cost(need, costs)
    if chosen is None:
        assert least is None
        return
    assert sum((step.cost(costs) for step in chosen.values()), Fraction(0)) == least
    assert holds(need, {key: chosen[key].amount if key in chosen else 0 for key in KEYS})


@pytest.mark.parametrize("key", ["performance-tiers", "service-essentials-award"])
def test_every_tier_of_the_library_has_a_road_from_an_empty_dossier(key: str) -> None:
    library = default_library()
    scheme = library.scheme(key)
    verdict = certify(Figures(SCOPE), scheme, AS_OF, library.models_of(scheme))
    road = what_would_it_take(verdict, {})
    assert road is not None
    assert road.tier == 1
    assert road.cheapest is not None
