"""The tables of the room, a file for each noun."""

from attain.certification.models.applications import Application, SubmittedItem
from attain.certification.models.certificates import Certificate, CertificateMove
from attain.certification.models.corrective import (
    CorrectiveAction,
    CorrectiveEvidence,
    Milestone,
    Retest,
)
from attain.certification.models.decisions import Decision
from attain.certification.models.reviews import InterviewAnswer, Review
from attain.certification.models.watches import WatchResult

__all__ = [
    "Application",
    "Certificate",
    "CertificateMove",
    "CorrectiveAction",
    "CorrectiveEvidence",
    "Decision",
    "InterviewAnswer",
    "Milestone",
    "Retest",
    "Review",
    "SubmittedItem",
    "WatchResult",
]
