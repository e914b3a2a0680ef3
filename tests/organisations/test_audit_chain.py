"""The chain of the audit trail: whatever is changed, the first changed entry is named."""

import dataclasses
from collections.abc import Callable

import pytest
from django_scopes import scope, scopes_disabled
from hypothesis import given
from hypothesis import strategies as st

from attain.organisations.actions.audit import record
from attain.organisations.chain import KeptLink, Link, content_hash, first_break
from attain.organisations.models import AuditContent, AuditEntry
from attain.organisations.rules import Role
from estate import make_estate

LENGTH = 12


def chain_of(length: int) -> list[KeptLink]:
    kept: list[KeptLink] = []
    previous = ""
    for sequence in range(1, length + 1):
        text, salt = f"entry {sequence}", "a1"
        at = f"2026-11-02T09:00:{sequence:02d}+00:00"
        link = Link(
            "northwind",
            sequence,
            at,
            "dana",
            "did",
            "site",
            "leeds",
            content_hash(salt, text),
            previous,
        )
        previous = link.entry_hash()
        kept.append(KeptLink(link, previous, salt, text))
    return kept


def restamped(kept: list[KeptLink]) -> list[KeptLink]:
    """Hash a chain anew, as somebody with the whole database could."""
    stamped: list[KeptLink] = []
    previous = ""
    for entry in kept:
        link = entry.link._replace(previous_hash=previous)
        previous = link.entry_hash()
        stamped.append(entry._replace(link=link, entry_hash=previous))
    return stamped


def edit(kept: list[KeptLink], at: int) -> list[KeptLink]:
    kept[at] = kept[at]._replace(link=kept[at].link._replace(action="undid"))
    return kept


def edit_the_content(kept: list[KeptLink], at: int) -> list[KeptLink]:
    kept[at] = kept[at]._replace(text="something else")
    return kept


def delete(kept: list[KeptLink], at: int) -> list[KeptLink]:
    return kept[:at] + kept[at + 1 :]


def swap(kept: list[KeptLink], at: int) -> list[KeptLink]:
    kept[at], kept[at + 1] = kept[at + 1], kept[at]
    return kept


def insert(kept: list[KeptLink], at: int) -> list[KeptLink]:
    return [*kept[:at], kept[at], *kept[at:]]


TAMPERINGS = [edit, edit_the_content, delete, swap, insert]


def test_a_chain_that_nobody_touched_holds() -> None:
    assert first_break("northwind", chain_of(LENGTH), {}) is None


@pytest.mark.parametrize("tamper", TAMPERINGS)
@given(at=st.integers(0, LENGTH - 2))
def test_every_tampering_is_found_at_the_first_wrong_entry(
    tamper: Callable[[list[KeptLink], int], list[KeptLink]], at: int
) -> None:
    broken = first_break("northwind", tamper(chain_of(LENGTH), at), {})
    assert broken is not None
    assert broken.sequence in (at + 1, at + 2)


@given(at=st.integers(0, LENGTH - 1))
def test_a_chain_hashed_anew_is_found_by_a_checkpoint_kept_elsewhere(at: int) -> None:
    honest = chain_of(LENGTH)
    known = {LENGTH: honest[-1].entry_hash}
    forged = restamped(edit(chain_of(LENGTH), at))
    assert first_break("northwind", forged, {}) is None
    assert first_break("northwind", forged, known) is not None


def test_a_chain_cut_at_its_end_is_found_by_a_checkpoint() -> None:
    honest = chain_of(LENGTH)
    broken = first_break("northwind", honest[:-3], {LENGTH: honest[-1].entry_hash})
    assert broken is not None
    assert "missing at the end" in broken.why


def test_an_erased_content_leaves_the_chain_whole() -> None:
    erased = [entry._replace(text=None, salt=None) for entry in chain_of(LENGTH)]
    assert first_break("northwind", erased, {}) is None


@pytest.mark.django_db
def test_entries_that_actions_write_form_a_chain() -> None:
    estate = make_estate()
    with scope(organisation=estate.organisation):
        for number in range(5):
            record(
                by=estate.member(Role.ADMINISTRATOR),
                action="organisations.add_site",
                kind="site",
                key=f"site-{number}",
                details={"name": "Łódź"},
            )
        kept = [kept_link(entry) for entry in AuditEntry.objects.order_by("sequence")]
    assert [entry.link.sequence for entry in kept] == [1, 2, 3, 4, 5]
    assert first_break("northwind", kept, {}) is None


def kept_link(entry: AuditEntry) -> KeptLink:
    with scopes_disabled():
        content = AuditContent.objects.get(entry=entry)
    link = Link(
        entry.chain,
        entry.sequence,
        entry.at.isoformat(),
        entry.actor,
        entry.action,
        entry.object_kind,
        entry.object_key,
        entry.content_hash,
        entry.previous_hash,
    )
    return KeptLink(link, entry.entry_hash, content.salt, content.text)


def test_a_break_names_the_chain_and_the_reason() -> None:
    broken = first_break("northwind", delete(chain_of(3), 0), {})
    assert broken is not None
    assert dataclasses.asdict(broken) == {
        "chain": "northwind",
        "sequence": 1,
        "why": "entry 2 stands where entry 1 is due",
    }
