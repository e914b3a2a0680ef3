"""What the room says of its rules in words that are translated."""

from decimal import Decimal
from fractions import Fraction
from math import ceil

from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from attain.improvement.rules.appraisal import AppraisalFault, GoalFault
from attain.improvement.rules.ranking import Lacking, RankingRule
from attain.improvement.rules.saying import SayingFault

GOAL_FAULTS = {
    GoalFault.NO_GOALS: _("Declare another goal first: without one no impact can be told."),
    GoalFault.NEGATIVE_WEIGHT: _("A weight is not below zero."),
    GoalFault.ALL_WEIGHTS_ZERO: _("At least one goal has a weight above zero."),
}
SAYING_FAULTS = {
    AppraisalFault.LOW_ABOVE_LIKELY: _("The low amount is above the likely one."),
    AppraisalFault.LIKELY_ABOVE_HIGH: _("The likely amount is above the high one."),
    AppraisalFault.NEGATIVE: _("An amount is not below zero."),
    AppraisalFault.MONEY_AND_SCALE: _("Give the return in money or on the scale, not both."),
    AppraisalFault.SCALE_OUTSIDE: _("The scale goes from 1 to 5."),
    AppraisalFault.UNKNOWN_GOAL: _("There is no such goal in force."),
    AppraisalFault.IMPACT_OUTSIDE: _("An impact goes from 0 to 5."),
    SayingFault.TOO_MUCH: _("The amount is too large."),
    SayingFault.DAYS_OUTSIDE: _("A number of days from 0 to 100,000 is expected."),
    SayingFault.QUARTERS_OUTSIDE: _("A number of quarters from 1 to 20 is expected."),
    SayingFault.WINDOW_OUTSIDE: _("The roadmap has no such quarter."),
    SayingFault.LATEST_BEFORE_EARLIEST: _("The latest quarter is before the earliest one."),
    SayingFault.UNKNOWN_STEP: _("The roadmap has no such step."),
    SayingFault.AFTER_ITSELF: _("A step does not come after itself."),
    SayingFault.CIRCLE: _("The steps would wait for each other in a circle."),
    SayingFault.TOO_MANY_BEFORE: _("At most 100 steps can come before one."),
    SayingFault.NOTE_TOO_LONG: _("A text has at most 4,000 characters."),
}
LACKING = {
    Lacking.RETURN: _("Return"),
    Lacking.IMPACT: _("Impact"),
    Lacking.EFFORT: _("Effort"),
}
RULES_EXPLAINED = {
    RankingRule.RETURN_AND_IMPACT: _(
        "Score = share returned × impact. Both are needed: a high return on what nobody aims at "
        "is worth as little as an aim that never pays."
    ),
    RankingRule.RETURN_ONLY: _("Score = share returned. The goals count for nothing."),
    RankingRule.IMPACT_ONLY: _("Score = impact. What a step costs and brings counts for nothing."),
    RankingRule.VALUE_PER_EFFORT: _(
        "Score = share returned × impact ÷ effort, by the model's sizes of effort from 1 to 5."
    ),
}
SCALE = {
    1: _("1: brings about a ninth of what it costs"),
    2: _("2: brings less than half of what it costs"),
    3: _("3: brings as much as it costs"),
    4: _("4: brings more than twice what it costs"),
    5: _("5: brings nine times what it costs and more"),
}
_PLACES = 1000


def percent_words(share: Fraction | None) -> str:
    """Write a share in per cent to one place, cut and not rounded."""
    if share is None:
        return "–"
    return gettext("%(number)s %%") % {"number": _cut(share * 100, 10)}


def score_words(score: Fraction | None) -> str:
    """Write a score to three places, cut and not rounded."""
    return "–" if score is None else _cut(score, _PLACES)


def months_words(months: Fraction | None) -> str:
    """Write how many months something takes to come back; a part of a month is a whole one."""
    if months is None:
        return gettext("Never")
    n = ceil(months)
    return ngettext("%(n)s month", "%(n)s months", n) % {"n": number_format(n, force_grouping=True)}


def _cut(value: Fraction, places: int) -> str:
    whole = int(abs(value) * places)
    digits = len(str(places)) - 1
    cut = Decimal(whole).scaleb(-digits)
    return number_format(-cut if value < 0 and whole else cut, digits, force_grouping=True)
