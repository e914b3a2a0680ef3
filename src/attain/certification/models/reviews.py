"""Reviews of an application, and what people answered in structured interviews."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from attain.certification.models.applications import Application
from attain.certification.models.lists import values_of
from attain.certification.rules.applications import ReviewKind, ReviewResult
from attain.organisations.models.tenancy import OwnedRow

KINDS = {
    ReviewKind.DOCUMENTATION.value: _("Documentation"),
    ReviewKind.CONFERENCE_CALL.value: _("Conference call"),
    ReviewKind.ON_SITE.value: _("On site"),
}
RESULTS = {
    ReviewResult.PASSED.value: _("Passed"),
    ReviewResult.DEFICIENT.value: _("Deficient"),
}


class Review(OwnedRow):
    """A review of an application by an assessor; open until it has a result, fixed after that."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="reviews")
    kind = models.CharField(_("kind"), max_length=20, choices=KINDS)
    assessor = models.ForeignKey("organisations.Member", models.PROTECT, related_name="+")
    on = models.DateField(_("held on"))
    opened_at = models.DateTimeField()
    result = models.CharField(_("result"), max_length=20, choices=RESULTS, blank=True)
    notes = models.TextField(_("notes"), blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kind__in=values_of(ReviewKind)), name="review_kind_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(result="", finished_at=None)
                | models.Q(result__in=values_of(ReviewResult), finished_at__isnull=False),
                name="review_has_a_result_when_finished",
            ),
            models.UniqueConstraint(
                "application",
                "kind",
                condition=models.Q(finished_at=None),
                name="one_open_review_a_kind",
            ),
        )
        ordering = ("opened_at", "id")


class InterviewAnswer(OwnedRow):
    """A question of a structured interview: who was asked, and what they answered."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="answers")
    question = models.TextField(_("question"))
    asked = models.CharField(_("who was asked"), max_length=200)
    notes = models.TextField(_("answer"))
    recorded_by = models.ForeignKey("organisations.Member", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("recorded_at", "id")
