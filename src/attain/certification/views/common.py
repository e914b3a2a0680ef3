"""What the pages of the room have in common: what a member may do, tiers, links of findings."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from attain.certification.forms import SchemeForm
from attain.certification.queries.verdicts import find_law, language_of, scheme_choices
from attain.certification.rules.proofs import Tree
from attain.certification.words import month_words
from attain.measurement.periods import Month
from attain.organisations.pages import Centre, Member, MemberRequest, address
from attain.organisations.queries import may
from attain.organisations.rules import Permission
from attain.performance.queries.naming import uuids_of_metrics
from attain.standards.figures import Figures, ScopeKind
from attain.standards.verdicts import Verdict

Links = dict[str, tuple[tuple[str, str], ...]]


def permissions(member: Member, centre: Centre) -> dict[str, bool]:
    """Return what a member may do at a centre, by the names that the templates use."""
    return {
        "may_apply": may(member, Permission.APPLY, centre),
        "may_review": may(member, Permission.REVIEW, centre),
        "may_decide": may(member, Permission.DECIDE, centre),
    }


def asked_of(request: MemberRequest, centre: Centre, today: date) -> SchemeForm:
    """Return by which scheme and as of when a centre is judged."""
    kind = ScopeKind.PROGRAMME if centre.programme_id else ScopeKind.SITE
    said = request.POST or request.GET
    return SchemeForm(
        said if {"as_of", "scheme"} & said.keys() else None,
        schemes=scheme_choices(kind),
        initial={"as_of": today},
    )


def about_centre(
    request: MemberRequest, centre: Centre, page: str, asked: SchemeForm, as_of: date
) -> dict[str, Any]:
    """Return what the pages of a centre have in common: which centre and page, judged by what.

    What was chosen goes along to the other pages.
    """
    chosen = urlencode({"as_of": as_of, "scheme": asked.chosen})
    return {
        "centre": centre,
        "page": page,
        "form": asked,
        "as_of": as_of,
        "scheme": find_law(asked.chosen)[0],
        "titles_in": language_of(asked.chosen),
        "chosen": f"?{chosen}",
        "carried": f"?{chosen}" if asked.has_changed() else "",
        **permissions(request.member, centre),
    }


def tier_tree(
    request: MemberRequest, centre: Centre, verdict: Verdict, wanted: int
) -> dict[str, Any]:
    """Return one tier of a verdict with its finding tree, and the way to the others.

    The tier is that of the address, or the one wanted; a page with the trees of all would be long.
    """
    asked = request.GET.get("tier", "")
    number = int(asked) if asked.isdecimal() and len(asked) < 3 else wanted
    tier = verdict.tiers[min(max(number, 1), len(verdict.tiers)) - 1]
    links = links_of(request, centre, verdict.evidence.standing.figures, tier.as_json())
    return {"tier": tier, "tiers": verdict.tiers, "links": links}


def links_of(request: MemberRequest, centre: Centre, figures: Figures, tier: Tree) -> Links:
    """Return where the parts of a tier's proof are looked into, by their places in the tree.

    A month of a metric leads to its reading, with the versions of it and the import it came by.
    """
    known = _looked_into(request, centre, figures)
    metrics = {metric.metric for metric in figures.metrics} & known.keys()
    links: Links = {}
    for path in _paths(tier["requirements"]):
        *above, key = path
        month = _month_of(key)
        metric = next((each for each in reversed(above) if each in metrics), None)
        if month and metric:
            told = _("The reading of %(month)s and where it came from")
            address = known[metric] + _only(month)
            links["/".join(path)] = ((address, told % {"month": month_words(month)}),)
        elif key in known:
            links["/".join(path)] = ((known[key], key),)
    return links


def _month_of(key: str) -> Month | None:
    try:
        return Month.parse(key)
    except ValueError:
        return None


def _only(month: Month) -> str:
    """Return what leaves nothing but a month on the page of a metric."""
    return f"?since={month.first_day}&until={month.last_day}"


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


def _paths(findings: Iterable[Tree], above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for finding in findings:
        path = (*above, finding["key"])
        yield path
        yield from _paths(finding["children"], path)
