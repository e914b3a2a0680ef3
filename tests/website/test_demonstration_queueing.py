"""The formulas of Erlang, against tables, against sums worked out otherwise, against a queue."""

import heapq
from collections.abc import Callable
from fractions import Fraction
from math import exp, factorial
from random import Random
from typing import Any

import numpy as np
import pytest

from attain.website.demonstration.queueing import (
    ServiceTimes,
    agents_for,
    blocking,
    in_time,
    outcomes,
    waiting,
)

CALLS = ServiceTimes(handle=180, threshold=20, patience=120)


def of(formula: Callable[..., Any], load: float, agents: int, *more: Any) -> float:
    return float(formula(np.array([float(load)]), np.array([agents], dtype=np.int64), *more)[0])


def exact_waiting(load: Fraction, agents: int) -> Fraction:
    """Erlang C by its definition, in exact fractions."""
    last = load**agents / factorial(agents) * agents / (agents - load)
    return last / (sum(load**n / factorial(n) for n in range(agents)) + last)


def exact_abandoning(load: Fraction, agents: int, impatience: Fraction) -> Fraction:
    """Erlang A by the balance of its states, in exact fractions: those who come less those served.

    `impatience` is the handle time over the patience.
    """
    states = [Fraction(1)]
    for number in range(1, agents + 200):
        leaving = min(number, agents) + max(0, number - agents) * impatience
        states.append(states[-1] * load / leaving)
    served = sum(min(n, agents) * state for n, state in enumerate(states)) / sum(states)
    return Fraction(1 - served / load)


# Erlang B as the tables of telephone engineering print it.
@pytest.mark.parametrize(
    ("load", "lines", "printed"), [(4.461, 10, 0.01), (12.03, 20, 0.01), (84.06, 100, 0.01)]
)
def test_blocking_is_what_the_tables_of_erlang_b_print(
    load: float, lines: int, printed: float
) -> None:
    assert of(blocking, load, lines) == pytest.approx(printed, abs=2e-5)


@pytest.mark.parametrize(("load", "agents"), [(10, 11), (10, 12), (10, 14), (2, 3), (45, 50)])
def test_waiting_is_erlang_c(load: int, agents: int) -> None:
    exact = float(exact_waiting(Fraction(load), agents))
    assert of(waiting, load, agents) == pytest.approx(exact, rel=1e-9)


def test_ten_erlangs_and_fourteen_agents_answer_89_of_100_calls_within_20_seconds() -> None:
    # 100 calls in half an hour of 180 seconds each: the worked example of many a handbook.
    assert of(waiting, 10, 14) == pytest.approx(0.1741, abs=1e-4)
    assert of(in_time, 10, 14, CALLS) == pytest.approx(1 - 0.1741 * exp(-4 / 9), abs=1e-4)
    assert of(in_time, 10, 14, CALLS) == pytest.approx(0.888, abs=5e-4)


@pytest.mark.parametrize(("load", "agents"), [(10, 8), (10, 10), (10, 12), (30, 31)])
def test_those_who_give_up_are_as_many_as_in_erlang_a(load: int, agents: int) -> None:
    impatience = Fraction(180, 120)
    exact = float(exact_abandoning(Fraction(load), agents, impatience))
    lost, _ = outcomes(np.array([float(load)]), np.array([agents]), CALLS)
    assert float(lost[0]) == pytest.approx(exact, rel=1e-6)


@pytest.mark.parametrize(("load", "agents"), [(10, 9), (10, 11), (10, 13), (30, 27)])
def test_the_shares_are_those_of_a_queue_played_call_by_call(load: int, agents: int) -> None:
    lost, timely = outcomes(np.array([float(load)]), np.array([agents]), CALLS)
    gave_up, in_time_played = played(load, agents)
    assert float(timely[0]) == pytest.approx(in_time_played, abs=0.01)
    assert float(lost[0]) == pytest.approx(gave_up, abs=0.01)


def test_where_nobody_gives_up_the_share_in_time_is_that_of_erlang_c() -> None:
    patient = ServiceTimes(handle=180, threshold=20, patience=1e7)
    _, timely = outcomes(np.array([10.0]), np.array([14]), patient)
    assert float(timely[0]) == pytest.approx(of(in_time, 10, 14, CALLS), abs=1e-4)


def played(load: float, agents: int, calls: int = 150_000) -> tuple[float, float]:
    """Play a queue call by call; return the shares of calls that gave up, and were in time."""
    random, free, now, lost, timely = Random(3), [0.0] * agents, 0.0, 0, 0
    heapq.heapify(free)
    for _ in range(calls):
        now += random.expovariate(load / float(CALLS.handle))
        patience = random.expovariate(1 / float(CALLS.patience))
        answered = max(now, free[0])
        if answered - now <= patience:
            heapq.heapreplace(free, answered + random.expovariate(1 / float(CALLS.handle)))
            timely += answered - now <= CALLS.threshold
        else:
            lost += 1
    return lost / calls, timely / calls


def test_no_agent_more_is_rostered_than_the_target_asks_for() -> None:
    load = np.array([0.0, 0.4, 3.0, 10.0, 42.5])
    agents = agents_for(load, CALLS, 0.8)
    assert agents[0] == 0
    enough = in_time(load[1:], agents[1:], CALLS)
    too_few = in_time(load[1:], agents[1:] - 1, CALLS)
    assert (enough >= 0.8).all()
    assert ((too_few < 0.8) | (agents[1:] == 1)).all()


def test_with_fewer_agents_fewer_are_answered_in_time_and_more_give_up() -> None:
    agents = np.arange(16, 6, -1)
    load = np.full(len(agents), 10.0)
    lost, timely = outcomes(load, agents, CALLS)
    assert (np.diff(lost) > 0).all()
    assert (np.diff(timely) < 0).all()
    assert 0 < float(lost[0]) < 0.01
    assert float(lost[-1]) > 0.3
