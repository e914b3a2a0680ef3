"""Dossiers written beside their place, checked there, and moved into it only when all are sound."""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from attain.dossier.folder import CheckedDossier, check_dossier
from attain.dossier.merging import Origin
from attain.measurement.faults import Fault, RefusedError

# The day matters to no fault; a dossier may leave its own to the command line.
ANY_DAY = date(2000, 1, 31)


@dataclass(frozen=True)
class StagedFile:
    """A file of a dossier to be written: its text, and where each line comes from."""

    text: str
    origins: Mapping[int, Origin]
    otherwise: Origin


# The files to be written of each dossier, by its folder below the place: "." is the place itself.
Staged = Mapping[str, Mapping[str, StagedFile]]


@contextmanager
def stage_in(out: Path) -> Iterator[Path]:
    """Offer an empty folder on the file system of the place, and remove it afterwards."""
    stage = (out if out.exists() else out.parent) / f".{out.name}.import-{os.getpid()}"
    try:
        stage.mkdir()
    except OSError as error:
        why = error.strerror or "an error"
        raise RefusedError([Fault(str(out), 1, "folder", why, "a place to write to")]) from error
    try:
        yield stage
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def write_checked(out: Path, staged: Staged) -> dict[str, CheckedDossier]:
    """Write dossiers, all of them or none.

    Everything is written beside the place and read back there; RefusedError, with each fault at
    the line that it comes from, where any of it would not be a sound dossier.
    """
    try:
        with stage_in(out) as stage:
            for folder, files in staged.items():
                _write(out / folder, stage / "new" / folder, files)
            checked = _check(stage / "new", out, staged)
            _put_in_place(out, stage, staged)
    except OSError as error:
        why = error.strerror or str(error)
        raise RefusedError([Fault(str(out), 1, "folder", why, "a place to write to")]) from error
    return checked


def _write(place: Path, stage: Path, files: Mapping[str, StagedFile]) -> None:
    """Write the new files of a dossier beside those that it keeps."""
    stage.mkdir(parents=True, exist_ok=True)
    kept = place.iterdir() if place.is_dir() else ()
    for path in kept:
        if path.is_file() and path.name not in files:
            (stage / path.name).symlink_to(path.resolve())
    for name, file in files.items():
        (stage / name).write_text(file.text, encoding="utf-8", newline="")


def _check(stage: Path, out: Path, staged: Staged) -> dict[str, CheckedDossier]:
    """Read every dossier back; RefusedError with the faults of all of them."""
    checked: dict[str, CheckedDossier] = {}
    faults: list[Fault] = []
    for folder, files in staged.items():
        try:
            checked[folder] = check_dossier(stage / folder, ANY_DAY)
        except RefusedError as error:
            faults += [_traced(fault, out / folder, files) for fault in error.faults]
    if faults:
        raise RefusedError(dict.fromkeys(faults))
    return checked


def _traced(fault: Fault, place: Path, files: Mapping[str, StagedFile]) -> Fault:
    """Return a fault at the line that a person can put right."""
    if fault.file not in files:
        return Fault(str(place / fault.file), fault.line, fault.column, fault.found, fault.expected)
    file = files[fault.file]
    origin = file.origins.get(fault.line, file.otherwise)
    return Fault(*origin, fault.column, fault.found, fault.expected)


def _put_in_place(out: Path, stage: Path, staged: Staged) -> None:
    """Move what was written into its place; where a step fails, take the earlier ones back.

    A place that is new appears at once. In one that exists each file is replaced by itself, in
    the order in which tables refer to each other, so that a reader never meets half a file.
    """
    if not out.exists():
        (stage / "new").rename(out)
        return
    undo: list[tuple[Path, Path | None]] = []
    try:
        for source, target in _moves(out, stage / "new", staged):
            before = stage / f"before-{len(undo)}" if target.exists() else None
            if before:
                shutil.copy2(target, before)
            undo.append((target, before))
            source.replace(target)
    except OSError:
        for target, before in reversed(undo):
            _take_back(target, before)
        raise


def _moves(out: Path, stage: Path, staged: Staged) -> Iterator[tuple[Path, Path]]:
    """Yield what moves where: a whole folder where it is new, otherwise each file."""
    for folder, files in staged.items():
        if folder != "." and not (out / folder).exists():
            yield stage / folder, out / folder
        else:
            for name in files:
                yield stage / folder / name, out / folder / name


def _take_back(target: Path, before: Path | None) -> None:
    """Undo one move."""
    if before:
        before.replace(target)
    elif target.is_dir():
        shutil.rmtree(target)
    else:
        target.unlink(missing_ok=True)
