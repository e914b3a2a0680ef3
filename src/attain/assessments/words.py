"""What the room says of its rules in words that are translated."""

from decimal import Decimal
from fractions import Fraction

from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from attain.assessments.rules.comparing import Movement
from attain.assessments.rules.entries import EntryFault
from attain.assessments.rules.next_steps import NextStep
from attain.standards.model_rules import Colour

FAULTS = {
    EntryFault.UNKNOWN_ITEM: _("The model has no such item."),
    EntryFault.NOT_RATED: _("This item has no texts to rate it by."),
    EntryFault.UNKNOWN_LEVEL: _("The model has no such level."),
    EntryFault.UNKNOWN_TARGET: _("The model has no such level to aim at."),
    EntryFault.TARGET_BELOW_LEVEL: _("The target is below the current level."),
    EntryFault.LEVEL_OF_NOT_APPLICABLE: _("An item that does not apply has no level."),
    EntryFault.NO_REASON: _("Say why the item does not apply."),
}
COLOURS = {
    Colour.RED: _("Red"),
    Colour.AMBER: _("Amber"),
    Colour.GREEN: _("Green"),
}
MOVEMENTS = {
    Movement.ROSE: _("Rose"),
    Movement.FELL: _("Fell"),
    Movement.SAME: _("Same"),
    Movement.NOT_COMPARABLE: _("Cannot be compared"),
}
STEPS = {
    NextStep.NAME_ASSESSORS: _("Name who rates it: two or more people, each alone."),
    NextStep.RATE: _("Rate your items. Nobody sees your ratings before moderation."),
    NextStep.HAND_IN: _("Every item of your part is rated. Hand it in."),
    NextStep.COVER: _("Some categories have no assessor yet. Name somebody for them."),
    NextStep.WAIT_FOR_PARTS: _("Wait until every part is handed in."),
    NextStep.BEGIN_MODERATION: _("Every part is handed in. Begin moderation."),
    NextStep.AGREE: _("Agree on one rating of each item."),
    NextStep.CLOSE: _("Every item is agreed. Close the assessment."),
    NextStep.WAIT_FOR_LEAD: _("There is nothing for you to do: who leads it goes on."),
    NextStep.SEE_RESULT: _("The assessment is closed. Look at the result."),
    NextStep.NOTHING: _("The assessment was withdrawn."),
}
ROLL_UPS = {
    "lowest": _("the lowest level of its items"),
    "mean": _("the mean of the levels of its items"),
    "share_at_level": _("the share of its items that are on the level asked for"),
    "ladder": _("the last category up to which every item is on its highest level"),
}
_SHARES = ("share_at_level", "ladder")


def figure_words(value: Fraction | float) -> str:
    """Write a figure to two places, cut and not rounded."""
    return number_format(_cut(Fraction(value)), use_l10n=True)


def _cut(value: Fraction) -> str:
    cut = Decimal(int(abs(value) * 100)).scaleb(-2).normalize()
    return f"{-cut if value < 0 and cut else cut:f}"


def rolled_words(rule: str, value: Fraction | None, *, is_whole: bool = False) -> str:
    """Write what a model's rule came to: a level, a mean, a share, or a rung of the whole."""
    if value is None:
        return gettext("Cannot be told yet")
    if is_whole and rule == "ladder":
        return figure_words(value)
    if rule in _SHARES:
        return gettext("%(number)s %%") % {"number": figure_words(value * 100)}
    return figure_words(value)
