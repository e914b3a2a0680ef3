"""Who had a hand in an application, and what its reviews came to."""

from attain.certification.models import Application, InterviewAnswer
from attain.certification.rules.applications import HeldReview, ReviewKind, ReviewResult
from attain.certification.rules.independence import Involved


def involved_in(application: Application) -> Involved:
    """Return who applied, assessed and recorded answers, by the ids of their accounts."""
    applied = {application.applied_by.account_id}
    if application.submitted_by:
        applied.add(application.submitted_by.account_id)
    assessed = application.reviews.values_list("assessor__account_id", flat=True)
    answers = InterviewAnswer.objects.filter(review__application=application)
    recorded = answers.values_list("recorded_by__account_id", flat=True)
    return Involved(frozenset(applied), frozenset(assessed), frozenset(recorded))


def reviews_held(application: Application) -> list[HeldReview]:
    """Return the reviews of an application as the rules see them, the earliest first."""
    return [
        HeldReview(ReviewKind(review.kind), ReviewResult(review.result) if review.result else None)
        for review in application.reviews.all()
    ]
