"""The estate: each centre with its tier, its certificate, and what keeps it from the next tier."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from attain.certification.models import Certificate, CorrectiveAction, WatchResult
from attain.certification.queries.certificates import running, state_of, with_moves
from attain.certification.queries.verdicts import (
    DEFAULT_SCHEME,
    decisive_since,
    judge,
    titles_in_line,
)
from attain.certification.rules.certificates import CertificateState
from attain.certification.rules.corrective import CorrectiveState
from attain.certification.rules.proofs import lacking
from attain.certification.rules.watching import risks
from attain.organisations.errors import RefusedActionError
from attain.organisations.kept import kept_of
from attain.organisations.pages import Centre, Member
from attain.organisations.queries import visible_centres
from attain.organisations.rules import Permission
from attain.performance import queries as performance
from attain.standards.figures import Figures


@dataclass(frozen=True)
class Judged:
    """What the figures of a centre came to, worked out once for what the records stand at.

    `tier` is the one that they reach, `risks` what a bad month would cost of the tier that is held.
    """

    is_covered: bool
    tier: int | None = None
    blocking: tuple[str, ...] = ()
    risks: tuple[str, ...] = ()


@dataclass(frozen=True)
class EstateRow:
    """A centre of the estate by a scheme as of a date, with the certificate that runs."""

    centre: Centre
    scheme: str
    judged: Judged
    certificate: Certificate | None
    state: CertificateState | None
    next_date: date | None

    @property
    def tier(self) -> int | None:
        """The tier that the figures reach."""
        return self.judged.tier

    @property
    def is_lost(self) -> bool:
        """Whether the figures no longer bear the certificate that runs."""
        return self.certificate is not None and (self.tier or 0) < self.certificate.tier

    @property
    def is_at_risk(self) -> bool:
        """Whether one bad month would cost the certificate that runs."""
        return self.certificate is not None and not self.is_lost and bool(self.judged.risks)

    @property
    def blocking_words(self) -> str:
        """The requirements that keep the centre from the next tier, in one line."""
        return titles_in_line(self.scheme, self.judged.blocking)

    @property
    def risk_words(self) -> str:
        """What a bad month would cost the certificate, in one line."""
        return titles_in_line(self.scheme, self.judged.risks) if self.is_at_risk else ""

    @property
    def standing(self) -> str | None:
        """How the certificate stands, as a state that pages show; None without one."""
        if self.certificate is None or self.state is None:
            return None
        if self.state is CertificateState.SUSPENDED:
            return self.state.value
        if self.is_lost:
            return "lost"
        return "at_risk" if self.is_at_risk else "current"


def estate(
    member: Member, as_of: date, now: datetime, scheme: str = DEFAULT_SCHEME
) -> list[EstateRow]:
    """Return the centres that a member may see, by as many queries as for one."""
    rows = visible_centres(member, Permission.READ_CERTIFICATION)
    return rows_of(list(rows.select_related("organisation")), as_of, now, scheme)


def rows_of(
    centres: Sequence[Centre], as_of: date, now: datetime, scheme: str = DEFAULT_SCHEME
) -> list[EstateRow]:
    """Return centres with their tiers, certificates and dates, by as many queries as for one."""
    held = _running_by_centre(centres, scheme, now)
    judged = _judged(centres, held, as_of, scheme)
    due = _due_by_centre(centres)
    return [
        _row(centre, scheme, judged[centre.pk], held.get(centre.pk), due.get(centre.pk), now)
        for centre in centres
    ]


def _row(
    centre: Centre,
    scheme: str,
    judged: Judged,
    certificate: Certificate | None,
    due: date | None,
    now: datetime,
) -> EstateRow:
    dates = [day for day in (due, certificate and certificate.valid_until) if day]
    state = state_of(certificate, now) if certificate else None
    return EstateRow(centre, scheme, judged, certificate, state, min(dates, default=None))


def _judged(
    centres: Sequence[Centre], held: Mapping[int, Certificate], as_of: date, scheme: str
) -> dict[int, Judged]:
    """Return what the figures of centres came to; what nothing was written since is kept."""
    tiers = {centre.pk: _tier_held(held.get(centre.pk)) for centre in centres}
    about = {pk: f"estate:{as_of}:{scheme}:{tier}" for pk, tier in tiers.items()}

    def work(missing: list[Centre]) -> dict[int, Judged]:
        since = decisive_since(scheme, as_of)
        figures = performance.figures_of_many(missing, as_of, since=since)
        return {pk: _judge(each, scheme, as_of, tiers[pk]) for pk, each in figures.items()}

    return kept_of(centres, about, work)


def _tier_held(certificate: Certificate | None) -> int | None:
    return certificate.tier if certificate else None


def _judge(figures: Figures, scheme: str, as_of: date, held: int | None) -> Judged:
    try:
        verdict = judge(figures, scheme, as_of)
    except RefusedActionError:
        return Judged(is_covered=False)
    following = (verdict.tier or 0) + 1
    blocking = lacking(verdict, following) if following <= len(verdict.tiers) else ()
    return Judged(True, verdict.tier, blocking, risks(verdict, held) if held else ())


def _running_by_centre(
    centres: Iterable[Centre], scheme: str, now: datetime
) -> dict[int, Certificate]:
    rows = Certificate.objects.filter(centre__in=list(centres), scheme=scheme)
    found = running(with_moves(rows.filter(lapses_at__gt=now).order_by("issued_at")), now)
    return {each.centre_id: each for each in found}


def _due_by_centre(centres: Iterable[Centre]) -> dict[int, date]:
    rows = CorrectiveAction.objects.filter(centre__in=list(centres))
    late_first = rows.exclude(state=CorrectiveState.VERIFIED).order_by("-due_on")
    return dict(late_first.values_list("centre_id", "due_on"))


def watches_of(certificate: Certificate) -> Sequence[WatchResult]:
    """Return what the watch found of a certificate, the latest month first."""
    return list(certificate.watches.select_related("corrective_action"))


def tiers_counted(rows: Iterable[EstateRow]) -> list[tuple[int | None, int]]:
    """Return how many centres reached each tier, the highest first, None where none was."""
    reached = sorted((row.tier or 0 for row in rows), reverse=True)
    return [(tier or None, len(list(group))) for tier, group in groupby(reached)]
