"""The tables of the room, a file for each noun."""

from attain.improvement.models.goals import Goal
from attain.improvement.models.initiatives import (
    ExpectedBenefit,
    Initiative,
    InitiativeComment,
    InitiativeDocument,
    InitiativeMilestone,
    InitiativeStep,
)
from attain.improvement.models.plans import KeptPlan
from attain.improvement.models.roadmaps import Roadmap, RoadmapSource, StepAppraisal

__all__ = [
    "ExpectedBenefit",
    "Goal",
    "Initiative",
    "InitiativeComment",
    "InitiativeDocument",
    "InitiativeMilestone",
    "InitiativeStep",
    "KeptPlan",
    "Roadmap",
    "RoadmapSource",
    "StepAppraisal",
]
