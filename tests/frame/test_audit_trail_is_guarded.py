"""The database refuses to change the trail; what is changed against it is found."""

import json
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django_scopes import scopes_disabled

from attain.commands import run
from attain.organisations import checkpoints, signing, trail, triggers
from attain.organisations.actions import audit
from attain.organisations.actions.checkpoints import take_checkpoint
from attain.organisations.chain import Link, content_hash
from attain.organisations.models import (
    AuditCheckpoint,
    AuditContent,
    AuditEntry,
    AuditHead,
    Organisation,
)
from attain.organisations.rules import Role
from estate import make_estate

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 1, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _everything_is_found() -> Iterator[None]:
    with scopes_disabled():
        yield


@pytest.fixture
def owner() -> Organisation:
    """An organisation with thirty entries, another with ten, and five of attain itself."""
    estate = make_estate()
    other = make_estate("southwind")
    for number in range(30):
        _record(estate.member(Role.ADMINISTRATOR), number)
    for number in range(10):
        _record(other.member(Role.ADMINISTRATOR), number)
    for number in range(5):
        audit.record(by=None, action="attain.start", kind="installation", key=str(number), now=NOW)
    return estate.organisation


def _record(by: object, number: int) -> None:
    audit.record(
        by=by,  # type: ignore[arg-type]
        action="performance.correct_reading",
        kind="reading",
        key=f"leeds/asa/{number}",
        details={"value": str(number)},
        now=NOW + timedelta(minutes=number),
    )


@contextmanager
def against_the_guard() -> Iterator[None]:
    triggers.remove(connection)
    yield
    triggers.install(connection)


def broken(kept: str | None = None) -> dict[str, tuple[int, str]]:
    public = signing.public_text(signing.audit_key(Path(settings.KEYS)))
    marks = checkpoints.from_text(kept, public) if kept else ()
    found = trail.verify(None, marks)
    return {one.chain: (one.broken.sequence, one.broken.why) for one in found if one.broken}


def kept_checkpoint() -> str:
    return checkpoints.as_text(*take_checkpoint(now=NOW))


CHANGES: dict[str, Callable[[], object]] = {
    "an entry": lambda: AuditEntry.objects.filter(sequence=3).update(actor="nobody"),
    "whose it is": lambda: AuditEntry.objects.filter(sequence=3).update(organisation=None),
    "entries": lambda: AuditEntry.objects.all()._raw_delete("default"),
    "a content": lambda: AuditContent.objects.update(text="{}"),
    "a text without its salt": lambda: AuditContent.objects.update(text=""),
    "contents": lambda: AuditContent.objects.all()._raw_delete("default"),
    "a checkpoint": lambda: AuditCheckpoint.objects.update(sequence=1),
    "checkpoints": lambda: AuditCheckpoint.objects.all().delete(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_the_database_refuses_to_change_the_trail(
    owner: Organisation, change: Callable[[], object]
) -> None:
    take_checkpoint(now=NOW)
    with pytest.raises(IntegrityError, match="stays as it was written"), transaction.atomic():
        change()
    assert not broken()


def test_the_database_refuses_to_put_an_entry_in_the_place_of_another(owner: Organisation) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite knows how to replace a row")
    with (
        pytest.raises(IntegrityError, match="stays as it was written"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "INSERT OR REPLACE INTO organisations_auditentry SELECT * FROM"
            " organisations_auditentry WHERE sequence = 3"
        )


# What was written in the same transaction would be refused for another reason.
@pytest.mark.django_db(transaction=True)
def test_the_database_refuses_to_empty_the_trail_at_a_stroke(owner: Organisation) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL knows how to truncate a table")
    for table in ("auditentry", "auditcontent", "auditcheckpoint"):
        with (
            pytest.raises(IntegrityError, match="stays as it was written"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"TRUNCATE organisations_{table} CASCADE")


def test_a_content_is_erased_and_the_chain_holds(owner: Organisation) -> None:
    erased = AuditContent.objects.filter(entry__sequence=4, entry__chain="northwind")
    assert erased.update(text="", salt="") == 1
    assert not broken()


def test_every_trigger_stands_after_migrating_and_a_lost_one_is_missed(
    owner: Organisation,
) -> None:
    assert triggers.missing(connection) == []
    with connection.cursor() as cursor:
        on = "" if connection.vendor == "sqlite" else " ON organisations_auditentry"
        cursor.execute(f"DROP TRIGGER organisations_auditentry_no_update{on}")
    assert triggers.missing(connection) == ["organisations_auditentry_no_update"]
    triggers.install(connection)
    assert triggers.missing(connection) == []


def _entry(sequence: int) -> AuditEntry:
    return AuditEntry.objects.get(chain="northwind", sequence=sequence)


def edit(sequence: int) -> None:
    AuditEntry.objects.filter(pk=_entry(sequence).pk).update(actor="somebody-else")


def edit_and_hash_anew(sequence: int) -> None:
    entry = _entry(sequence)
    entry.action = "performance.close_month"
    entry.entry_hash = _link(entry).entry_hash()
    entry.save()


def edit_the_content(sequence: int) -> None:
    AuditContent.objects.filter(entry=_entry(sequence)).update(text='{"value": "100"}')


def backdate(sequence: int) -> None:
    AuditEntry.objects.filter(pk=_entry(sequence).pk).update(at=NOW - timedelta(days=9))


def delete(sequence: int) -> None:
    entry = _entry(sequence)
    AuditContent.objects.filter(entry=entry).delete()
    entry.delete()


def insert(sequence: int) -> None:
    later = AuditEntry.objects.filter(chain="northwind", sequence__gte=sequence)
    for entry in later.order_by("-sequence"):
        AuditEntry.objects.filter(pk=entry.pk).update(sequence=entry.sequence + 1)
    AuditEntry.objects.create(
        organisation=_entry(1).organisation, chain="northwind", sequence=sequence, at=NOW,
        actor="x", action="x", object_kind="x", object_key="x", content_hash="x",
        previous_hash="x", entry_hash="x",
    )  # fmt: skip


def reorder(sequence: int) -> None:
    first, second = _entry(sequence), _entry(sequence + 1)
    AuditEntry.objects.filter(pk=first.pk).update(sequence=9999)
    AuditEntry.objects.filter(pk=second.pk).update(sequence=sequence)
    AuditEntry.objects.filter(pk=first.pk).update(sequence=sequence + 1)


def give_to_another(sequence: int) -> None:
    other = Organisation.objects.get(key="southwind")
    AuditEntry.objects.filter(pk=_entry(sequence).pk).update(organisation=other)


@pytest.mark.parametrize(
    "tamper",
    [
        edit,
        edit_and_hash_anew,
        edit_the_content,
        backdate,
        delete,
        insert,
        reorder,
        give_to_another,
    ],
)
def test_what_was_changed_is_found_at_the_first_entry(
    owner: Organisation, tamper: Callable[[int], None]
) -> None:
    for sequence in random.Random(7).sample(range(2, 29), 3):
        with against_the_guard(), transaction.atomic():
            tamper(sequence)
            found = broken()
            assert set(found) == {"northwind"}
            # What was hashed anew holds by itself, and the next entry does not follow it.
            moved = 1 if tamper is edit_and_hash_anew else 0
            assert found["northwind"][0] == sequence + moved
            transaction.set_rollback(True)


def _cut_after(sequence: int) -> None:
    cut = AuditEntry.objects.filter(chain="northwind", sequence__gt=sequence)
    AuditContent.objects.filter(entry__in=cut).delete()
    cut.delete()
    last = _entry(sequence)
    AuditHead.objects.filter(chain="northwind").update(
        sequence=last.sequence, entry_hash=last.entry_hash
    )


def test_a_tail_that_was_cut_off_with_care_is_told_by_a_checkpoint_kept_elsewhere(
    owner: Organisation,
) -> None:
    kept = kept_checkpoint()
    with against_the_guard():
        _cut_after(20)
        AuditCheckpoint.objects.all().delete()
    assert not broken()
    assert broken(kept) == {"northwind": (21, "entries are missing at the end")}


def test_a_tail_that_was_cut_off_without_care_is_told_by_the_head(owner: Organisation) -> None:
    with against_the_guard():
        AuditContent.objects.filter(entry__chain="northwind", entry__sequence__gt=20).delete()
        AuditEntry.objects.filter(chain="northwind", sequence__gt=20).delete()
    assert broken() == {"northwind": (21, "entries are missing at the end")}


def test_a_trail_written_anew_is_told_by_a_checkpoint_kept_elsewhere(owner: Organisation) -> None:
    kept = kept_checkpoint()
    with against_the_guard():
        AuditCheckpoint.objects.all().delete()
        _write_anew("northwind")
    assert not broken()
    assert broken(kept) == {"northwind": (30, "it is not the entry that a checkpoint names")}


def test_a_trail_that_was_taken_away_is_told_by_a_checkpoint_kept_elsewhere(
    owner: Organisation,
) -> None:
    kept = kept_checkpoint()
    with against_the_guard():
        AuditCheckpoint.objects.all().delete()
        AuditContent.objects.filter(entry__chain="northwind").delete()
        AuditEntry.objects.filter(chain="northwind").delete()
        AuditHead.objects.filter(chain="northwind").delete()
    assert broken(kept) == {"northwind": (1, "entries are missing at the end")}


def _link(entry: AuditEntry) -> Link:
    return Link(
        entry.chain, entry.sequence, entry.at.astimezone(UTC).isoformat(), entry.actor,
        entry.action, entry.object_kind, entry.object_key, entry.content_hash,
        entry.previous_hash,
    )  # fmt: skip


def _write_anew(chain: str) -> None:
    previous = ""
    for entry in AuditEntry.objects.filter(chain=chain).order_by("sequence"):
        text = '{"by": "nobody"}'
        entry.content_hash, entry.previous_hash = content_hash("salt", text), previous
        entry.entry_hash = previous = _link(entry).entry_hash()
        entry.save()
        AuditContent.objects.filter(entry=entry).update(text=text, salt="salt")
    AuditHead.objects.filter(chain=chain).update(entry_hash=previous)


def test_a_checkpoint_that_was_changed_or_signed_by_another_is_refused(
    owner: Organisation,
) -> None:
    told = json.loads(kept_checkpoint())
    public = told["public_key"]
    told["chains"][0]["sequence"] += 1
    with pytest.raises(ValueError, match="was not signed"):
        checkpoints.from_text(json.dumps(told), public)
    told["public_key"] = "00" * 32
    with pytest.raises(ValueError, match="another key"):
        checkpoints.from_text(json.dumps(told), public)
    assert signing.is_signed("", "00", b"anything") is False
    for nonsense in ("", "[]", "{}", '{"public_key": 1, "chains": [1]}', "null"):
        with pytest.raises(ValueError, match=r"no checkpoint|another key"):
            checkpoints.from_text(nonsense, public)


def test_a_false_checkpoint_in_the_database_is_found(owner: Organisation) -> None:
    last = _entry(30)
    AuditCheckpoint.objects.create(
        chain="northwind", sequence=30, entry_hash=last.entry_hash, at=NOW, signature="00" * 64
    )
    assert broken() == {"northwind": (30, "a checkpoint of it was not signed by this installation")}


def test_the_tail_alone_is_verified_quickly(owner: Organisation) -> None:
    assert [one.broken for one in trail.verify_tails(entries=7)] == [None, None, None]
    with against_the_guard():
        edit(28)
    found = {one.chain: one.broken.sequence for one in trail.verify_tails(entries=7) if one.broken}
    assert found == {"northwind": 28}


def test_the_commands_tell_a_sound_trail_from_a_broken_one(
    owner: Organisation, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["audit", "checkpoint"]) == 0
    kept = tmp_path / "kept.json"
    kept.write_text(capsys.readouterr().out)
    assert run(["audit", "verify", "--checkpoint", str(kept)]) == 0
    assert "northwind: 30 entries hold" in capsys.readouterr().out
    with against_the_guard():
        edit(12)
    assert run(["audit", "verify", "--organisation", "southwind"]) == 0
    assert capsys.readouterr().out == "southwind: 10 entries hold\n"
    assert run(["audit", "verify"]) == 1
    assert "northwind: broken at entry 12: it does not say" in capsys.readouterr().out
    kept.write_text("{}")
    assert run(["audit", "verify", "--checkpoint", str(kept)]) == 2


def test_the_tables_need_no_change_that_was_not_written_down() -> None:
    call_command("makemigrations", "--check", "--dry-run", "jobs", stdout=StringIO())
