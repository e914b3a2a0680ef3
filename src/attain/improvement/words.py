"""What the room says of its rules in words that are translated."""

from django.utils.translation import gettext_lazy as _

from attain.improvement.rules.appraisal import AppraisalFault, GoalFault
from attain.improvement.rules.ranking import Lacking
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
