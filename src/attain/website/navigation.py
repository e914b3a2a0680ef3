"""The navigation by job, showing only what a role may use."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from attain.organisations.pages import Member
from attain.organisations.queries import may_somewhere
from attain.organisations.rules import Permission


@dataclass(frozen=True)
class Destination:
    """A page that the navigation leads to, for whoever holds its permission anywhere."""

    title: str | Promise
    icon: str
    name: str
    permission: Permission | None = None


@dataclass(frozen=True)
class MenuEntry:
    """A place as one member sees it; the longest address that a page begins with is current."""

    title: str | Promise
    icon: str
    url: str
    is_current: bool = False


@dataclass(frozen=True)
class Group:
    """The entries of one job."""

    title: str | Promise
    entries: tuple[MenuEntry, ...]


P = Permission
JOBS: tuple[tuple[str | Promise, tuple[Destination, ...]], ...] = (
    (
        _("Overview"),
        (
            Destination(_("Home"), "home", "overview"),
            Destination(_("Notices"), "bell", "notices"),
            Destination(
                _("Calendar"), "calendar-event", "certification-calendar", P.READ_CERTIFICATION
            ),
        ),
    ),
    (
        _("Performance"),
        (
            Destination(_("Metrics"), "chart-line", "performance-metrics", P.READ_FIGURES),
            Destination(_("Service level"), "phone", "performance-service-levels", P.READ_FIGURES),
            Destination(_("Systems and uptime"), "server", "performance-systems", P.READ_FIGURES),
            Destination(
                _("Missing this month"), "progress-alert", "performance-missing", P.READ_FIGURES
            ),
            Destination(_("Imports"), "file-import", "performance-imports", P.RECORD_FIGURES),
        ),
    ),
    (
        _("Maturity"),
        (
            Destination(_("Assessments"), "checklist", "assessments", P.READ_ASSESSMENTS),
            Destination(
                _("Gaps over the estate"), "table", "assessments-estate", P.READ_ASSESSMENTS
            ),
            Destination(_("Library"), "book", "library", P.READ_ASSESSMENTS),
        ),
    ),
    (
        _("Improvement"),
        (
            Destination(_("Goals"), "target", "improvement-goals", P.READ_ROADMAPS),
            Destination(_("Roadmaps"), "route", "improvement-roadmaps", P.READ_ROADMAPS),
            Destination(
                _("Initiatives"), "target-arrow", "improvement-initiatives", P.READ_ROADMAPS
            ),
        ),
    ),
    (
        _("Certification"),
        (
            Destination(_("Estate"), "list-details", "certification-estate", P.READ_CERTIFICATION),
            Destination(
                _("Applications"),
                "clipboard-list",
                "certification-applications",
                P.READ_CERTIFICATION,
            ),
            Destination(
                _("Certificates"), "certificate", "certification-certificates", P.READ_CERTIFICATION
            ),
            Destination(
                _("Corrective actions"),
                "tool",
                "certification-corrective-actions",
                P.READ_CERTIFICATION,
            ),
        ),
    ),
    (
        _("Administration"),
        (
            Destination(_("Structure"), "sitemap", "structure", P.READ_STRUCTURE),
            Destination(_("People"), "users", "people", P.READ_PEOPLE),
            Destination(_("Members and roles"), "user-check", "members", P.MANAGE_MEMBERS),
            Destination(_("Audit trail"), "history", "audit", P.READ_AUDIT),
            Destination(_("Webhooks"), "send", "webhooks", P.MANAGE_MEMBERS),
            Destination(_("Jobs"), "refresh", "jobs"),
            Destination(_("Health"), "server", "health", P.MANAGE_MEMBERS),
            Destination(_("Components"), "template", "components"),
        ),
    ),
)
PERSONAL = (
    Destination(_("Preferences"), "adjustments", "preferences"),
    Destination(_("Mails and digest"), "mail", "notice-preferences"),
    Destination(_("Tokens of the API"), "hash", "tokens", P.ANALYSE),
    Destination(_("Address"), "mail", "account_email"),
    Destination(_("Password"), "key", "account_change_password"),
    Destination(_("Second factor"), "shield-check", "mfa_index"),
    Destination(_("Sign-ins"), "lock", "sign-ins"),
)


def context(request: HttpRequest) -> dict[str, object]:
    """Give every page who asks, as a member, and the entries of the navigation."""
    member: Member | None = getattr(request, "member", None)
    return {
        "member": member,
        "navigation": _groups(member, request.path) if member else (),
        "person_menu": _entries(PERSONAL, member, request.path),
        "search_url": _address("search", member) if member else None,
    }


def _groups(member: Member, path: str) -> tuple[Group, ...]:
    shown = [(title, _entries(places, member, path)) for title, places in JOBS]
    leading = (e.url for _title, es in shown for e in es if e.is_current)
    current = max(leading, key=len, default="")
    return tuple(
        Group(title, tuple(MenuEntry(e.title, e.icon, e.url, e.url == current) for e in entries))
        for title, entries in shown
        if entries
    )


def _leads_to(url: str, path: str) -> bool:
    return path == url or path.startswith(url.rstrip("/") + "/")


def _entries(
    places: tuple[Destination, ...], member: Member | None, path: str
) -> tuple[MenuEntry, ...]:
    found = []
    for place in places:
        if place.permission and not (member and may_somewhere(member, place.permission)):
            continue
        if url := _address(place.name, member):
            found.append(MenuEntry(place.title, place.icon, url, _leads_to(url, path)))
    return tuple(found)


def _address(name: str, member: Member | None) -> str | None:
    # A page that is not there yet has no entry; those of an organisation need its key.
    for named in ({"organisation": member.organisation.key} if member else {}, {}):
        try:
            return reverse(name, kwargs=named)
        except NoReverseMatch:
            continue
    return None
