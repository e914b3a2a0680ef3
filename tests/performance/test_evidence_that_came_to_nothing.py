"""A file whose record was refused does not stay, and one that a record names is never taken."""

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.db import transaction
from django_scopes import scope

from attain.organisations.errors import RefusedActionError
from attain.organisations.rules import Role
from attain.performance.actions.evidence import evidence_folder, store_evidence, sweep_evidence
from attain.performance.models import EvidenceFile
from attain.performance.tasks import sweep_files
from estate import Estate, make_estate

pytestmark = pytest.mark.django_db
PLAN, OTHER = b"%PDF-1.7 plan", b"%PDF-1.7 another plan"


@pytest.fixture
def estate(settings: object, tmp_path: Path) -> Iterator[Estate]:
    settings.EVIDENCE = tmp_path  # type: ignore[attr-defined]
    made = make_estate()
    with scope(organisation=made.organisation):
        yield made


def store(estate: Estate, content: bytes = PLAN) -> EvidenceFile:
    by = estate.member(Role.SITE_LEAD)
    return store_evidence(centre=estate.centre, file=BytesIO(content), name="plan.pdf", by=by)


def files(estate: Estate) -> list[Path]:
    return sorted(evidence_folder(estate.organisation.key).iterdir())


def refused(estate: Estate, content: bytes = OTHER) -> None:
    """Store a file in a transaction whose record is refused afterwards."""
    with pytest.raises(RefusedActionError):
        store_and_refuse(estate, content)
    assert not EvidenceFile.objects.filter(size=len(content)).exists()


@transaction.atomic
def store_and_refuse(estate: Estate, content: bytes) -> None:
    store(estate, content)
    raise RefusedActionError("The record has faults.")


def sweep(estate: Estate, later: timedelta) -> int:
    return sweep_evidence(organisation=estate.organisation, now=datetime.now(UTC) + later)


def test_a_file_of_a_refused_record_is_swept_a_day_later(estate: Estate) -> None:
    kept = store(estate)
    refused(estate)
    assert len(files(estate)) == 2
    assert sweep(estate, timedelta(hours=23)) == 0
    assert sweep(estate, timedelta(hours=25)) == 1
    assert [path.name for path in files(estate)] == [kept.sha256]
    assert sweep(estate, timedelta(days=999)) == 0


def test_what_a_process_left_that_ended_in_between_is_swept(estate: Estate) -> None:
    store(estate)
    begun = evidence_folder(estate.organisation.key) / ".tmp1234"
    begun.write_bytes(b"%PDF")
    assert sweep(estate, timedelta(days=2)) == 1
    assert not begun.exists()


def test_a_refused_file_that_is_handed_in_again_is_kept(estate: Estate) -> None:
    refused(estate)
    long_ago = time.time() - 10 * 24 * 3600
    [path] = files(estate)
    os.utime(path, (long_ago, long_ago))
    stored = store(estate, OTHER)
    assert sweep(estate, timedelta(days=2)) == 0
    assert [path.name for path in files(estate)] == [stored.sha256]


def test_the_files_of_another_organisation_are_its_own(estate: Estate) -> None:
    other = make_estate("southwind")
    with scope(organisation=other.organisation):
        kept = store_evidence(
            centre=other.centre, file=BytesIO(PLAN), name="p.pdf", by=other.member(Role.SITE_LEAD)
        )
    refused(estate, PLAN)
    [path] = files(estate)
    os.utime(path, (0, 0))
    sweep_files.call()
    assert files(estate) == []
    assert [path.name for path in files(other)] == [kept.sha256]
