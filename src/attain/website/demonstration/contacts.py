"""The contacts of a centre by quarter-hour: how many came, and what its staff made of them.

Calls and chats wait in a queue (Erlang C, with those who give up as in Erlang A); letters and
messages lie in a backlog that the staff of the open hours works off in the order of arrival.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from attain.measurement.periods import Month
from attain.website.demonstration.hours import Flags, calling_hours, is_open, writing_hours
from attain.website.demonstration.opening import Opening
from attain.website.demonstration.quarter_hours import MINUTES, QuarterHours, quarter_hours
from attain.website.demonstration.queueing import (
    Counts,
    Numbers,
    ServiceTimes,
    agents_for,
    outcomes,
)

# Calls of a weekday that is not a Monday, at a site of size 1 in its first month.
BUSY = 2_000
_GROWTH_A_MONTH = 0.0015
# January to December: a winter peak.
SEASON = np.array([1.12, 1.07, 1.02, 0.98, 0.95, 0.93, 0.92, 0.94, 1.0, 1.03, 1.09, 1.14])
_HOLIDAYS = {(12, 25): 0.2, (12, 26): 0.4, (1, 1): 0.3}
_LUNCH = slice(50, 54)
_FORTNIGHT = 14


@dataclass(frozen=True)
class ChannelKind:
    """A channel: its contacts for each call, its week from Monday on, and how it is served.

    `target` is the share to be answered in time; rosters are made for a share of `planned`. An
    agent serves `at_once` contacts at the same time. Where `lies` is not 0 contacts do not wait
    in a queue but lie in a backlog, and are in time if answered within so many quarter-hours;
    some come `at_any_hour`, and are answered when the site is open.
    """

    share: float
    week: tuple[float, ...]
    service: ServiceTimes
    target: str
    planned: float
    at_once: int = 1
    lies: int = 0
    at_any_hour: bool = False


_WEEK = (1.22, 1.06, 1.0, 0.98, 0.96, 0.85, 0.7)
CHANNELS: Mapping[str, ChannelKind] = {
    "phone": ChannelKind(1.0, _WEEK, ServiceTimes(320, 20, 170), "0.8", 0.87),
    "email": ChannelKind(
        0.3,
        (1.15, 1.05, 1.0, 1.0, 0.9, 0.2, 0.1),
        ServiceTimes(420, 0, 0),
        "0.9",
        1.13,
        1,
        96,
        True,
    ),
    "chat": ChannelKind(0.26, _WEEK, ServiceTimes(560, 60, 200), "0.8", 0.92, at_once=2),
    "sms": ChannelKind(0.1, _WEEK, ServiceTimes(180, 0, 0), "0.9", 1.2, lies=4),
}


@dataclass(frozen=True)
class Workload:
    """What a centre has to answer and with whom: by channel the staff of each month.

    A staff of 1 is what the roster asks for. `handle` are the seconds of a call by month.
    """

    size: float
    openings: tuple[Opening, ...]
    staff: Mapping[str, Sequence[float]]
    handle: Sequence[float]


@dataclass(frozen=True)
class ChannelContacts:
    """The contacts of a channel by quarter-hour; `month` counts the months from the first."""

    hours: QuarterHours
    month: Counts
    offered: Counts
    answered: Counts
    within: Counts

    def by_month(self, counts: Counts) -> list[int]:
        """Add up some of the counts by month."""
        return [int(total) for total in np.bincount(self.month, weights=counts)]

    def since(self, month: int) -> "ChannelContacts":
        """Return the contacts from a month on."""
        there = self.month >= month
        hours = QuarterHours(
            self.hours.starts[there], self.hours.day[there], self.hours.slot[there], self.hours.days
        )
        counts = (self.month, self.offered, self.answered, self.within)
        return ChannelContacts(hours, *(count[there] for count in counts))


def contacts_of(
    workload: Workload, timezone: str, first: Month, random: np.random.Generator
) -> dict[str, ChannelContacts]:
    """Return the contacts of each channel of a centre from its first month on."""
    hours = quarter_hours(timezone, first, len(workload.handle))
    return {
        channel: _of_channel(channel, workload, hours, first, random) for channel in workload.staff
    }


def _of_channel(
    channel: str,
    workload: Workload,
    hours: QuarterHours,
    first: Month,
    random: np.random.Generator,
) -> ChannelContacts:
    kind, month = CHANNELS[channel], hours.month_of(first)
    weekday = np.array([day.weekday() for day in hours.days], dtype=np.int64)[hours.day]
    forecast = _forecast(kind, workload, hours, first, weekday)
    noise = np.exp(random.normal(0.0, 0.05, len(hours.days)))[hours.day]
    offered = random.poisson(forecast * noise).astype(np.int64)
    absence = np.clip(random.normal(0.0, 0.02, len(hours.days)), -0.05, 0.05)[hours.day]
    staff = np.array(workload.staff[channel])[month] + absence
    if kind.lies:
        opened = is_open(workload.openings)[weekday, hours.slot]
        capacity = _capacity(kind, forecast, opened, month) * staff
        until = hours.day // (_FORTNIGHT if kind.at_any_hour else 1)
        within = _worked_off(offered, capacity, until, kind.lies)
        lost = random.binomial(offered - within, 0.02)
        return ChannelContacts(hours, month, offered, offered - lost, within)
    staff[(hours.slot >= _LUNCH.start) & (hours.slot < _LUNCH.stop)] -= 0.03
    handle = np.array(workload.handle)[month] if channel == "phone" else None
    answered, within = _queued(kind, forecast, offered, staff, handle, random)
    return ChannelContacts(hours, month, offered, answered, within)


def _forecast(
    kind: ChannelKind, workload: Workload, hours: QuarterHours, first: Month, weekday: Counts
) -> Numbers:
    """Return how many contacts a quarter-hour is expected to bring."""
    profile = writing_hours() if kind.at_any_hour else calling_hours(workload.openings)
    months = [first.plus(n).index for n in range(len(workload.handle))]
    level = [SEASON[m % 12] * (1 + _GROWTH_A_MONTH * n) for n, m in enumerate(months)]
    quiet = np.array([_HOLIDAYS.get((day.month, day.day), 1.0) for day in hours.days])
    daily = np.array(kind.week)[weekday] * quiet[hours.day] * np.array(level)[hours.month_of(first)]
    forecast: Numbers = daily * profile[weekday, hours.slot] * (BUSY * workload.size * kind.share)
    return forecast


def _capacity(kind: ChannelKind, forecast: Numbers, opened: Flags, month: Counts) -> Numbers:
    """Return how many contacts of a backlog the roster of a quarter-hour can answer."""
    if not kind.at_any_hour:
        return forecast * kind.planned
    volume, there = np.bincount(month, weights=forecast), np.bincount(month, weights=opened)
    capacity: Numbers = opened * (volume / there)[month] * kind.planned
    return capacity


def _worked_off(offered: Counts, capacity: Numbers, until: Counts, lies: int) -> Counts:
    """Return how many of each quarter-hour's contacts are answered in time, first come first.

    What is left at the end of a stretch, a day or a fortnight, is cleared by overtime.
    """
    within = np.zeros_like(offered)
    ends = np.flatnonzero(np.diff(until, append=-1)) + 1
    for first, end in zip([0, *ends[:-1]], ends, strict=True):
        there = slice(first, end)
        arrived = np.cumsum(offered[there])
        above = arrived - np.cumsum(capacity[there])
        backlog = above - np.minimum(0.0, np.minimum.accumulate(above))
        done = np.floor(arrived - backlog + 1e-6).astype(np.int64)
        later = np.append(done[lies:], np.full(min(lies, len(done)), arrived[-1]))
        new = offered[there]
        within[there] = np.clip(later - (arrived - new), 0, new)
    return within


def _queued(
    kind: ChannelKind,
    forecast: Numbers,
    offered: Counts,
    staff: Numbers,
    handle: Numbers | None,
    random: np.random.Generator,
) -> tuple[Counts, Counts]:
    """Return how many of each quarter-hour's contacts are answered, and answered in time."""
    opened = forecast > 0
    seconds = np.full(int(opened.sum()), kind.service.handle) if handle is None else handle[opened]
    service = ServiceTimes(seconds, kind.service.threshold, kind.service.patience)
    # A roster is made for half an hour.
    halves = forecast.reshape(-1, 2).mean(axis=1).repeat(2)[opened]
    load = seconds / (60 * MINUTES)
    agents = _rostered(kind, halves * load, staff[opened], service)
    came = offered[opened]
    lost, timely = outcomes(came * load, agents, service)
    answered, within = np.zeros_like(offered), np.zeros_like(offered)
    answered[opened] = came - random.binomial(came, lost)
    within[opened] = np.minimum(random.binomial(came, timely), answered[opened])
    return answered, within


def _rostered(kind: ChannelKind, load: Numbers, staff: Numbers, service: ServiceTimes) -> Counts:
    """Return how many contacts the rostered agents can serve at the same time."""
    needed = agents_for(load, service, kind.planned) / kind.at_once
    agents: Counts = np.maximum(1, np.rint(needed * staff)).astype(np.int64) * kind.at_once
    return agents
