"""Certificates, and the moves between their states."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from attain.certification.models.decisions import Decision
from attain.certification.models.lists import values_of
from attain.certification.rules.certificates import MOVES, CertificateState
from attain.organisations.models.tenancy import OwnedRow, TenantManager

STATES = {
    CertificateState.CURRENT.value: _("Current"),
    CertificateState.SUSPENDED.value: _("Suspended"),
    CertificateState.WITHDRAWN.value: _("Withdrawn"),
    CertificateState.SUPERSEDED.value: _("Superseded"),
    CertificateState.EXPIRED.value: _("Expired"),
}


def _allowed_moves() -> Q:
    allowed = Q(pk__in=[])
    for before, after in MOVES.items():
        allowed |= Q(before=before.value if before else "", after__in=values_of(after))
    return allowed


class Certificate(OwnedRow):
    """That a centre reached a tier: issued by a decision, valid for a year from its date.

    Its state is told by its moves and by `lapses_at`, the instant at which its last day is over.
    """

    number = models.CharField(_("number"), max_length=16, unique=True)
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="certificate")
    centre = models.ForeignKey("organisations.Centre", models.PROTECT, related_name="certificates")
    scheme = models.CharField(_("scheme"), max_length=60)
    tier = models.PositiveSmallIntegerField(_("tier"))
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"))
    timezone = models.CharField(_("time zone"), max_length=64)
    lapses_at = models.DateTimeField()
    issued_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_until__gt=models.F("valid_from")), name="valid_for_some_time"
            ),
        )
        ordering = ("-issued_at", "-id")

    def __str__(self) -> str:
        return self.number


class CertificateMoveManager(TenantManager["CertificateMove"]):
    """Finds the moves of the certificates of the organisation in scope."""

    path = "certificate__organisation"


class CertificateMove(models.Model):
    """A certificate went from one state to another; without `by` attain did it by a rule."""

    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="moves")
    sequence = models.PositiveSmallIntegerField()
    before = models.CharField(max_length=20, blank=True, choices=STATES)
    after = models.CharField(max_length=20, choices=STATES)
    at = models.DateTimeField()
    by = models.ForeignKey("organisations.Member", models.PROTECT, null=True, related_name="+")
    reason = models.TextField(_("reason"))

    objects = CertificateMoveManager()

    class Meta:
        constraints = (
            models.UniqueConstraint("certificate", "sequence", name="one_move_at_a_time"),
            models.CheckConstraint(condition=_allowed_moves(), name="certificate_move_is_allowed"),
            models.CheckConstraint(
                condition=Q(sequence=1, before="") | Q(~Q(before=""), sequence__gt=1),
                name="issued_by_its_first_move",
            ),
        )
        ordering = ("certificate", "sequence")
