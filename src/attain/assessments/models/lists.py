"""Closed lists of the room, in words and as the database keeps them."""

from django.utils.translation import gettext_lazy as _

from attain.assessments.rules.stages import AssessmentKind, AssessmentState

KINDS = {
    AssessmentKind.SELF.value: _("Self-assessment"),
    AssessmentKind.MOCK.value: _("Mock assessment"),
    AssessmentKind.PEER.value: _("Peer assessment"),
    AssessmentKind.EXTERNAL.value: _("External assessment"),
    AssessmentKind.RECERTIFICATION.value: _("Recertification"),
}
STATES = {
    AssessmentState.RATING.value: _("In rating"),
    AssessmentState.MODERATION.value: _("In moderation"),
    AssessmentState.CLOSED.value: _("Closed"),
    AssessmentState.WITHDRAWN.value: _("Withdrawn"),
}
