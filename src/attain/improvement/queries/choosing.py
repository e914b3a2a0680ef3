"""What may be chosen where an initiative is planned: places, owners, processes, what it waits for.

Rows to choose from are querysets, as the fields of forms take them.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from attain.improvement.models import Initiative
from attain.improvement.queries.initiatives import owners_at, to_wait_for
from attain.improvement.queries.recorded import centres_of
from attain.organisations.pages import Centre, Member
from attain.organisations.queries import may, visible_centres
from attain.organisations.rules import Permission
from attain.performance.queries.improving import metrics_to_follow, processes_of

if TYPE_CHECKING:
    from attain.performance.models import Metric, Process

_PLAN = Permission.PLAN_ROADMAPS


def centres_to_plan(member: Member) -> list[Centre]:
    """Return the centres at which a member may plan initiatives, by name."""
    found = visible_centres(member, _PLAN).order_by("name", "pk")
    return [centre for centre in found if may(member, _PLAN, centre)]


def owners_of(centre: Centre | None, owner: Member | None = None) -> QuerySet[Member]:
    """Return who may own an initiative at a centre or of the organisation, and who owns it."""
    able = owners_at(centre)
    return able | Member.objects.filter(pk=owner.pk) if owner else able


def processes_by_key(centres: Iterable[Centre]) -> "QuerySet[Process]":
    """Return the processes of some centres, one of each key, by name."""
    rows = processes_of(centres)
    first = {key: pk for pk, key in rows.order_by("-pk").values_list("pk", "key")}
    return rows.filter(pk__in=list(first.values()))


def those_to_wait_for(member: Member, initiative: Initiative | None = None) -> QuerySet[Initiative]:
    """Return the initiatives that one may wait for: open ones, and those that it waits for."""
    found = [each.pk for each in to_wait_for(member, initiative)]
    return Initiative.objects.filter(pk__in=found).order_by("title", "pk")


def metrics_to_compare(member: Member, initiative: Initiative) -> "QuerySet[Metric]":
    """Return the metrics at the centres of an initiative whose figures a member may see."""
    seen = [c for c in centres_of(initiative) if may(member, Permission.READ_FIGURES, c)]
    return metrics_to_follow(seen)
