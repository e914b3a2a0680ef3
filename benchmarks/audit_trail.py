"""How long it takes to verify an audit trail of a million entries, in a data folder of its own.

`python -m benchmarks.audit_trail [ENTRIES]`
"""

import os
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path


def main(entries: int) -> None:
    """Write a sound trail and verify it."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ATTAIN_DATA"] = folder
        from attain.website import starting

        starting.ready()
        from attain.website import migrating

        migrating.migrate()
        _write(entries)
        from attain.organisations import trail

        begun, busy = time.perf_counter(), time.process_time()
        (found,) = trail.verify()
        took, busy = time.perf_counter() - begun, time.process_time() - busy
        assert found.broken is None
        size = Path(folder, "attain.sqlite3").stat().st_size / 1e6
        print(
            f"{found.length:,} entries verified in {took:.1f} s, {busy:.1f} s busy ({size:.0f} MB)"
        )


def _write(entries: int) -> None:
    from django_scopes import scopes_disabled

    from attain.organisations.chain import Link, content_hash
    from attain.organisations.models import AuditContent, AuditEntry, AuditHead, Organisation

    owner = Organisation.objects.create(key="northwind", name="Northwind", timezone="UTC")
    begin, previous, chunk = datetime(2026, 1, 1, tzinfo=UTC), "", 10_000
    with scopes_disabled():
        for first in range(1, entries + 1, chunk):
            rows, contents = [], []
            for number in range(first, min(first + chunk, entries + 1)):
                at, text = begin + timedelta(seconds=number), f'{{"value": "{number}"}}'
                link = Link("northwind", number, at.isoformat(), f"member-{number % 97}",
                            "performance.correct_reading", "reading", f"leeds/{number}",
                            content_hash("5a17", text), previous)  # fmt: skip
                previous = link.entry_hash()
                fields = link._asdict() | {"at": at}
                rows.append(
                    AuditEntry(pk=number, organisation=owner, entry_hash=previous, **fields)
                )
                contents.append(AuditContent(entry_id=number, salt="5a17", text=text))
            AuditEntry.objects.bulk_create(rows)
            AuditContent.objects.bulk_create(contents)
        AuditHead.objects.create(chain="northwind", sequence=entries, entry_hash=previous)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
