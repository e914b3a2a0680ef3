"""The tables of the room, a file for each noun."""

from attain.performance.models.choices import (
    AspectName,
    BasisName,
    Better,
    ChangeName,
    DocumentedName,
    Facing,
    SatisfactionOf,
)
from attain.performance.models.closing import ClosedMonth
from attain.performance.models.imports import (
    Import,
    ImportFault,
    ImportMode,
    ImportState,
    SavedMapping,
)
from attain.performance.models.practices import (
    Document,
    EvidenceFile,
    Practice,
    SatisfactionReading,
)
from attain.performance.models.processes import (
    DefinedRow,
    ImprovementAction,
    Initiative,
    Metric,
    Process,
    Reading,
    Target,
)
from attain.performance.models.revisions import CentreRow, RevisedRow
from attain.performance.models.systems import Incident, System, TechnologyChange, UptimeReading
from attain.performance.models.volumes import (
    CoverageFigure,
    IntervalVolumes,
    ServiceLevelTarget,
)

__all__ = [
    "AspectName",
    "BasisName",
    "Better",
    "CentreRow",
    "ChangeName",
    "ClosedMonth",
    "CoverageFigure",
    "DefinedRow",
    "Document",
    "DocumentedName",
    "EvidenceFile",
    "Facing",
    "Import",
    "ImportFault",
    "ImportMode",
    "ImportState",
    "ImprovementAction",
    "Incident",
    "Initiative",
    "IntervalVolumes",
    "Metric",
    "Practice",
    "Process",
    "Reading",
    "RevisedRow",
    "SatisfactionOf",
    "SatisfactionReading",
    "SavedMapping",
    "ServiceLevelTarget",
    "System",
    "Target",
    "TechnologyChange",
    "UptimeReading",
]
