"""The estate: each centre with its tier, its certificate, and what keeps it from the next tier."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from attain.certification.models import Certificate, CorrectiveAction, WatchResult
from attain.certification.queries.certificates import running, state_of, with_moves
from attain.certification.queries.verdicts import DEFAULT_SCHEME, judge
from attain.certification.rules.certificates import CertificateState
from attain.certification.rules.corrective import CorrectiveState
from attain.certification.rules.proofs import lacking
from attain.certification.rules.watching import risks
from attain.organisations.errors import RefusedActionError
from attain.organisations.pages import Centre, Member
from attain.organisations.queries import visible_centres
from attain.organisations.rules import Permission
from attain.performance import queries as performance
from attain.standards.verdicts import Verdict


@dataclass(frozen=True)
class EstateRow:
    """A centre of the estate as of a date; `verdict` is None where the scheme does not cover it."""

    centre: Centre
    verdict: Verdict | None
    certificate: Certificate | None
    state: CertificateState | None
    risks: tuple[str, ...]
    next_date: date | None

    @property
    def tier(self) -> int | None:
        """The tier that the figures reach."""
        return self.verdict.tier if self.verdict else None

    @property
    def is_lost(self) -> bool:
        """Whether the figures no longer bear the certificate that runs."""
        return self.certificate is not None and (self.tier or 0) < self.certificate.tier

    @property
    def is_at_risk(self) -> bool:
        """Whether one bad month would cost the certificate that runs."""
        return self.certificate is not None and not self.is_lost and bool(self.risks)

    @property
    def blocking(self) -> tuple[str, ...]:
        """The requirements that keep the centre from the next tier; none on the highest."""
        if self.verdict is None or (self.tier or 0) >= len(self.verdict.tiers):
            return ()
        return lacking(self.verdict, (self.tier or 0) + 1)

    @property
    def blocking_words(self) -> str:
        """The requirements that keep the centre from the next tier, in one line."""
        return ", ".join(self.blocking)

    @property
    def risk_words(self) -> str:
        """What a bad month would cost the certificate, in one line."""
        return ", ".join(self.risks) if self.is_at_risk else ""

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
    """Return centres with their verdicts, certificates and dates, by as many queries as for one."""
    figures = performance.figures_of_many(centres, as_of)
    held = _running_by_centre(centres, scheme, now)
    due = _due_by_centre(centres)
    rows = []
    for centre in centres:
        try:
            verdict = judge(figures[centre.pk], scheme, as_of)
        except RefusedActionError:
            verdict = None
        certificate = held.get(centre.pk)
        rows.append(_row(centre, verdict, certificate, due.get(centre.pk), now))
    return rows


def _row(
    centre: Centre,
    verdict: Verdict | None,
    certificate: Certificate | None,
    due: date | None,
    now: datetime,
) -> EstateRow:
    dates = [day for day in (due, certificate and certificate.valid_until) if day]
    return EstateRow(
        centre,
        verdict,
        certificate,
        state_of(certificate, now) if certificate else None,
        risks(verdict, certificate.tier) if certificate and verdict else (),
        min(dates, default=None),
    )


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
