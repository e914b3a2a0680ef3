"""Small dossiers for the tests: a sound one, of which a test replaces the file that it is about."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from attain.dossier.folder import check_dossier
from attain.measurement.faults import RefusedError

HEADER = """\
scope: {kind: site, name: Leeds, operation: internal}
as_of: 2026-10-31
timezone: Europe/London
channels: [phone, email]
volume: {site: 1000, assessed: 900}
"""
PROCESSES = """\
process,class,low_volume,time_and_materials
answering,end_user_facing,no,no
hiring,enabling,yes,no
"""
METRICS = """\
metric,process,aspect,unit,better
aht,answering,efficiency,seconds,lower
csat,answering,satisfaction,,higher
"""
SYSTEMS = "system,class\nacd,end_user_facing\n"
SOUND = {
    "dossier.yaml": HEADER,
    "processes.csv": PROCESSES,
    "metrics.csv": METRICS,
    "systems.csv": SYSTEMS,
}


def write_dossier(folder: Path, files: Mapping[str, str | bytes] | None = None) -> Path:
    """Write a sound dossier with some files replaced or added; an empty text removes one."""
    folder.mkdir(exist_ok=True)
    for name, content in {**SOUND, **(files or {})}.items():
        raw = content.encode() if isinstance(content, str) else content
        if raw or name not in SOUND:
            (folder / name).write_bytes(raw)
    return folder


def faults_of(folder: Path, as_of: date | None = None) -> list[str]:
    """Return the lines with which a dossier is refused, none where it is not."""
    try:
        check_dossier(folder, as_of)
    except RefusedError as refused:
        return [str(fault) for fault in refused.faults]
    return []


def faults_with(folder: Path, files: Mapping[str, str | bytes]) -> list[str]:
    """Return the faults of a sound dossier in which some files are replaced or added."""
    return faults_of(write_dossier(folder / "dossier", files))
