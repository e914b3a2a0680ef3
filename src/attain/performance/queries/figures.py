"""A centre's figures as the rules read them: the same that `attain certify` reads of its files."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from attain.dossier import assembly
from attain.measurement.periods import Month
from attain.organisations.pages import Centre
from attain.performance.models import CoverageFigure
from attain.performance.queries.rows import rows_of
from attain.performance.queries.volumes import volumes_of
from attain.standards.figures import Figures, Operation, Scope, ScopeKind


def figures_of(centre: Centre, as_of: date | None = None) -> Figures:
    """Return the figures of a centre, by a number of queries that does not grow with them.

    `as_of` tells the coverage that holds and the metrics that are retired; everything that is
    dated is left to the rules, which read nothing later.
    """
    return figures_of_many([centre], as_of)[centre.pk]


def figures_of_many(
    centres: Sequence[Centre], as_of: date | None = None, *, since: Month | None = None
) -> Mapping[int, Figures]:
    """Return the figures of centres by their ids, by as many queries as for one.

    With `since`, those that only the months from then on are asked of (`rows_of`).

    The centres are read with their sites and programmes (`visible_centres` does).
    """
    rows, scopes = rows_of(centres, as_of, since=since), scopes_of(centres, as_of)
    figures = {c.pk: assembly.figures_of(scopes[c.pk], rows[c.pk]) for c in centres}
    volumes = volumes_of(centres, {pk: each.service_levels for pk, each in figures.items()})
    return {pk: replace(each, volumes=volumes[pk]) for pk, each in figures.items()}


def scope_of(centre: Centre, as_of: date | None = None) -> Scope:
    """Return what is assessed, and how much of the site's volume it is as of a date."""
    return scopes_of([centre], as_of)[centre.pk]


def scopes_of(centres: Sequence[Centre], as_of: date | None = None) -> Mapping[int, Scope]:
    """Return what is assessed of each centre; without a coverage figure its volumes are 0."""
    figures = CoverageFigure.objects.filter(
        centre__in=list(centres), is_current=True, withdrawn=False
    )
    if as_of:
        figures = figures.filter(since__lte=as_of)
    covered = {c.centre_id: c for c in figures.order_by("since")}
    return {centre.pk: _scope(centre, covered.get(centre.pk)) for centre in centres}


def _scope(centre: Centre, covered: CoverageFigure | None) -> Scope:
    return Scope(
        ScopeKind.SITE if centre.programme_id is None else ScopeKind.PROGRAMME,
        centre.name,
        Operation(centre.site.operation),
        centre.site.timezone,
        tuple(centre.channels),
        covered.site_volume if covered else 0,
        covered.assessed_volume if covered else 0,
    )
