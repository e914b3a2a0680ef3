"""The lists of this room's pages: people, members, sign-ins, and the audit trail."""

import json
import re
from typing import Any

import django_tables2 as tables
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from attain.organisations.audit_queries import content_of
from attain.organisations.audit_words import details_of
from attain.organisations.browsers import browser_words
from attain.organisations.models import AuditEntry, Member, Person, Posting
from attain.organisations.rules import Role
from attain.organisations.tables import (
    ActionsColumn,
    DataTable,
    DayColumn,
    MomentColumn,
    NumberColumn,
    StateColumn,
)
from attain.organisations.words import ROLES

_POSTINGS_SHOWN = 3
_LONGEST_DETAIL = 120
_NAME = {"td": {"class": "text-nowrap"}}
# A key by which nobody calls a thing: its beginning is enough to tell it from others on a page.
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


class PeopleTable(DataTable):
    """The people, with the teams that they are and were in."""

    file_name = "people"
    name = tables.Column(_("Name"), attrs=_NAME)
    employee_number = tables.Column(_("Employee number"), default="")
    grade = tables.Column(_("Grade"), default="")
    site = tables.Column(_("Site"), accessor="site_now", default="–")
    team = tables.Column(_("Team"), accessor="team_now", default="–")
    since = DayColumn(_("Since"), accessor="in_team_since", default="")
    earlier = tables.Column(
        _("Earlier teams"), accessor="postings", orderable=False, default="", empty_values=()
    )
    left_on = DayColumn(_("Left on"), default="")
    actions = ActionsColumn("organisations/person_actions.html")

    class Meta(DataTable.Meta):
        label = _("People")
        hidden = ("earlier", "left_on")
        order_by = "name"

    def render_earlier(self, record: Person) -> str:
        """Return the last teams that a person was in before."""
        said = ((p.team.site.name, p.team.name, _days(p)) for p in _earlier(record))
        line = '<div><bdi>{}, {}</bdi> <small class="text-secondary">{}</small></div>'
        return format_html_join("", line, said)

    def value_earlier(self, record: Person) -> str:
        """Return every team that a person was in before, for a file."""
        ended = (p for p in record.postings.all() if p.until)
        return "; ".join(f"{p.team.site.name}, {p.team.name}: {p.since} – {p.until}" for p in ended)


def _earlier(person: Person) -> list[Posting]:
    return [p for p in person.postings.all() if p.until][:_POSTINGS_SHOWN]


def _days(posting: Posting) -> str:
    until = posting.until
    return f"{DayColumn().render(posting.since)} – {DayColumn().render(until) if until else ''}"


class MembersTable(DataTable):
    """The members, and the roles that they hold."""

    file_name = "members"
    name = tables.Column(_("Member"), accessor="account__name", attrs=_NAME)
    email = tables.Column(_("E-mail address"), accessor="account__email")
    roles = tables.TemplateColumn(
        template_name="organisations/member_roles.html", verbose_name=_("Roles"), orderable=False
    )
    since = MomentColumn(_("Since"))
    state = StateColumn(_("State"), accessor="suspended_at", empty_values=())
    actions = ActionsColumn("organisations/member_actions.html")

    class Meta(DataTable.Meta):
        label = _("Members")
        hidden = ("since",)
        order_by = "name"

    def value_roles(self, record: Member) -> str:
        """Return the roles with their places, for a file."""
        held = record.roles.all()
        said = ((ROLES[Role(h.role)], h.team or h.site or h.region) for h in held)
        return "; ".join(f"{role}, {place}" if place else str(role) for role, place in said)

    def render_state(self, value: Any) -> str:
        """Return whether a member may do anything."""
        return StateColumn().render("suspended" if value else "active")

    def value_state(self, value: Any) -> str:
        """Return the word of the state."""
        return StateColumn().value("suspended" if value else "active")


class SignInsTable(DataTable):
    """Where somebody is signed in, for themselves."""

    file_name = "sign-ins"
    begun_at = MomentColumn(_("Signed in"))
    seen_at = MomentColumn(_("Last seen"))
    agent = tables.Column(_("Browser"), empty_values=())
    address = tables.Column(_("Address"), default="–")
    state = StateColumn(_("State"))
    actions = ActionsColumn("organisations/sign_in_actions.html")

    class Meta(DataTable.Meta):
        label = _("Sign-ins")

    def render_agent(self, value: str) -> str:
        """Return the browser in words."""
        return browser_words(value)


class AuditTable(DataTable):
    """Who did what; in a file with the hashes by which the chain is verified."""

    file_name = "audit"
    sequence = NumberColumn(_("No."))
    at = MomentColumn(_("When"))
    by = tables.Column(_("Who"), accessor="actor", orderable=False)
    action = tables.Column(_("What"))
    kind = tables.Column(_("On"), accessor="object_kind")
    key = tables.Column(_("Key"), accessor="object_key")
    details = tables.Column(
        _("Details"), accessor="pk", orderable=False, attrs={"td": {"class": "text-break"}}
    )
    content_hash = tables.Column(_("Hash of the content"), orderable=False)
    previous_hash = tables.Column(_("Hash of the entry before"), orderable=False)
    entry_hash = tables.Column(_("Hash"), orderable=False)

    class Meta(DataTable.Meta):
        label = _("Audit trail")
        hidden = ("content_hash", "previous_hash", "entry_hash")
        empty_text = _("Nothing was done that this filter finds.")

    def render_by(self, value: str, record: AuditEntry) -> str:
        """Return who did it by name; by their number where the name was erased."""
        return format_html("<bdi>{}</bdi>", self.value_by(value, record))

    def value_by(self, value: str, record: AuditEntry) -> str:
        """Return who did it, for a file."""
        return str(content_of(record).get("by", value))

    def render_action(self, value: str) -> str:
        """Return the action as programs call it."""
        return format_html("<code>{}</code>", value)

    def value_action(self, value: str) -> str:
        """Return the action, for a file."""
        return value

    def render_kind(self, value: str) -> str:
        """Return what it was done to, in words."""
        return format_html("<bdi>{}</bdi>", value.replace("_", " "))

    def value_kind(self, value: str) -> str:
        """Return what it was done to, for a file."""
        return value

    def render_key(self, value: str) -> str:
        """Return which one it was done to; of a number that nobody reads, its beginning."""
        if not _UUID.fullmatch(value):
            return format_html("<bdi>{}</bdi>", value)
        return format_html('<bdi title="{}">{}…</bdi>', value, value[:8])

    def value_key(self, value: str) -> str:
        """Return which one it was done to, for a file."""
        return value

    def render_details(self, record: AuditEntry) -> str:
        """Return what an entry says, in words."""
        said = ((name, _short(value)) for name, value in details_of(content_of(record)))
        line = '<bdi class="text-secondary">{}</bdi>: <bdi>{}</bdi>'
        return format_html_join("; ", line, said)

    def value_details(self, record: AuditEntry) -> str:
        """Return what an entry says as it is kept, for a file."""
        said = content_of(record)
        said.pop("by", None)
        return json.dumps(said, ensure_ascii=False)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_DETAIL else f"{text[: _LONGEST_DETAIL - 1]}…"
