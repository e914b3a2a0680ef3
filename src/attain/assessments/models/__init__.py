"""The tables of the room, a file for each noun."""

from attain.assessments.models.assessments import Assessment, AssessorPart
from attain.assessments.models.editions import ModelEdition
from attain.assessments.models.evidence import ItemEvidence
from attain.assessments.models.licensing import LicensedTextsFile
from attain.assessments.models.practices import GoodPractice
from attain.assessments.models.ratings import AgreedRating, Rating

__all__ = [
    "AgreedRating",
    "Assessment",
    "AssessorPart",
    "GoodPractice",
    "ItemEvidence",
    "LicensedTextsFile",
    "ModelEdition",
    "Rating",
]
