"""Steps shared by what is tracked by month: supplying what is missing, staying on target."""

from attain.measurement.counting import Tally
from attain.measurement.metrics import EnoughPeriods, MonthState, Track, tracked
from attain.measurement.outcomes import Outcome
from attain.measurement.periods import Month, months_until
from attain.standards.findings import Finding, Strip
from attain.standards.needs import IMPOSSIBLE, NOTHING, Need, Step, all_needs, any_need
from attain.standards.sentences import Figure, Sentence, say


def missing_of(file: str, track: Track, months: tuple[Month, ...]) -> tuple[str, ...]:
    """Name what is missing in these months: readings of a file, or the target of a metric."""
    names = {MonthState.NO_READING: file, MonthState.NO_TARGET: "targets"}
    states = ((month, track.state(month)) for month in months)
    return tuple(_missing(names[s], track.key, month) for month, s in states if s in names)


def _missing(file: str, key: str, month: Month) -> Sentence:
    if file == "targets":
        return say("targets %(key)s %(month)s", key=key, month=month)
    if file == "uptime":
        return say("uptime %(key)s %(month)s", key=key, month=month)
    return say("readings %(key)s %(month)s", key=key, month=month)


def months_of(tally: Tally) -> Sentence:
    """Say in how many of some months something was so."""
    return say("%(part)s of %(whole)s months", part=tally.good, whole=tally.total)


def strip_of(track: Track, length: int = 12) -> Strip:
    """Return the last months of a track as a strip."""
    months = months_until(track.last, length)
    return Strip(months, tuple(track.state(month) for month in months))


def tracked_finding(file: str, track: Track, months: int) -> Finding:
    """Find whether one metric or system was tracked for the last months."""
    window = months_until(track.last, months)
    with_data = sum(month in track.judged for month in window)
    gaps = tuple(_missing(file, track.key, month) for month in track.gaps(window))
    return Finding(
        key=track.key,
        outcome=tracked(track, months),
        asked=say(
            "%(key)s has data in each of the last %(months)s months", key=track.key, months=months
        ),
        measured=months_of(Tally(with_data, 0, months)),
        threshold=months_of(Tally(months, 0, months)),
        missing=gaps,
        strip=strip_of(track, max(12, months)),
    )


def supply(file: str, track: Track, month: Month) -> Step:
    """Return the step of supplying what a month lacks: its reading, or the target in force."""
    named: dict[str, Figure] = {"key": track.key, "month": month}
    if track.state(month) is MonthState.NO_TARGET:
        file, text = "targets", say("state the target of %(key)s in %(month)s", **named)
    else:
        text = say("supply the %(month)s figure of %(key)s", **named)
    name = f"{file} {track.key} {month}"
    return Step(name, text, 1, (name, file))


def asked_of_window(rule: EnoughPeriods, window: int) -> Sentence:
    """Say what the rule asks of a window of so many months."""
    if window < rule.least:
        return say("a window of at least %(months)s months", months=rule.least)
    needed = rule.needed(window)
    return say("at least %(part)s of %(whole)s months", part=needed, whole=window)


def tracked_needs(file: str, track: Track, months: int, horizon: int) -> Need:
    """Return what it takes that the last months have data, so many months from now.

    Months to come are measured; a gap must be supplied or left behind; a month before the first
    reading can only be left behind.
    """
    past = [m for m in months_until(track.last.plus(horizon), months) if m <= track.last]
    if any(track.state(month) is MonthState.BEFORE_FIRST for month in past):
        return IMPOSSIBLE
    return all_needs([supply(file, track, month) for month in track.gaps(past)])


def enough_needs_of(file: str, track: Track, rule: EnoughPeriods, horizon: int) -> Need:
    """Return what it takes that a metric or system is on target in enough of its window.

    It may be met by time alone, or by being on target in each coming month until it is met; for
    each number of open months that are supplied (the latest first, taken as on target), the fewest
    coming months that suffice by the horizon.
    """
    if rule.judge(track) is Outcome.MET:
        return NOTHING
    open_months = [m for m in track.window(rule.length) if track.state(m).is_good is None]
    options: list[Need] = []
    fewest_ahead: int | None = None
    for supplied in range(len(open_months) + 1):
        chosen = open_months[len(open_months) - supplied :]
        ahead = _months_on_target(track, chosen, rule, horizon)
        if ahead is not None and (fewest_ahead is None or ahead < fewest_ahead):
            steps: list[Need] = [supply(file, track, month) for month in chosen]
            options.append(all_needs([*steps, stay_on_target(track.key, ahead)]))
            fewest_ahead = ahead
    return any_need(options) if options else IMPOSSIBLE


def _months_on_target(
    track: Track, supplied: list[Month], rule: EnoughPeriods, horizon: int
) -> int | None:
    judged = {**track.judged, **dict.fromkeys(supplied, True)}
    if _first_met(track, judged, rule, horizon, on_target=False) is not None:
        return 0
    return _first_met(track, judged, rule, horizon, on_target=True)


def _first_met(
    track: Track,
    judged: dict[Month, bool | None],
    rule: EnoughPeriods,
    horizon: int,
    *,
    on_target: bool,
) -> int | None:
    # The first coming month at which the rule is met, if every coming month is on target, or none.
    for ahead in range(min(horizon, rule.length) + 1):
        coming = {track.last.plus(n): on_target for n in range(1, ahead + 1)}
        later = Track(track.key, {**judged, **coming}, track.last.plus(ahead))
        if rule.judge(later) is Outcome.MET:
            return ahead
    return None


def stay_on_target(key: str, months: int) -> Need:
    """Return the step of a metric, system or channel on target in each of the coming months."""
    if months == 0:
        return NOTHING
    text = say("%(key)s on target in the next %(months)s months", key=key, months=months)
    if months == 1:
        text = say("%(key)s on target next month", key=key)
    return Step(f"on target {key}", text, months, (key,))
