"""A roadmap in the words of its reader, for paper."""

from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from attain.assessments.queries.finding import place_of as place_of_assessment
from attain.improvement.models import StepAppraisal
from attain.improvement.models.lists import RULES, STATES
from attain.improvement.plan_words import days_words, money_words, step_words
from attain.improvement.queries.finding import place_of
from attain.improvement.queries.plans import PlanPage
from attain.improvement.queries.reading import StepLine
from attain.improvement.queries.reporting import RoadmapReport
from attain.improvement.queries.roadmaps import range_of
from attain.improvement.roadmap_rows import apart_rows, rank_rows
from attain.improvement.rules.appraisal import Range
from attain.improvement.showing_plans import shown
from attain.improvement.words import LACKING

NOTHING = "–"


def report_in_words(report: RoadmapReport) -> dict[str, Any]:
    """Return everything that the printed roadmap says."""
    roadmap = report.reading.roadmap
    plan = report.plan
    return {
        "roadmap": roadmap,
        "organisation": roadmap.organisation,
        "place": place_of(roadmap),
        "rule": RULES[roadmap.rule],
        "ranks": rank_rows(report.reading, report.tried),
        "draws": number_format(report.tried.policy.draws, force_grouping=True),
        "ranks_apart": [
            {"row": each, "lacking": ", ".join(str(LACKING[one]) for one in each.lacking)}
            for each in apart_rows(report.reading)
        ],
        "plan": plan.kept if plan else None,
        "initiatives": [{"row": each, "state": STATES[each.state]} for each in report.initiatives],
        "appraisals": [_appraisal(each, report) for each in report.reading.lines if each.row],
        "goals": report.goals,
        "sources": [_source(each.assessment) for each in report.sources],
        **(shown(plan) if plan else {}),
    }


def _appraisal(line: StepLine, report: RoadmapReport) -> dict[str, Any]:
    row, currency = line.row, report.reading.roadmap.currency
    words = {line.key: line.read.words}
    return {
        "step": step_words(line.key, words),
        "one_off": _range(row, "one_off", currency),
        "running": _range(row, "running", currency),
        "benefit": _range(row, "benefit", currency),
        "scale": NOTHING if row is None or row.scale is None else str(row.scale),
        "impacts": _impacts(row, report),
        "days": NOTHING if row is None or row.days is None else days_words(row.days),
        "note": row.note if row else "",
    }


def _range(row: StepAppraisal | None, name: str, currency: str) -> str:
    found = range_of(row, name) if row else None
    return NOTHING if found is None else range_words(found, currency)


def range_words(given: Range, currency: str) -> str:
    """Return a range as its likely amount, with its ends where they differ."""
    if given.low == given.high:
        return money_words(given.likely, currency)
    low, likely, high = (
        money_words(each, currency) for each in (given.low, given.likely, given.high)
    )
    return _("%(likely)s (%(low)s to %(high)s)") % {"likely": likely, "low": low, "high": high}


def _impacts(row: StepAppraisal | None, report: RoadmapReport) -> str:
    titles = {each.key: each.title for each in report.goals}
    said = row.impacts if row else {}
    return "; ".join(f"{titles[key]} {said[key]}" for key in titles if key in said) or NOTHING


def _source(assessment: Any) -> dict[str, Any]:
    return {
        "place": str(place_of_assessment(assessment)),
        "title": assessment.title,
        "model": str(assessment.edition),
        "closed_at": assessment.closed_at,
        "sha256": assessment.closing["sha256"],
    }


def plan_title(page: PlanPage) -> str:
    """Return the title of a plan, and that it is adopted where it is."""
    title = page.kept.title
    return _("%(plan)s (adopted)") % {"plan": title} if page.kept.adopted_at else title
