"""The oracle's reading of what goes by calendar months: metrics, their misses, and uptime."""

from datetime import timedelta
from fractions import Fraction
from typing import Any

from contract.contract_files import Files, Row, amount, day, first_day, month, month_text
from contract.oracle_counting import (
    MET,
    NOT_APPLICABLE,
    NOT_MET,
    UNDETERMINED,
    all_of,
    answer,
    judge_count,
    judge_share,
    of_flag,
)

ON_TARGET, OFF_TARGET, NO_TARGET = "on target", "off target", "no target in force"

# Of each month with data: on target, off target, or no target in force.
History = dict[int, str]


def metric_history(metric: Row, readings: list[Row], targets: list[Row]) -> History:
    """Return how each month of a metric stands that has data."""
    name, better = metric["metric"], metric["better"]
    own = [row for row in targets if row["metric"] == name]
    return {
        month(row["month"]): month_standing(row, better, own)
        for row in readings
        if row["metric"] == name
    }


def month_standing(reading: Row, better: str, targets: list[Row]) -> str:
    """The value is compared exactly with the latest target from on or before the last day."""
    last_day = first_day(month(reading["month"]) + 1) - timedelta(1)
    in_force = [row for row in targets if day(row["from"]) <= last_day]
    # A month with data but no target in force is open like a missing month.
    if not in_force:
        return NO_TARGET
    latest = max(in_force, key=lambda row: day(row["from"]))
    value = amount(reading["numerator"]) / amount(reading["denominator"] or "1")
    target = amount(latest["target"])
    # Where higher is better at least the target is asked, where lower at most.
    good = value >= target if better == "higher" else value <= target
    return ON_TARGET if good else OFF_TARGET


def last_months(last: int, count: int) -> list[int]:
    """Return the last months, oldest first."""
    return list(range(last - count + 1, last + 1))


def tracked(history: History, last: int, count: int) -> str:
    """Each of the last months has data.

    One without before the first reading is not met; failing that, a gap or no reading at all is
    undetermined.
    """
    without = [each for each in last_months(last, count) if each not in history]
    if not without:
        return MET
    if history and any(each < min(history) for each in without):
        return NOT_MET
    return UNDETERMINED


def window(history: History, last: int) -> list[int]:
    """The window is the last 12 months, from the first reading on if that is later."""
    return [each for each in last_months(last, 12) if history and each >= min(history)]


def enough_periods(
    history: History, last: int, minimum: int, share: Fraction, count: int | None
) -> str:
    """A share of the window's months is on target, or a count where it has all 12."""
    # No reading yet leaves it open.
    if not history:
        return UNDETERMINED
    periods = window(history, last)
    # A window of fewer months than the tier's minimum is not met.
    if len(periods) < minimum:
        return NOT_MET
    good = sum(history.get(each) == ON_TARGET for each in periods)
    # The periods are the calendar months of the window, missing ones included.
    still_open = sum(history.get(each, NO_TARGET) == NO_TARGET for each in periods)
    # The count holds in a window of 12 months, the share, unrounded, in a shorter one.
    needed = Fraction(count) if len(periods) == 12 and count else share * len(periods)
    return judge_count(good, still_open, needed)


def open_months(file: str, name: str, history: History, months: list[int]) -> set[str]:
    """Name what is missing, the file and the key: the reading of a month, or its target.

    The contract does not say how the key of a missing target is told, nor which months of a
    metric without any reading are named: there only the metric is fixed.
    """
    if not history:
        return {f"{file} {name}"}
    gaps = {f"{file} {name} {month_text(each)}" for each in months if each not in history}
    targets = {f"targets {name}" for each in months if history.get(each) == NO_TARGET}
    return gaps | targets


def metrics_tracked(known: Files, count: int) -> dict[str, Any]:
    """All_of over all metrics, exempt ones too; a class without a metric is not met."""
    classes = {class_of(known, row) for row in known["metrics"]}
    if classes != {"end_user_facing", "enabling"}:
        return answer(NOT_MET)
    histories, last = known["histories"], known["last"]
    missing: set[str] = set()
    for name, history in histories.items():
        months = [each for each in last_months(last, count) if each not in history]
        missing |= open_months("readings", name, history, months) if months else set()
    outcomes = {name: tracked(history, last, count) for name, history in histories.items()}
    return answer(all_of(list(outcomes.values())), missing=missing, children=outcomes)


def process_of(known: Files, metric: Row) -> Row:
    """Return the process to which a metric belongs."""
    found: Row = next(row for row in known["processes"] if row["process"] == metric["process"])
    return found


def class_of(known: Files, metric: Row) -> str:
    """Return the class of the process to which a metric belongs."""
    return process_of(known, metric)["class"]


def actions_on_misses(known: Files) -> dict[str, Any]:
    """All_of over each metric and each of the last three months."""
    outcomes, missing = [], set()
    for name, history in known["histories"].items():
        for each in last_months(known["last"], 3):
            outcomes.append(action_on_miss(known, name, history, each))
            if outcomes[-1] == UNDETERMINED:
                missing |= open_months("readings", name, history, [each])
    # Where nothing missed its target the rule is not applicable, with that as its reason.
    outcome = all_of(outcomes) if outcomes else NOT_APPLICABLE
    return answer(outcome, missing=missing, reason=outcome == NOT_APPLICABLE)


def action_on_miss(known: Files, name: str, history: History, each: int) -> str:
    """A month on target, or before the first reading, asks nothing; a miss asks an action.

    Any other month is undetermined, action or not.
    """
    if history.get(each) == ON_TARGET or (history and each < min(history)):
        return NOT_APPLICABLE
    if history.get(each) != OFF_TARGET:
        return UNDETERMINED
    # The action is for that metric and month, and taken after the month's first day.
    return of_flag(
        any(
            row["metric"] == name
            and month(row["month"]) == each
            and day(row["taken_on"]) > first_day(each)
            for row in known["improvement_actions"]
        )
    )


def exempt(known: Files, metric: Row) -> bool:
    """Of end-user-facing processes: low volume, and efficiency under time and materials."""
    process = process_of(known, metric)
    if process["class"] != "end_user_facing":
        return False
    by_the_hour = process["time_and_materials"] == "yes" and metric["aspect"] == "efficiency"
    return process["low_volume"] == "yes" or by_the_hour


def share_on_target(
    known: Files, process_class: str, least: Fraction, minimum: int, share: Fraction, count: int
) -> dict[str, Any]:
    """A share of the class's metrics is on target in enough periods."""
    of_class = [row for row in known["metrics"] if class_of(known, row) == process_class]
    left_out = {row["metric"] for row in of_class if exempt(known, row)}
    counted = [row["metric"] for row in of_class if row["metric"] not in left_out]
    # Nothing left to count is not applicable, and nothing is measured.
    if not counted:
        return answer(NOT_APPLICABLE, measured=None, left_out=left_out, reason=True)
    outcomes, missing, gaps = {}, set(), set()
    for name in counted:
        history = known["histories"][name]
        outcomes[name] = enough_periods(history, known["last"], minimum, share, count)
        gaps |= open_months("readings", name, history, window(history, known["last"]))
        if outcomes[name] == UNDETERMINED:
            missing |= open_months("readings", name, history, window(history, known["last"]))
    # The undetermined metrics are in the denominator only.
    good, still_open = (list(outcomes.values()).count(each) for each in (MET, UNDETERMINED))
    return answer(
        judge_share(good, still_open, len(counted), least),
        measured=Fraction(good, len(counted)),
        missing=missing,
        gaps=gaps,
        left_out=left_out,
        children=outcomes,
    )


def uptime(known: Files, minimum: int, share: Fraction) -> dict[str, Any]:
    """All_of over the systems: tracked, and up to target in enough periods.

    Where no system is listed it is undetermined.
    """
    last, missing, gaps = known["last"], set(), set()
    outcomes: dict[str, str] = {}
    for system in known["systems"]:
        name, history = system["system"], uptime_history(known, system["system"])
        is_tracked = tracked(history, last, minimum)
        # The window is a metric's, with the tier's months as its minimum; no count stands apart.
        is_enough = enough_periods(history, last, minimum, share, None)
        outcomes[name] = all_of([is_tracked, is_enough])
        gaps |= open_months("uptime", name, history, window(history, last))
        if is_tracked == UNDETERMINED:
            missing |= open_months("uptime", name, history, last_months(last, minimum))
        if is_enough == UNDETERMINED:
            missing |= open_months("uptime", name, history, window(history, last))
    if not outcomes:
        return answer(UNDETERMINED, missing={"systems"})
    outcome = all_of(list(outcomes.values()))
    return answer(outcome, missing=missing, gaps=gaps, children=outcomes)


def uptime_history(known: Files, system: str) -> History:
    """Return how each month of a system stands that has data."""
    return {
        month(row["month"]): ON_TARGET
        if amount(row["uptime"]) >= amount(row["target"])
        else OFF_TARGET
        for row in known["uptime"]
        if row["system"] == system
    }
