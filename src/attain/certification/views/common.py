"""What the pages of the room have in common: the time, forms as pages, links of findings."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse

from attain.certification.queries.verdicts import DEFAULT_SCHEME, language_of, today_of
from attain.organisations.pages import Centre, Member, MemberRequest, answer_form
from attain.organisations.queries import may
from attain.organisations.rules import Permission
from attain.performance.queries.naming import uuids_of_metrics
from attain.standards.figures import Figures
from attain.standards.findings import Finding
from attain.standards.verdicts import Verdict

Links = dict[str, tuple[tuple[str, str], ...]]


def now_and_today(request: MemberRequest) -> tuple[datetime, date]:
    """Return the instant of a request, and its date in the zone of the organisation."""
    now = datetime.now(UTC)
    return now, today_of(request.member.organisation, now)


def address(request: MemberRequest, name: str, **named: Any) -> str:
    """Return the address of a page of the organisation."""
    return reverse(name, kwargs={"organisation": request.member.organisation.key, **named})


def form_page(
    request: MemberRequest,
    form: forms.BaseForm,
    act: Callable[[dict[str, Any]], str],
    *,
    then: str,
    title: str,
    about: str = "",
    submit: str = "",
    danger: bool = False,
) -> HttpResponse:
    """Show a form as a page that says what will happen, or do it and lead on."""
    context = {"title": title, "about": about, "submit": submit, "danger": danger}
    template = "certification/form.html"
    return answer_form(request, form, act, then=then, context=context, template=template)


def permissions(member: Member, centre: Centre) -> dict[str, bool]:
    """Return what a member may do at a centre, by the names that the templates use."""
    return {
        "may_apply": may(member, Permission.APPLY, centre),
        "may_review": may(member, Permission.REVIEW, centre),
        "may_decide": may(member, Permission.DECIDE, centre),
    }


def about_centre(request: MemberRequest, centre: Centre, page: str) -> dict[str, Any]:
    """Return what the pages of a centre have in common: the centre, and which page it is."""
    told = {"titles_in": language_of(DEFAULT_SCHEME)}
    return {"centre": centre, "page": page, **told, **permissions(request.member, centre)}


def tier_tree(
    request: MemberRequest, centre: Centre, verdict: Verdict, wanted: int
) -> dict[str, Any]:
    """Return one tier of a verdict with its finding tree, and the way to the others.

    The tier is that of the address, or the one wanted; a page with the trees of all would be long.
    """
    asked = request.GET.get("tier", "")
    number = int(asked) if asked.isdecimal() and len(asked) < 3 else wanted
    number = min(max(number, 1), len(verdict.tiers))
    return {
        "tier": verdict.tiers[number - 1],
        "tiers": verdict.tiers,
        "links": links_of(request, centre, verdict),
    }


def links_of(request: MemberRequest, centre: Centre, verdict: Verdict) -> Links:
    """Return where each metric, system and channel is looked into, by its place in the tree."""
    known = _looked_into(request, centre, verdict.evidence.standing.figures)
    findings = (finding for tier in verdict.tiers for finding in tier.requirements)
    return {path: ((known[key], key),) for path, key in _paths(findings) if key in known}


def _looked_into(request: MemberRequest, centre: Centre, figures: Figures) -> dict[str, str]:
    named = {"centre": centre.key}
    uptime = address(request, "performance-uptime", **named)
    service_level = address(request, "performance-service-level", **named)
    return {
        **{system.system: uptime for system in figures.systems},
        **dict.fromkeys(figures.scope.channels, service_level),
        **{
            key: address(request, "performance-metric", metric=uuid, **named)
            for key, uuid in uuids_of_metrics(centre).items()
        },
    }


def _paths(findings: Iterable[Finding], above: str = "") -> Iterator[tuple[str, str]]:
    for finding in findings:
        path = f"{above}/{finding.key}".lstrip("/")
        yield path, finding.key
        yield from _paths(finding.children, path)
