"""What the room says of its rules in words that are translated."""

from django.utils.translation import gettext_lazy as _

from attain.assessments.rules.comparing import Movement
from attain.assessments.rules.entries import EntryFault
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
