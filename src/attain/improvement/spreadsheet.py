"""A roadmap as an Excel workbook: exact numbers in cells, amounts in major units."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from attain.assessments.queries.finding import place_of as place_of_assessment
from attain.improvement.models import StepAppraisal
from attain.improvement.models.lists import RULES, STATES
from attain.improvement.plan_words import (
    LACKING,
    LEFT_OUT,
    gap_words,
    quarter_months,
    quarter_words,
    step_words,
)
from attain.improvement.queries.finding import place_of
from attain.improvement.queries.plans import PlanPage
from attain.improvement.queries.reading import StepLine
from attain.improvement.queries.reporting import RoadmapReport
from attain.improvement.report_words import plan_title
from attain.improvement.roadmap_rows import rank_rows
from attain.improvement.rules.amounts import write_amount
from attain.improvement.rules.candidates import POINTS_OF_ONE
from attain.improvement.rules.offering import PlanUnit
from attain.improvement.showing_plans import inputs_of
from attain.organisations.exports import Row, workbook_of

_ENDS = ("low", "likely", "high")


def roadmap_workbook(report: RoadmapReport) -> bytes:
    """Return a roadmap as a workbook."""
    sheets = {
        _("Summary"): list(_summary(report)),
        _("Steps"): list(_steps(report)),
        _("Ranking"): list(_ranking(report)),
        _("Plan"): list(_plan(report.plan)) if report.plan else [[_("No plan was made yet.")]],
        _("Initiatives"): list(_initiatives(report)),
        _("Goals"): list(_goals(report)),
    }
    return workbook_of(sheets)


def _money(amount: int | None, currency: str) -> Decimal | None:
    return None if amount is None else Decimal(write_amount(amount, currency))


def _value(value: int, page: PlanPage) -> Decimal | None:
    if page.basis.offer.unit is PlanUnit.POINTS:
        return Decimal(value) / POINTS_OF_ONE
    return _money(value, page.basis.currency)


def _unit(page: PlanPage) -> str:
    is_money = page.basis.offer.unit is PlanUnit.MONEY
    return page.basis.currency if is_money else _("points")


def _summary(report: RoadmapReport) -> Iterator[Row]:
    roadmap = report.reading.roadmap
    yield _("What"), _("Said")
    yield _("Roadmap"), roadmap.title
    yield _("Place"), str(place_of(roadmap))
    yield _("First month"), str(roadmap.first_month)
    yield _("Quarters"), roadmap.quarters
    yield _("Ranked by"), str(RULES[roadmap.rule])
    yield _("Years of return"), roadmap.years
    for source in report.sources:
        row = source.assessment
        where = f"{place_of_assessment(row)}: {row.title}, {row.edition}"
        yield _("Assessment"), where
        yield _("SHA-256 of the assessment"), row.closing["sha256"]
    if report.plan:
        yield from _summary_of_plan(report.plan)


def _summary_of_plan(page: PlanPage) -> Iterator[Row]:
    plan, basis = page.plan, page.basis
    yield _("Plan"), plan_title(page)
    yield _("Brings (%(unit)s)") % {"unit": _unit(page)}, _value(plan.value, page)
    cost = _("Costs once (%(unit)s)") if not page.unpriced else _("Costs once at least (%(unit)s)")
    yield cost % {"unit": basis.currency}, _money(plan.cost, basis.currency)
    yield _("Person-days"), plan.days
    yield _("How far from the best"), gap_words(plan, basis.offer.unit, basis.currency)
    yield from inputs_of(page)


def _steps(report: RoadmapReport) -> Iterator[Row]:
    currency = report.reading.roadmap.currency
    ranges = (
        ("one_off", _("One-off cost")),
        ("running", _("Running cost a year")),
        ("benefit", _("Benefit a year")),
    )
    ends = dict(zip(_ENDS, (_("low"), _("likely"), _("high")), strict=True))
    amounts = [
        (f"{name}_{end}", f"{words}, {ends[end]} ({currency})")
        for name, words in ranges
        for end in _ENDS
    ]
    yield (
        *(_("Place"), _("Process"), _("Item"), _("From"), _("To")),
        *(words for _name, words in amounts),
        _("Return from 1 to 5"),
        *(_("Impact on %(goal)s") % {"goal": goal.title} for goal in report.goals),
        *(_("Person-days"), _("Quarters of work"), _("After"), _("Note")),
    )
    words = {key: each.words for key, each in report.reading.by_key.items()}
    for line in report.reading.lines:
        yield _step(line, [name for name, _words in amounts], report, words)


def _step(line: StepLine, amounts: list[str], report: RoadmapReport, words: Any) -> Row:
    row, said = line.row, line.read.words
    currency = report.reading.roadmap.currency
    return (
        *(said.centre, said.process, said.item, said.level, said.to),
        *(_money(getattr(row, name, None), currency) for name in amounts),
        row.scale if row else None,
        *((row.impacts.get(goal.key) if row else None) for goal in report.goals),
        *_work(row, words),
    )


def _work(row: StepAppraisal | None, words: Any) -> Row:
    if row is None:
        return (None, None, None, None)
    after = "; ".join(step_words(key, words) for key in row.after)
    return (row.days, row.quarters, after or None, row.note or None)


def _ranking(report: RoadmapReport) -> Iterator[Row]:
    yield (
        *(_("Rank"), _("Best rank in nine of ten draws"), _("Worst rank in nine of ten draws")),
        *(_("Place"), _("Item"), _("Levels"), _("Return"), _("Impact"), _("Score")),
    )
    for row in rank_rows(report.reading, report.tried):
        yield (
            *(row.rank, row.holds.low, row.holds.high, row.place, row.item, row.levels),
            *(row.return_words, row.impact_words, row.score_words),
        )


def _plan(page: PlanPage) -> Iterator[Row]:
    quarters = range(page.basis.request.means.quarters)
    currency = page.basis.currency
    heads = [f"{quarter_words(n)} {quarter_months(page.first, n)}" for n in quarters]
    yield (
        *(_("Place"), _("Step"), _("Starts in"), _("Ends in")),
        *(_("%(quarter)s: person-days") % {"quarter": head} for head in heads),
        _("Brings a quarter (%(unit)s)") % {"unit": _unit(page)},
        _("One-off cost (%(unit)s)") % {"unit": currency},
        *(_("Carried out by"), _("Not in the plan, because")),
    )
    for each in page.steps:
        is_unpriced = each.key in page.basis.offer.unpriced
        words = each.words
        yield (
            *((words.centre, words.title) if words else ("", each.key)),
            *(quarter_words(each.placement.start), quarter_words(each.placement.last)),
            *each.days,
            _value(each.candidate.value, page),
            None if is_unpriced else _money(each.candidate.cost, currency),
            each.initiative.title if each.initiative else None,
            None,
        )
    yield from _not_in_plan(page)


def _not_in_plan(page: PlanPage) -> Iterator[Row]:
    empty = (None,) * (5 + page.basis.request.means.quarters)
    reasons = [(key, str(LEFT_OUT[why])) for key, why in page.left_out]
    for key, lacking in page.apart:
        named = ", ".join(str(LACKING[each]) for each in lacking)
        reasons.append((key, _("It lacks: %(lacking)s") % {"lacking": named}))
    for key, why in reasons:
        words = page.words.get(key)
        where = (words.centre, words.title) if words else ("", key)
        yield (*where, *empty, why)


def _initiatives(report: RoadmapReport) -> Iterator[Row]:
    yield (
        *(_("Initiative"), _("Place"), _("Owner"), _("State"), _("Starts on"), _("Due on")),
        *(_("Person-days"), _("Cost"), _("Currency")),
    )
    for each in report.initiatives:
        yield (
            *(each.title, str(place_of(each)), str(each.owner), str(STATES[each.state])),
            *(each.starts_on, each.due_on, each.days, _money(each.cost, each.currency)),
            each.currency,
        )


def _goals(report: RoadmapReport) -> Iterator[Row]:
    yield _("Goal"), _("Weight"), _("Why it is a goal")
    for each in report.goals:
        yield each.title, each.weight, each.why or None
