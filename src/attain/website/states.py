"""Every state that a page shows: its word, its icon and its tone. A state is never colour alone."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Look(NamedTuple):
    """How a state is shown. The tone is one of good, bad, warn, open, info, calm."""

    word: str | Promise
    icon: str
    tone: str


LOOKS: dict[str, Look] = {
    # outcomes
    "met": Look(_("Met"), "circle-check", "good"),
    "not_met": Look(_("Not met"), "circle-x", "bad"),
    "undetermined": Look(_("Undetermined"), "help-circle", "open"),
    "not_applicable": Look(_("Not applicable"), "circle-minus", "calm"),
    # months
    "on_target": Look(_("On target"), "check", "good"),
    "off_target": Look(_("Off target"), "x", "bad"),
    "no_target": Look(_("No target"), "target", "open"),
    "no_reading": Look(_("No reading"), "question-mark", "open"),
    "before_first": Look(_("Before the first reading"), "circle-dotted", "calm"),
    "restated": Look(_("Restated"), "history", "warn"),
    "closed_month": Look(_("Closed"), "lock", "calm"),
    # red, amber, green
    "red": Look(_("Red"), "circle-x", "bad"),
    "amber": Look(_("Amber"), "alert-triangle", "warn"),
    "green": Look(_("Green"), "circle-check", "good"),
    # certificates
    "valid": Look(_("Valid"), "shield-check", "good"),
    "current": Look(_("Current"), "shield-check", "good"),
    "lost": Look(_("No longer earned"), "shield-x", "bad"),
    "at_risk": Look(_("At risk"), "alert-triangle", "warn"),
    "suspended": Look(_("Suspended"), "player-pause", "warn"),
    "withdrawn": Look(_("Withdrawn"), "ban", "bad"),
    "expired": Look(_("Expired"), "calendar-due", "bad"),
    "superseded": Look(_("Superseded"), "history", "calm"),
    # applications, reviews, decisions
    "draft": Look(_("Draft"), "pencil", "calm"),
    "drafted": Look(_("Drafted"), "pencil", "calm"),
    "decided": Look(_("Decided"), "check", "calm"),
    "passed": Look(_("Passed"), "circle-check", "good"),
    "deficient": Look(_("Deficient"), "circle-x", "bad"),
    "awarded": Look(_("Awarded"), "award", "good"),
    "submitted": Look(_("Submitted"), "send", "info"),
    "in_review": Look(_("In review"), "eye", "info"),
    "reviewed": Look(_("Reviewed"), "clipboard-check", "info"),
    "returned": Look(_("Returned"), "rotate", "warn"),
    "granted": Look(_("Granted"), "award", "good"),
    "refused": Look(_("Refused"), "circle-x", "bad"),
    # assessments and their models
    "published": Look(_("Published"), "circle-check", "good"),
    "rating": Look(_("In rating"), "pencil", "info"),
    "moderation": Look(_("In moderation"), "users", "info"),
    # plans of a roadmap
    "adopted": Look(_("Adopted"), "circle-check", "good"),
    "proposed": Look(_("Proposed"), "circle", "calm"),
    # corrective actions, initiatives and other work
    "open": Look(_("Open"), "circle", "info"),
    "raised": Look(_("Raised"), "flag", "warn"),
    "answered": Look(_("Answered"), "message", "info"),
    "verified": Look(_("Verified"), "circle-check", "good"),
    "in_time": Look(_("In time"), "clock", "calm"),
    "soon": Look(_("Due soon"), "hourglass", "warn"),
    "held": Look(_("Would be granted today"), "circle-check", "good"),
    "planned": Look(_("Planned"), "calendar", "calm"),
    "in_progress": Look(_("In progress"), "progress", "info"),
    "overdue": Look(_("Overdue"), "calendar-due", "bad"),
    "done": Look(_("Done"), "circle-check", "good"),
    "closed": Look(_("Closed"), "lock", "calm"),
    "cancelled": Look(_("Cancelled"), "ban", "calm"),
    "dropped": Look(_("Dropped"), "ban", "calm"),
    # what an initiative did to a metric
    "better": Look(_("Better"), "trending-up", "good"),
    "worse": Look(_("Worse"), "trending-down", "bad"),
    "noise": Look(_("Noise"), "point", "open"),
    # steps of roadmaps
    "appraised": Look(_("Appraised"), "circle-check", "good"),
    "partly_appraised": Look(_("Partly appraised"), "progress", "info"),
    "not_appraised": Look(_("Not appraised"), "circle-dashed", "calm"),
    "in_use": Look(_("In use"), "circle-check", "good"),
    "archived": Look(_("Archived"), "archive", "calm"),
    "in_force": Look(_("In force"), "circle-check", "good"),
    "retired": Look(_("Retired"), "archive", "calm"),
    # jobs, and what they import
    "queued": Look(_("Waiting"), "clock", "calm"),
    "running": Look(_("Running"), "refresh", "info"),
    "imported": Look(_("Imported"), "circle-check", "good"),
    "quarantined": Look(_("Quarantined"), "alert-triangle", "warn"),
    "undone": Look(_("Undone"), "rotate", "calm"),
    "failed": Look(_("Failed"), "circle-x", "bad"),
    # checks of the installation
    "ok": Look(_("In order"), "circle-check", "good"),
    "warning": Look(_("Warning"), "alert-triangle", "warn"),
    # sign-ins
    "here": Look(_("This one"), "circle-check", "good"),
    "over": Look(_("Over"), "circle-minus", "calm"),
    # members
    "active": Look(_("Active"), "circle-check", "good"),
    "invited": Look(_("Invited"), "mail", "info"),
    # incidents
    "critical": Look(_("Critical"), "alert-circle", "bad"),
    "major": Look(_("Major"), "alert-triangle", "warn"),
    "minor": Look(_("Minor"), "info-circle", "calm"),
}


def look_of(state: object) -> Look:
    """Return how a state is shown; one that nobody declared is shown by its own name."""
    name = str(getattr(state, "value", state))
    return LOOKS.get(name) or Look(name.replace("_", " ").capitalize(), "point", "calm")
