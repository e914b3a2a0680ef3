"""Closed lists of the room, in words and as the database keeps them."""

from django.utils.translation import gettext_lazy as _

from attain.improvement.rules.ranking import RankingRule, Unknowns
from attain.improvement.rules.stages import InitiativeState

RULES = {
    RankingRule.RETURN_AND_IMPACT.value: _("Return times impact"),
    RankingRule.RETURN_ONLY.value: _("Return alone"),
    RankingRule.IMPACT_ONLY.value: _("Impact alone"),
    RankingRule.VALUE_PER_EFFORT.value: _("Return times impact, per effort"),
}
UNKNOWNS = {
    Unknowns.APART.value: _("Listed apart"),
    Unknowns.LOWEST.value: _("Counted at the lowest possible value"),
}
STATES = {
    InitiativeState.PLANNED.value: _("Planned"),
    InitiativeState.RUNNING.value: _("Running"),
    InitiativeState.DONE.value: _("Done"),
    InitiativeState.DROPPED.value: _("Dropped"),
}
DOCUMENTS = {
    "analysis": _("Analysis of the data"),
    "outcome": _("Outcome"),
    "other": _("Other"),
}
