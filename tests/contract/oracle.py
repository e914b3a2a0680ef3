"""A second reading of the contract of a dossier, slow and obvious, to compare verdicts with.

It follows the contract sentence by sentence, which the comments tell in short, and knows nothing
of the package. A name in `missing` is told as far as the contract fixes it: a reported name may
only go on from there.
"""

from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from contract.contract_files import (
    Files,
    Row,
    amount,
    day,
    first_day,
    moment,
    month,
    month_of,
    read_files,
)
from contract.oracle_counting import (
    MET,
    NOT_APPLICABLE,
    NOT_MET,
    UNDETERMINED,
    all_of,
    answer,
    judge_share,
    of_flag,
)
from contract.oracle_intervals import service_level
from contract.oracle_months import (
    actions_on_misses,
    metric_history,
    metrics_tracked,
    share_on_target,
    uptime,
)

Answer = dict[str, Any]


def verdict(folder: Path, as_of: date | None = None) -> dict[str, Any]:
    """Return the tier, and each tier with its outcome and its requirements in their order."""
    files = read_files(folder)
    # The day given on the command line goes before the one in the file.
    known = known_by(files, as_of or day(str(files["header"]["as_of"])))
    tiers: list[dict[str, Any]] = []
    for number, judge in ((1, tier_1), (2, tier_2), (3, tier_3)):
        requirements = judge(known)
        # A tier is all_of over its requirements and the outcomes of the lower tiers.
        outcomes = [each["outcome"] for each in requirements.values()]
        outcome = all_of([*outcomes, *(lower["outcome"] for lower in tiers)])
        tiers.append({"tier": number, "outcome": outcome, "requirements": requirements})
    # The tier is the highest one that is met, none where none is.
    met = [tier["tier"] for tier in tiers if tier["outcome"] == MET]
    return {"tier": max(met, default=None), "tiers": tiers}


def last_full_month(as_of: date) -> int:
    """The last month is the last full one that ends on or before `as_of`."""
    this = month_of(as_of)
    ends_on = first_day(this + 1) - timedelta(1)
    return this if ends_on <= as_of else this - 1


def known_by(files: Files, as_of: date) -> Files:
    """What is dated after `as_of` is as if it were not there."""
    known = dict(files, as_of=as_of, last=last_full_month(as_of))
    known["zone"] = ZoneInfo(files["header"]["timezone"])
    # By months: readings, uptime and satisfaction of months after the last month.
    for table in ("readings", "uptime", "satisfaction"):
        known[table] = [row for row in files[table] if month(row["month"]) <= known["last"]]
    # A reading with a denominator of 0 is everywhere as if that month had no reading.
    known["readings"] = [row for row in known["readings"] if denominator(row) != 0]
    # By days: initiatives started, actions taken, documents dated, changes made.
    dated = {
        "initiatives": "started",
        "improvement_actions": "taken_on",
        "documents": "dated",
        "technology_changes": "on",
    }
    for table, column in dated.items():
        known[table] = [row for row in files[table] if day(row[column]) <= as_of]
    known["documents"] = [forget_later(row, as_of) for row in known["documents"]]
    # By times: the local date decides whether an incident was opened by `as_of`.
    known["incidents"] = [
        row
        for row in files["incidents"]
        if moment(row["opened"]).astimezone(known["zone"]).date() <= as_of
    ]
    known["histories"] = {
        row["metric"]: metric_history(row, known["readings"], files["targets"])
        for row in files["metrics"]
    }
    return known


def denominator(reading: Row) -> Fraction:
    """An empty denominator is 1."""
    return amount(reading["denominator"] or "1")


def forget_later(document: Row, as_of: date) -> Row:
    """A document's communication or test after `as_of` has not happened yet."""
    later = {
        column: ""
        for column in ("communicated_on", "tested_on")
        if document[column] and day(document[column]) > as_of
    }
    return {**document, **later}


def tier_1(known: Files) -> dict[str, Answer]:
    """The first column of the table, from top to bottom."""
    return {
        "practices-documented": practices_documented(known),
        "metrics-tracked": metrics_tracked(known, 3),
        "actions-on-misses": actions_on_misses(known),
        "coverage": coverage(known),
    }


def tier_2(known: Files) -> dict[str, Answer]:
    """The second column of the table, from top to bottom."""
    half, periods = Fraction("0.5"), Fraction("0.6")
    enough = (half, 6, periods, 7)
    return {
        "metrics-tracked": metrics_tracked(known, 6),
        "initiatives": initiatives(known, 2),
        "end-user-facing-on-target": share_on_target(known, "end_user_facing", *enough),
        "enabling-on-target": share_on_target(known, "enabling", *enough),
        "service-level": service_level(known, ["phone", "email"], Fraction("0.6")),
        "uptime": uptime(known, 6, Fraction(2, 3)),
        "business-continuity": business_continuity(known, 2),
        "coverage": coverage(known),
    }


def tier_3(known: Files) -> dict[str, Answer]:
    """The third column of the table, from top to bottom."""
    share, periods = Fraction("0.65"), Fraction("0.75")
    enough, channels = (share, 12, periods, 9), ["phone", "email", "chat", "sms"]
    return {
        "metrics-tracked": metrics_tracked(known, 12),
        "initiatives": initiatives(known, 3),
        "end-user-facing-on-target": share_on_target(known, "end_user_facing", *enough),
        "enabling-on-target": share_on_target(known, "enabling", *enough),
        "service-level": service_level(known, channels, Fraction("0.7")),
        "uptime": uptime(known, 12, Fraction(9, 10)),
        "business-continuity": business_continuity(known, 3),
        "end-user-satisfaction": satisfaction(known, "end_user"),
        "staff-satisfaction": satisfaction(known, "staff"),
        "it-response": it_response(known),
        "technology-alignment": technology_alignment(known),
        "coverage": coverage(known),
    }


def practices_documented(known: Files) -> Answer:
    """All_of over the practices; where none is listed it is undetermined."""
    if not known["practices"]:
        return answer(UNDETERMINED, missing={"practices"})
    outcomes = {row["item"]: practice(row) for row in known["practices"]}
    return answer(all_of(list(outcomes.values())), children=outcomes)


def practice(row: Row) -> str:
    """A practice that is not applicable needs a reason."""
    if row["documented"] == "not_applicable":
        return NOT_APPLICABLE if row["reason"] else NOT_MET
    return of_flag(row["documented"] == "yes")


def initiatives(known: Files, wanted: int) -> Answer:
    """So many structured initiatives with analysis and outcome; completed or not."""
    good = [
        row
        for row in known["initiatives"]
        if row["structured"] == "yes" and row["analysis"] and row["outcome"]
    ]
    return answer(of_flag(len(good) >= wanted))


def business_continuity(known: Files, tier: int) -> Answer:
    """One plan that covers backup and recovery; in tier 3 the same one does the rest as well."""
    plans = [row for row in known["documents"] if row["kind"] == "business_continuity_plan"]
    good = [row for row in plans if row["covers_backup_and_recovery"] == "yes"]
    if tier == 3:
        good = [row for row in good if lives(row, known["as_of"])]
    return answer(of_flag(bool(good)))


def lives(plan: Row, as_of: date) -> bool:
    """It sets acceptable levels, was communicated, and tested within the year, ends included."""
    if plan["sets_acceptable_levels"] != "yes" or not plan["communicated_on"]:
        return False
    return bool(plan["tested_on"]) and day(plan["tested_on"]) >= one_year_before(as_of)


def one_year_before(as_of: date) -> date:
    """The same day one year before; 28 February for 29 February."""
    if (as_of.month, as_of.day) == (2, 29):
        return date(as_of.year - 1, 2, 28)
    return date(as_of.year - 1, as_of.month, as_of.day)


def satisfaction(known: Files, kind: str) -> Answer:
    """The latest month of the kind, however old; without one it is not applicable."""
    rows = {month(row["month"]): row for row in known["satisfaction"] if row["kind"] == kind}
    if not rows:
        return answer(NOT_APPLICABLE)
    latest = rows[max(rows)]
    return answer(of_flag(amount(latest["value"]) >= amount(latest["target"])))


def it_response(known: Files) -> Answer:
    """Each incident has its severity, its response and its cost; 0 is a value."""
    asked = ("severity", "responded_minutes", "cost_impact")
    return over_each(known["incidents"], asked)


def technology_alignment(known: Files) -> Answer:
    """Each change has both references."""
    asked = ("business_requirement", "annual_plan_reference")
    return over_each(known["technology_changes"], asked)


def over_each(rows: list[Row], asked: tuple[str, ...]) -> Answer:
    """A rule over each of an empty set is not applicable, with that as its reason."""
    if not rows:
        return answer(NOT_APPLICABLE, reason=True)
    return answer(all_of([of_flag(all(row[column] for column in asked)) for row in rows]))


def coverage(known: Files) -> Answer:
    """Assessed / site is at least 0.8 for a site, 0.5 for a programme; of 0 it is undetermined."""
    header = known["header"]
    site, assessed = header["volume"]["site"], header["volume"]["assessed"]
    least = {"site": Fraction("0.8"), "programme": Fraction("0.5")}[header["scope"]["kind"]]
    if site == 0:
        # Nothing is counted, so nothing is measured.
        return answer(UNDETERMINED, measured=None, missing={"dossier"})
    outcome = judge_share(assessed, 0, site, least)
    return answer(outcome, measured=Fraction(assessed, site))
