"""Initiatives, practices, documents, satisfaction, incidents and changes drawn at random."""

from datetime import date, timedelta
from random import Random
from zoneinfo import ZoneInfo

from contract.contract_files import Files, month_text
from contract.drawn_intervals import draw_time, written
from contract.drawn_months import near


def draw_initiatives(draw: Random, drawn: Files, as_of: date) -> None:
    """Add initiatives, of which most count."""
    for number in range(draw.choice((1, 2, 2, 3, 3, 4, 5))):
        drawn["initiatives"].append(
            {
                "initiative": f"i{number}",
                "process": draw.choice(drawn["processes"])["process"],
                "started": near(draw, as_of, 0.9),
                "completed": draw.choice(("", "2031-01-01")),
                "structured": draw.choice(("yes",) * 9 + ("no",)),
                "analysis": draw.choice(("a",) * 9 + ("", " ")),
                "outcome": draw.choice(("o",) * 9 + ("", "  ")),
            }
        )


def draw_practices(draw: Random, drawn: Files) -> None:
    """Add practices, of which most are documented, or none."""
    chances = draw.choice((("yes",), ("yes", "not_applicable"), ("not_applicable",), ("yes", "no")))
    for number in range(draw.choice((0, 1, 2, 3))):
        documented = draw.choice(chances)
        reason = draw.choice(("r", "r", "r", "r", "", " "))
        row = {"item": f"p{number}", "documented": documented, "reason": reason}
        drawn["practices"].append({**row, "evidence": draw.choice(("", "folder 4"))})


def draw_documents(draw: Random, drawn: Files, as_of: date) -> None:
    """Add documents, most of them plans tested around the same day one year before."""
    kinds = ("business_continuity_plan",) * 5 + ("annual_plan",)
    for number in range(draw.choice((0, 1, 1, 1, 2))):
        a_year_before = as_of - timedelta(draw.choice((364, 365, 366, 367)))
        tested = draw.choice((a_year_before, a_year_before, as_of, as_of + timedelta(1), ""))
        drawn["documents"].append(
            {
                "kind": draw.choice(kinds),
                "title": f"d{number}",
                "dated": near(draw, as_of, 0.9),
                "covers_backup_and_recovery": draw.choice(("yes",) * 6 + ("no",)),
                "sets_acceptable_levels": draw.choice(("yes",) * 6 + ("no",)),
                "communicated_on": draw.choice((near(draw, as_of, 0.9), as_of, as_of, "")),
                "tested_on": tested,
            }
        )


def draw_satisfaction(draw: Random, drawn: Files, last: int) -> None:
    """Add satisfaction of both kinds, some of it old, some of months after the last."""
    for kind in ("end_user", "staff"):
        months = {last + draw.choice((-30, -1, 0, 0, 1)) for _ in range(draw.randrange(3))}
        for month in sorted(months):
            target = draw.choice(("4", "0.9", "-10", "30.00"))
            value = draw.choice((target, target, "0" + target.strip("-"), "-10.001"))
            row = {"kind": kind, "month": month_text(month)}
            drawn["satisfaction"].append({**row, "value": value, "target": target})


def draw_technology(draw: Random, drawn: Files, as_of: date) -> None:
    """Add incidents opened around midnight, and changes around `as_of`, some incomplete."""
    zone = ZoneInfo(drawn["header"]["timezone"])
    for number in range(draw.choice((0, 0, 1, 2)) if drawn["systems"] else 0):
        lacking = draw.choice((None, None, 0, 1, 2))
        given = ["" if lacking == each else "0" for each in range(3)]
        opened = draw_time(draw, as_of + timedelta(draw.choice((1, 1, 1, 0, -400))), zone)
        drawn["incidents"].append(
            {
                "incident": f"n{number}",
                "system": draw.choice(drawn["systems"])["system"],
                "opened": written(draw, opened),
                "severity": given[0] or draw.choice(("", " ")),
                "responded_minutes": given[1],
                "cost_impact": given[2],
            }
        )
    for number in range(draw.choice((0, 0, 1, 2))):
        lacking = draw.choice((None, None, None, 0, 1))
        drawn["technology_changes"].append(
            {
                "change": f"c{number}",
                "kind": draw.choice(("purchase", "enhancement", "upgrade")),
                "on": near(draw, as_of, 0.6),
                "business_requirement": "" if lacking == 0 else "BR-1",
                "annual_plan_reference": "  " if lacking == 1 else "plan, 3",
            }
        )
