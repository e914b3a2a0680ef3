"""What plans say in words that are translated: quarters, sums, reasons, and why one is refused."""

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from attain.improvement.queries.roadmaps import StepWords
from attain.improvement.rules.amounts import digits_of, write_amount
from attain.improvement.rules.candidates import POINTS_OF_ONE, LockKind
from attain.improvement.rules.left_out import LeftOutReason
from attain.improvement.rules.offering import Offer, PlanLacking, PlanUnit
from attain.improvement.rules.plan_faults import PlanFault, PlanFaultKind
from attain.improvement.rules.plans import RoadmapPlan
from attain.measurement.periods import Month

UNITS = {
    PlanUnit.MONEY: _("Money: what steps bring less what they cost to run"),
    PlanUnit.POINTS: _("Points: the scores of the ranking"),
}
LACKING = {
    PlanLacking.DAYS: _("its effort in person-days"),
    PlanLacking.COST: _("its one-off cost"),
    PlanLacking.MONEY: _("its return in money"),
    PlanLacking.SCORE: _("its return or its impact, so that it is not ranked"),
    PlanLacking.BEFORE: _("a step before it, which cannot be planned"),
    PlanLacking.WINDOW: _("a window that is open after what it waits for"),
}
LEFT_OUT = {
    LeftOutReason.LOCKED_OUT: _("It was locked out."),
    LeftOutReason.OUTSIDE_WINDOW: _("Its window lies outside the plan."),
    LeftOutReason.ABOVE_MEANS: _("It takes more than a quarter has, even alone."),
    LeftOutReason.WAITS_FOR_LEFT_OUT: _("It waits for a step that is left out."),
    LeftOutReason.BRINGS_NOTHING: _("It brings nothing within the years that are looked at."),
    LeftOutReason.OTHERS_BRING_MORE: _("Other steps bring more with the same means."),
}
LOCKS = {
    LockKind.MUST: _("Must be in the plan"),
    LockKind.MUST_NOT: _("Must not be in the plan"),
    LockKind.AT: _("Starts in a quarter"),
}
K = PlanFaultKind
FAULTS = {
    K.NO_QUARTERS: _("The plan has no quarter."),
    K.MEANS_OF_UNEQUAL_LENGTH: _("Budget and capacity are not of as many quarters."),
    K.NEGATIVE_MEANS: _("A budget or a capacity is below zero."),
    K.HORIZON_TOO_SHORT: _("The value counts up to a quarter within the plan."),
    K.NO_CAPACITY: _("There is no capacity: with zero person-days nothing can be done."),
    K.NOTHING_FITS: _("No step fits: each takes more than any quarter has, or its window is shut."),
    K.STEP_TWICE: _("A step is there twice: %(steps)s."),
    K.NEGATIVE_DEMAND: _("A cost or an effort is below zero: %(steps)s."),
    K.NO_DURATION: _("The work takes no quarter: %(steps)s."),
    K.WINDOW_EMPTY: _("The window ends before it begins: %(steps)s."),
    K.UNKNOWN_DEPENDENCY: _("A step waits for one that the roadmap does not have: %(steps)s."),
    K.CYCLE: _("Steps wait for each other in a circle: %(steps)s."),
    K.LOCK_ON_UNKNOWN_STEP: _("A lock names a step that cannot be planned: %(steps)s."),
    K.LOCK_WITHOUT_QUARTER: _("A lock names no quarter to start in: %(steps)s."),
    K.LOCKS_CONTRADICT: _("Locks contradict each other: %(steps)s."),
    K.LOCK_OUTSIDE_WINDOW: _("A lock asks for a quarter outside the window: %(steps)s."),
    K.LOCK_AGAINST_DEPENDENCY: _(
        "A locked step waits for one that cannot be done before it: %(steps)s."
    ),
    K.LOCKS_ABOVE_BUDGET: _("The locked steps together are above the budget: %(steps)s."),
    K.LOCKS_ABOVE_CAPACITY: _("The locked steps together are above the capacity: %(steps)s."),
    K.LOCKS_ABOVE_MEANS: _("What is locked is above the means: %(steps)s."),
    K.NONE_FOUND_IN_TIME: _("No plan with everything that is locked was found in time."),
}
NAMED_AT_MOST = 8
_Words = Mapping[str, StepWords]


def step_words(key: str, words: _Words) -> str:
    """Return a step in words with its place; its key where the roadmap does not know it."""
    return f"{words[key].centre}, {words[key].title}" if key in words else key


def faults_in_words(faults: Iterable[PlanFault], words: _Words) -> list[str]:
    """Return why a plan was refused, a sentence for each fault."""
    return [str(FAULTS[each.kind]) % {"steps": _steps(each, words)} for each in faults]


def _steps(fault: PlanFault, words: _Words) -> str:
    named = [step_words(key, words) for key in fault.steps]
    if fault.kind is K.CYCLE:
        return " → ".join(named)
    more = len(named) - NAMED_AT_MOST
    shown = "; ".join(named[:NAMED_AT_MOST])
    if more <= 0:
        return shown
    rest = ngettext("%(n)s more", "%(n)s more", more) % {"n": more}
    return f"{shown}; {rest}"


def nothing_to_plan(offer: Offer) -> str:
    """Return why no step at all can be planned, by what is lacking."""
    counts = Counter(lacking for of in offer.apart.values() for lacking in of)
    if not counts:
        return gettext("There is no step left to plan: each is done or under way.")
    said = "; ".join(f"{LACKING[each]} ({count})" for each, count in counts.most_common())
    return gettext("No step can be planned yet. Steps lack: %(lacking)s.") % {"lacking": said}


def quarter_months(first: Month, number: int) -> str:
    """Return the months of a quarter, counted from 0, as Jan–Mar 2027."""
    one, last = first.plus(3 * number), first.plus(3 * number + 2)
    start = date_format(one.first_day, "M" if one.index // 12 == last.index // 12 else "M Y")
    return f"{start}–{date_format(last.first_day, 'M Y')}"


def quarter_words(number: int) -> str:
    """Return how a quarter of a plan is called, counted from 0."""
    return gettext("Q%(number)s") % {"number": number + 1}


def money_words(amount: int, currency: str) -> str:
    """Write minor units as an amount with its currency."""
    shown = Decimal(write_amount(amount, currency))
    digits = digits_of(currency) if shown != int(shown) else 0
    return f"{number_format(shown, decimal_pos=digits, force_grouping=True)} {currency}"


def points_words(points: int) -> str:
    """Write points with three places: a point is the score of one over a quarter."""
    shown = Decimal(points) / POINTS_OF_ONE
    return gettext("%(number)s points") % {
        "number": number_format(shown, decimal_pos=3, force_grouping=True)
    }


def value_words(value: int, unit: PlanUnit, currency: str) -> str:
    """Write what a plan brings, in the unit that it counts in."""
    return money_words(value, currency) if unit is PlanUnit.MONEY else points_words(value)


def days_words(days: int) -> str:
    """Write an effort in person-days."""
    shown = number_format(days, force_grouping=True)
    return ngettext("%(n)s person-day", "%(n)s person-days", days) % {"n": shown}


def gap_words(plan: RoadmapPlan, unit: PlanUnit, currency: str) -> str:
    """Say how far from the best the plan may be: what no plan of these means brings more than."""
    if plan.bound is None or plan.gap is None:
        return gettext("How much more another plan of these means could bring was not proved.")
    if plan.is_best:
        return gettext("It is proved that no plan of these means brings more.")
    return gettext(
        "No plan of these means brings more than %(bound)s: at most %(percent)s %% more."
    ) % {
        "bound": value_words(plan.bound, unit, currency),
        "percent": more_percent(plan.value, plan.bound),
    }


def more_percent(value: int, bound: int) -> str:
    """Return by how many percent of its value a better plan could bring more, rounded up."""
    if value <= 0:
        return "∞"
    tenths = -(-(bound - value) * 1000 // value)
    return number_format(Decimal(tenths) / 10, decimal_pos=1)


def share_words(part: int, whole: int) -> str:
    """Write a part of a whole in percent, cut; nothing where there is no whole."""
    if not whole:
        return ""
    return gettext("%(number)s %%") % {"number": int(Fraction(part, whole) * 100)}
