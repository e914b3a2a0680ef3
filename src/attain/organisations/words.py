"""What pages call roles, permissions and channels, in the language of the reader."""

from collections.abc import Iterable, Mapping
from datetime import time

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.formats import time_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from attain.organisations.hours import Opening, by_days
from attain.organisations.rules import Permission, Role

ROLES: Mapping[Role, str | Promise] = {
    Role.ADMINISTRATOR: _("Administrator"),
    Role.PROGRAMME_LEAD: _("Programme lead"),
    Role.SITE_LEAD: _("Site lead"),
    Role.ASSESSOR: _("Assessor"),
    Role.QA_MANAGER: _("QA manager"),
    Role.EVALUATOR: _("Evaluator"),
    Role.TEAM_LEADER: _("Team leader"),
    Role.AGENT: _("Agent"),
    Role.ANALYST: _("Analyst"),
    Role.AUDITOR: _("Auditor"),
}
STRUCTURE_KINDS: Mapping[str, str | Promise] = {
    "region": _("Region"),
    "site": _("Site"),
    "programme": _("Programme"),
    "team": _("Team"),
}
STRUCTURE_FIELDS: Mapping[str, str | Promise] = {
    "name": _("Name"),
    "region": _("Region"),
    "timezone": _("Time zone"),
    "operation": _("Operation"),
    "kind": _("Kind"),
    "channels": _("Channels"),
    "opening_hours": _("Opening hours"),
    "client": _("Client"),
    "programme": _("Programme"),
}
PERMISSIONS: Mapping[Permission, str | Promise] = {
    Permission.READ_STRUCTURE: _("see regions, sites, programmes and teams"),
    Permission.CHANGE_STRUCTURE: _("change regions, sites, programmes and teams"),
    Permission.READ_PEOPLE: _("see people and the teams that they were in"),
    Permission.CHANGE_PEOPLE: _("add people and post them to teams"),
    Permission.MANAGE_MEMBERS: _("invite members, give and take roles"),
    Permission.READ_AUDIT: _("read the audit trail"),
    Permission.READ_FIGURES: _("see metrics, readings, service levels and uptime"),
    Permission.RECORD_FIGURES: _("record and import figures, and correct them with a reason"),
    Permission.CHANGE_METRICS: _("change processes, metrics and targets"),
    Permission.CLOSE_MONTHS: _("close a month"),
    Permission.READ_CERTIFICATION: _("see tiers, applications, reviews and certificates"),
    Permission.APPLY: _("apply for certification and answer corrective actions"),
    Permission.REVIEW: _("review an application"),
    Permission.DECIDE: _("decide on an application"),
    Permission.READ_ASSESSMENTS: _("see maturity models, assessments and gaps"),
    Permission.ASSESS: _("rate the items of an assessment"),
    Permission.LEAD_ASSESSMENTS: _("open, moderate, close and reopen assessments"),
    Permission.WRITE_MODELS: _("write, publish and withdraw maturity models"),
    Permission.READ_ROADMAPS: _("see goals, roadmaps and initiatives"),
    Permission.PLAN_ROADMAPS: _("declare goals, appraise steps, plan roadmaps and run initiatives"),
    Permission.ANALYSE: _("export figures and use the API"),
}
ROLE_CHOICES = [(role.value, words) for role, words in ROLES.items()]
CHANNELS: Mapping[str, str | Promise] = {
    "phone": _("Telephone"),
    "email": _("E-mail"),
    "chat": _("Chat"),
    "sms": _("SMS"),
    "social": _("Social media"),
    "post": pgettext_lazy("a channel", "Post"),
    "video": _("Video"),
    "web": _("Web form"),
    "whatsapp": "WhatsApp",
}


def channel_words(channel: str) -> str:
    """Return what pages call a channel; one that nobody knows bears its key as a name."""
    return str(CHANNELS.get(channel) or channel.replace("_", " ").capitalize())


def hours_words(hours: Iterable[Opening]) -> list[str]:
    """Return opening hours with days of the same hours together, such as Mon to Fri 08:00–20:00."""
    found = []
    for first, last, spans in by_days(hours):
        days = str(WEEKDAYS_ABBR[first])
        if last > first:
            days = _days_words % {"first": days, "last": WEEKDAYS_ABBR[last]}
        times = ", ".join(f"{_clock(opens)}–{_clock(closes)}" for opens, closes in spans)
        found.append(f"{days} {times}")
    return found


def _clock(at: time) -> str:
    return time_format(at, "TIME_FORMAT")


_days_words = _("%(first)s to %(last)s")
