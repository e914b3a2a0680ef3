"""Reading the audit trail in its order, and saying where it does not hold."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet
from django_scopes import scopes_disabled

from attain.organisations import signing
from attain.organisations.actions.audit import EVERYWHERE
from attain.organisations.chain import Break, KeptLink, Link, first_break
from attain.organisations.checkpoints import Mark, SignedMark, is_sound, written_at
from attain.organisations.models import AuditCheckpoint, AuditEntry, AuditHead

_CHUNK = 5000
_LINK = ("sequence", "at", "actor", "action", "object_kind", "object_key", "content_hash")
_KEPT = ("previous_hash", "entry_hash", "content__salt", "content__text", "organisation__key")


@dataclass(frozen=True)
class Verified:
    """A chain, how many entries it should have, and where it is broken, if it is."""

    chain: str
    length: int
    broken: Break | None


def verify(
    chains: Iterable[str] | None = None, kept_elsewhere: Iterable[SignedMark] = ()
) -> Iterator[Verified]:
    """Verify whole chains: all of them, or those named.

    What a checkpoint tells, one in the database or one that was kept elsewhere, is held against the
    entries. Only one kept elsewhere shows a chain that was written anew from its beginning to its
    end by somebody who has the key as well.
    """
    outside = list(kept_elsewhere)
    with scopes_disabled():
        for name in sorted(set(chains) if chains is not None else _every_chain(outside)):
            yield _verify(name, [one.mark for one in outside if one.mark.chain == name])


def verify_tails(only: str | None = None, entries: int = 200) -> Iterator[Verified]:
    """Verify the last entries of each chain, or of one alone, which costs next to nothing."""
    with scopes_disabled():
        heads = AuditHead.objects.order_by("chain")
        for head in heads.filter(chain=only) if only else heads:
            first = max(0, head.sequence - entries)
            before = _of(head.chain).filter(sequence=first).values_list("entry_hash", flat=True)
            after = (first, before.first() or "") if first else (0, "")
            tail = _links(_of(head.chain).filter(sequence__gt=first))
            known = {head.sequence: head.entry_hash} if head.sequence else {}
            broken = first_break(head.chain, tail, known, after)
            yield Verified(head.chain, head.sequence, broken)


def _verify(name: str, outside: list[Mark]) -> Verified:
    inside, false = _checkpoints_of(name)
    head = AuditHead.objects.filter(chain=name).first()
    known: dict[int, str] = {}
    marks = [*inside, *outside]
    if head and head.sequence:
        marks.append(Mark(name, head.sequence, head.entry_hash, ""))
    broken = false
    for mark in marks:
        if known.setdefault(mark.sequence, mark.entry_hash) != mark.entry_hash:
            broken = broken or Break(name, mark.sequence, "checkpoints tell different entries")
    found = first_break(name, _links(_of(name)), known)
    first = min((one for one in (found, broken) if one), key=lambda one: one.sequence, default=None)
    return Verified(name, max([*known, 0]), first)


def _checkpoints_of(name: str) -> tuple[list[Mark], Break | None]:
    """Return the marks in the database, and the first that was not signed by this installation."""
    public = signing.audit_public_key(Path(settings.KEYS))
    marks: list[Mark] = []
    for row in AuditCheckpoint.objects.filter(chain=name):
        mark = Mark(row.chain, row.sequence, row.entry_hash, written_at(row.at))
        if not is_sound(SignedMark(mark, row.signature), public):
            why = "a checkpoint of it was not signed by this installation"
            return marks, Break(name, row.sequence, why)
        marks.append(mark)
    return marks, None


def _every_chain(outside: Iterable[SignedMark]) -> set[str]:
    names = {one.mark.chain for one in outside}
    names.update(AuditHead.objects.values_list("chain", flat=True))
    names.update(AuditCheckpoint.objects.order_by().values_list("chain", flat=True).distinct())
    names.update(AuditEntry.objects.order_by().values_list("chain", flat=True).distinct())
    return names


def _of(name: str) -> QuerySet[AuditEntry]:
    return AuditEntry.objects.filter(chain=name).order_by("sequence")


def _links(entries: QuerySet[AuditEntry]) -> Iterator[KeptLink]:
    rows = entries.values_list("chain", *_LINK, *_KEPT).iterator(chunk_size=_CHUNK)
    for chain, sequence, at, actor, action, kind, key, content, previous, own, *others in rows:
        salt, text, owner = others
        # Whose an entry is does not stand in it; its chain does, and is named after the owner.
        named = chain if (owner or EVERYWHERE) == chain else f"{chain} of {owner}"
        written = at.astimezone(UTC).isoformat()
        link = Link(named, sequence, written, actor, action, kind, key, content, previous)
        is_erased = not salt and not text
        yield KeptLink(link, own, salt, None if is_erased else text)
