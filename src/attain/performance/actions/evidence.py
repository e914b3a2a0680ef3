"""Storing the files that are handed in as evidence: whole and under their hash, or not at all."""

import hashlib
import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from attain.organisations.actions import audit
from attain.organisations.errors import RefusedActionError
from attain.organisations.pages import Centre, Member, Organisation
from attain.performance import models
from attain.performance.rules import LONGEST_KEY, media_type_of

LARGEST = 25_000_000
_PIECE = 1 << 20
_DAY = 24 * 3600


def evidence_folder(organisation_key: str) -> Path:
    """Return where the evidence of an organisation lies."""
    return Path(settings.EVIDENCE) / organisation_key


def store_evidence(
    *, centre: Centre, file: BinaryIO, name: str, by: Member, now: datetime | None = None
) -> models.EvidenceFile:
    """Store a file as evidence of a centre; the same file again is the one that is there.

    RefusedActionError where it is larger than 25 MB, empty, or of a type that is not taken.
    """
    folder = evidence_folder(centre.organisation.key)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.NamedTemporaryFile(dir=folder, prefix=".", delete=False) as whole:
        path = Path(whole.name)
        try:
            sha256, size, head = _copy(file, whole)
            media_type = _type(head, name)
            whole.flush()
            os.fsync(whole.fileno())
            path.replace(folder / sha256)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
    _sync(folder)
    return _entered(centre, (sha256, name[-LONGEST_KEY:], size, media_type), by, now)


def _copy(file: BinaryIO, whole: object) -> tuple[str, int, bytes]:
    """Copy a file piece by piece; return its hash, its size and its first bytes."""
    digest, size, head = hashlib.sha256(), 0, b""
    while piece := file.read(_PIECE):
        size += len(piece)
        if size > LARGEST:
            raise RefusedActionError(_("A file of evidence has at most 25 MB."))
        head = head or piece[:4096]
        digest.update(piece)
        whole.write(piece)  # type: ignore[attr-defined]
    if not size:
        raise RefusedActionError(_("The file is empty."))
    return digest.hexdigest(), size, head


def _type(head: bytes, name: str) -> str:
    found = media_type_of(head, name)
    if found is None:
        raise RefusedActionError(
            _("Evidence is a PDF, a PNG or JPEG image, an Office document, or plain text.")
        )
    return found


def _sync(folder: Path) -> None:
    """Make the name of a new file last."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


@transaction.atomic
def sweep_evidence(*, organisation: Organisation, now: datetime) -> int:
    """Take away files that no record names, a day after they came; return how many.

    A file is stored before its record. Where the record is refused, or the process ends in between,
    the file alone is left.
    """
    # Nobody enters a record meanwhile: who does looks for its file under the same lock.
    audit.hold_trail(organisation)
    rows = models.EvidenceFile.objects.filter(organisation=organisation)
    named = set(rows.values_list("sha256", flat=True))
    folder, swept = evidence_folder(organisation.key), 0
    for path in folder.iterdir() if folder.is_dir() else ():
        is_old = now.timestamp() - path.stat().st_mtime > _DAY
        if path.is_file() and path.name not in named and is_old:
            path.unlink()
            swept += 1
    return swept


@transaction.atomic
def _entered(
    centre: Centre, about: tuple[str, str, int, str], by: Member, now: datetime | None
) -> models.EvidenceFile:
    audit.hold_trail(centre.organisation)
    sha256, name, size, media_type = about
    if not (evidence_folder(centre.organisation.key) / sha256).is_file():
        raise RefusedActionError(_("The file could not be kept. Hand it in again."))
    at = now or datetime.now(UTC)
    fields = {"organisation_id": centre.organisation_id, "name": name, "size": size}
    fields |= {"media_type": media_type, "stored_at": at, "stored_by": by}
    stored, new = models.EvidenceFile.objects.get_or_create(
        centre=centre, sha256=sha256, defaults=fields
    )
    if new:
        audit.record(
            by=by,
            action="performance.store_evidence",
            kind="evidence",
            key=f"{centre.key} {sha256}",
            details={"name": name, "size": size},
            now=at,
        )
    return stored
