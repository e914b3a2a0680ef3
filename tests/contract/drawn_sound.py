"""A dossier that reaches tier 3, of which a drawn one keeps some parts."""

from datetime import date, timedelta

from contract.contract_files import Files, first_day, month_text


def sound_metrics(drawn: Files, last: int) -> None:
    """Add a metric of each class that is on target in each of the last 12 months."""
    for name, process_class in (("answering", "end_user_facing"), ("hiring", "enabling")):
        row = {"process": name, "class": process_class}
        drawn["processes"].append({**row, "low_volume": "no", "time_and_materials": "no"})
        metric = {"metric": f"of {name}", "process": name, "aspect": "quality", "unit": ""}
        drawn["metrics"].append({**metric, "better": "higher"})
        start = first_day(last - 11).isoformat()
        drawn["targets"].append({"metric": f"of {name}", "from": start, "target": "0.95"})
        drawn["readings"] += [
            {**_month(each, metric=f"of {name}"), "numerator": "95", "denominator": "100"}
            for each in range(last - 11, last + 1)
        ]


def _month(month: int, **key: str) -> dict[str, str]:
    return {**key, "month": month_text(month)}


def sound_uptime(drawn: Files, last: int) -> None:
    """Add a system that is up in each of the last 12 months."""
    drawn["systems"].append({"system": "telephony", "class": "end_user_facing"})
    drawn["uptime"] += [
        {**_month(each, system="telephony"), "uptime": "0.999", "target": "0.999"}
        for each in range(last - 11, last + 1)
    ]


def sound_intervals(drawn: Files, last: int) -> None:
    """Add an interval that attains in each channel."""
    for channel in drawn["header"]["channels"]:
        row = {"channel": channel, "from": first_day(last - 11).isoformat()}
        drawn["service_levels"].append({**row, "target": "0.8", "of": "offered"})
        interval = {"channel": channel, "start": f"{first_day(last - 5)}T12:00:00Z"}
        counts = {"offered": "10", "answered": "9", "within_threshold": "8"}
        drawn["intervals"].append({**interval, **counts})


def sound_records(drawn: Files, as_of: date) -> None:
    """Add three initiatives, a practice and a plan."""
    process, day = drawn["processes"][0]["process"], as_of.isoformat()
    done = {"completed": "", "structured": "yes", "analysis": "a", "outcome": "o"}
    drawn["initiatives"] += [
        {"initiative": name, "process": process, "started": day, **done} for name in "abc"
    ]
    drawn["practices"].append({"item": "p", "documented": "yes", "reason": "", "evidence": ""})
    flags = {"covers_backup_and_recovery": "yes", "sets_acceptable_levels": "yes"}
    plan = {"kind": "business_continuity_plan", "title": "plan", "dated": day, **flags}
    tested = (as_of - timedelta(365)).isoformat()
    drawn["documents"].append({**plan, "communicated_on": day, "tested_on": tested})
