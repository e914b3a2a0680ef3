"""Finding sites, metrics, people, certificates, initiatives and roadmaps by a few letters."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from attain.certification.queries.certificates import certificates_seen
from attain.improvement.queries.finding import (
    place_of,
    visible_initiatives,
    visible_roadmaps,
)
from attain.organisations.pages import Member
from attain.organisations.people_queries import visible_people
from attain.organisations.queries import may_somewhere, visible_centres
from attain.organisations.rules import Permission
from attain.performance.queries.searching import metrics_named

MOST = 20
SHORTEST = 2


@dataclass(frozen=True)
class Hit:
    """Something that was found: what it is, its name, more about it, and its page."""

    kind: str
    name: str
    more: str
    url: str


def find(member: Member, words: str) -> dict[str, list[Hit]]:
    """Return what a member may see of what bears the words, by kind, the first few of each."""
    if len(words) < SHORTEST:
        return {}
    key = member.organisation.key
    kinds = {
        "centres": _centres(member, words, key),
        "metrics": _metrics(member, words, key),
        "people": _people(member, words, key),
        "certificates": _certificates(member, words, key),
        "initiatives": _initiatives(member, words, key),
        "roadmaps": _roadmaps(member, words, key),
    }
    return {kind: found for kind, hits in kinds.items() if (found := list(hits))}


def _centres(member: Member, words: str, organisation: str) -> Iterable[Hit]:
    centres = visible_centres(member, Permission.READ_CERTIFICATION)
    for centre in centres.filter(Q(name__icontains=words) | Q(key__icontains=words))[:MOST]:
        url = reverse("certification-centre", args=[organisation, centre.key])
        yield Hit("centres", centre.name, str(centre.site.region or ""), url)


def _metrics(member: Member, words: str, organisation: str) -> Iterable[Hit]:
    centres = visible_centres(member, Permission.READ_FIGURES)
    for metric in metrics_named(centres, words)[:MOST]:
        url = reverse("performance-metric", args=[organisation, metric.centre.key, metric.uuid])
        yield Hit("metrics", metric.name, metric.centre.name, url)


def _people(member: Member, words: str, organisation: str) -> Iterable[Hit]:
    if not may_somewhere(member, Permission.READ_PEOPLE):
        return
    named = Q(name__icontains=words) | Q(employee_number=words)
    for person in visible_people(member).filter(named).order_by("name")[:MOST]:
        url = f"{reverse('people', args=[organisation])}?words={person.name}"
        yield Hit("people", person.name, person.employee_number, url)


def _certificates(member: Member, words: str, organisation: str) -> Iterable[Hit]:
    found = certificates_seen(member).filter(
        Q(number__icontains=words) | Q(centre__name__icontains=words)
    )
    for each in found[:MOST]:
        url = reverse("certification-certificate", args=[organisation, each.number])
        yield Hit("certificates", each.number, str(each.centre), url)


def _initiatives(member: Member, words: str, organisation: str) -> Iterable[Hit]:
    found = visible_initiatives(member).select_related("organisation")
    for each in found.filter(title__icontains=words).order_by("title", "pk")[:MOST]:
        url = reverse("improvement-initiative", args=[organisation, each.uuid])
        yield Hit("initiatives", each.title, str(place_of(each)), url)


def _roadmaps(member: Member, words: str, organisation: str) -> Iterable[Hit]:
    found = visible_roadmaps(member).select_related("organisation")
    for each in found.filter(title__icontains=words).order_by("title", "pk")[:MOST]:
        url = reverse("improvement-roadmap", args=[organisation, each.uuid])
        yield Hit("roadmaps", each.title, str(place_of(each)), url)
