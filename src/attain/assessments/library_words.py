"""What the pages of the library say of a model's rules in words that are translated."""

from django.utils.translation import gettext_lazy as _

from attain.assessments.rules.editions import Difference

ROLL_UPS = {
    "lowest": _("the lowest level of its items"),
    "mean": _("the mean of the levels of its items"),
    "share_at_level": _("the share of its items on a level"),
    "ladder": _("categories climbed in order, each whole"),
}
COLOURS = {"gap": _("levels short of the target"), "level": _("the level itself")}
CRITICALITIES = {"key": _("key"), "moderate": _("moderate"), "low": _("low")}
FACING = {"end_user_facing": _("faces end users"), "enabling": _("enables")}
CHANGES = {
    "renamed": _("renamed: the same under another key"),
    "reworded": _("reworded: the same is asked"),
    "redefined": _("redefined: something else is asked"),
    "split": _("split into several"),
    "merged": _("merged into another"),
    "dropped": _("dropped"),
}
DIFFERENCES = {
    Difference.ADDED: _("Added"),
    Difference.REMOVED: _("Removed"),
    Difference.CHANGED: _("Changed"),
}
