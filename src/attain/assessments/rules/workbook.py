"""A part of an assessment as a workbook: what goes out, and what became of it when it comes back.

What comes back is looked at item by item against what went out and what stands in attain by now.
Rows may be in any order, as the key of the item decides.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from attain.assessments.rules.entries import Entry, EntryFault, faults_of
from attain.measurement.hashes import sha256_of
from attain.standards.maturity_model import MaturityModel
from attain.standards.model_items import ModelItem

FORM = "attain-part-1"
LONGEST = 4_000
ITEM, TITLE = "item", "title"
INPUTS = ("level", "target", "applies", "reason", "note", "needed")
COLUMNS = (ITEM, TITLE, *INPUTS)
_TEXTS = ("reason", "note", "needed")
_COMPARED = 1_000
_MOST_DIGITS = 3


@dataclass(frozen=True)
class SentItem:
    """How an item went out: the version of its rating, 0 without one, and what it said, hashed."""

    version: int
    digest: str


@dataclass(frozen=True)
class WorkbookIdentity:
    """Whose workbook it is: which part of which assessment, by which text of which model.

    `yes` and `no` are the words by which it says whether an item applies.
    """

    assessment: str
    part: str
    model: str
    sha256: str
    yes: str
    no: str
    sent: Mapping[str, SentItem]


@dataclass(frozen=True)
class WorkbookRow:
    """A row that came back: its line, and the text of each column."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class RatedItem:
    """What stands in attain of an item, with the version of its rating, 0 without one."""

    entry: Entry
    version: int


@dataclass(frozen=True)
class WorkbookFault:
    """Why a row is refused: its line, the column, what was found and what was expected."""

    line: int
    column: str
    found: str
    expected: str


@dataclass(frozen=True)
class WorkbookChange:
    """An item of which the workbook says something else than attain.

    `seen` is the version of the rating that it would replace.
    """

    line: int
    item: str
    seen: int
    before: Entry
    after: Entry


@dataclass(frozen=True)
class WorkbookPlan:
    """What a workbook would do to the ratings of a part.

    `conflicts` are items that were changed in attain, too, since the workbook went out; `missing`
    those of the part that it has no row of, which stay as they are.
    """

    changes: tuple[WorkbookChange, ...]
    conflicts: tuple[WorkbookChange, ...]
    unchanged: tuple[str, ...]
    missing: tuple[str, ...]
    refused: tuple[WorkbookFault, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many items come to what; rows with several faults are refused once."""
        return {
            "changed": len(self.changes),
            "conflicts": len(self.conflicts),
            "unchanged": len(self.unchanged),
            "missing": len(self.missing),
            "refused": len({each.line for each in self.refused}),
        }

    @property
    def seen(self) -> dict[str, int]:
        """The version of each rating that somebody who looks at the plan sees."""
        return {each.item: each.seen for each in (*self.changes, *self.conflicts)}


def plain(text: str) -> str:
    """Return a text as it is compared: ends of lines as one, without blanks around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def digest(entry: Entry) -> str:
    """Return what tells whether an entry is another than the one that went out."""
    texts = [plain(getattr(entry, name)) for name in _TEXTS]
    said = [entry.level, entry.target, entry.is_applicable, *texts]
    return sha256_of(json.dumps(said))[:24]


def cells_of(entry: Entry, *, yes: str, no: str) -> dict[str, str | int | None]:
    """Return what the columns of an item say when the workbook goes out."""
    return {
        "level": entry.level,
        "target": entry.target,
        "applies": yes if entry.is_applicable else no,
        **{name: getattr(entry, name) for name in _TEXTS},
    }


def plan_of(
    model: MaturityModel,
    items: Sequence[ModelItem],
    identity: WorkbookIdentity,
    rows: Iterable[WorkbookRow],
    rated: Mapping[str, RatedItem],
) -> WorkbookPlan:
    """Return what a workbook would do; `items` are those of the part, `rated` what stands now."""
    plan = _Planning(model, {item.key: item for item in items}, identity, rated)
    by_item: dict[str, list[WorkbookRow]] = {}
    for row in rows:
        by_item.setdefault(_cell(row, ITEM), []).append(row)
    for key, found in by_item.items():
        plan.take(key, found)
    missing = tuple(key for key in plan.items if key not in by_item)
    refused = sorted(plan.refused, key=lambda each: each.line)
    return WorkbookPlan(
        tuple(plan.changes), tuple(plan.conflicts), tuple(plan.unchanged), missing, tuple(refused)
    )


def _cell(row: WorkbookRow, name: str) -> str:
    return plain(row.cells.get(name, ""))


def _listed(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, numbers))


class _Planning:
    """The rows taken so far, sorted by what they come to."""

    def __init__(
        self,
        model: MaturityModel,
        items: Mapping[str, ModelItem],
        identity: WorkbookIdentity,
        rated: Mapping[str, RatedItem],
    ) -> None:
        self.model, self.items, self.identity, self.rated = model, items, identity, rated
        self.changes, self.conflicts = list[WorkbookChange](), list[WorkbookChange]()
        self.unchanged, self.refused = list[str](), list[WorkbookFault]()

    def take(self, key: str, rows: Sequence[WorkbookRow]) -> None:
        """Sort in the rows of a key: an item is rated by one of them, or by none."""
        if not key:
            said = (row for row in rows if any(_cell(row, each) for each in (TITLE, *INPUTS)))
            expected = "the key of the item that the row is about"
            self.refused += [WorkbookFault(row.line, ITEM, "no key", expected) for row in said]
        elif len(rows) > 1:
            expected = f"each item once; it stands on rows {_listed(row.line for row in rows)}"
            self.refused += [WorkbookFault(row.line, ITEM, key, expected) for row in rows]
        else:
            self.refused += self._faults_of(rows[0], self.items.get(key))

    def _faults_of(self, row: WorkbookRow, item: ModelItem | None) -> list[WorkbookFault]:
        faults = _faults_of_key(self.model, item, row)
        if item is not None and not faults:
            entry = _entry_of(row, self.identity, self.model.levels_of(item), faults)
            if not faults:
                self._compare(row, item, entry, faults)
        return faults

    def _compare(
        self, row: WorkbookRow, item: ModelItem, entry: Entry, faults: list[WorkbookFault]
    ) -> None:
        now = self.rated.get(item.key, RatedItem(Entry(), 0))
        sent = self.identity.sent.get(item.key)
        same = {digest(now.entry), sent.digest if sent else ""}
        if digest(entry) in same:
            self.unchanged.append(item.key)
            return
        faults += _faults_of_entry(self.model, item, row, entry)
        if faults:
            return
        change = WorkbookChange(row.line, item.key, now.version, now.entry, entry)
        is_as_sent = sent is not None and sent.version == now.version
        (self.changes if is_as_sent else self.conflicts).append(change)


def _faults_of_key(
    model: MaturityModel, item: ModelItem | None, row: WorkbookRow
) -> list[WorkbookFault]:
    key = _cell(row, ITEM)
    if item is None:
        is_known = key in {each.key for each in model.items}
        expected = "an item of this part" if is_known else "an item of the model"
        return [WorkbookFault(row.line, ITEM, key, expected)]
    title = _cell(row, TITLE)
    if title[:_COMPARED] != plain(item.title)[:_COMPARED]:
        # Rows whose columns were sorted apart would rate another item than the one that is read.
        expected = f"{item.title}, as {key} is called; rows are moved whole"
        return [WorkbookFault(row.line, TITLE, title or "nothing", expected)]
    return []


def _entry_of(
    row: WorkbookRow,
    identity: WorkbookIdentity,
    levels: tuple[int, ...],
    faults: list[WorkbookFault],
) -> Entry:
    expected = f"one of {_listed(levels)}, or nothing"
    texts = {name: _cell(row, name) for name in _TEXTS}
    for name, text in texts.items():
        if len(text) > LONGEST:
            found = f"over {LONGEST} characters"
            faults.append(WorkbookFault(row.line, name, found, f"at most {LONGEST}"))
        if "\0" in text:
            found = "a character that no text has (NUL)"
            faults.append(WorkbookFault(row.line, name, found, "a text without it"))
    return Entry(
        level=_number(row, "level", expected, faults),
        target=_number(row, "target", expected, faults),
        is_applicable=_applies(row, identity, faults),
        **texts,
    )


def _number(row: WorkbookRow, name: str, expected: str, faults: list[WorkbookFault]) -> int | None:
    text = _cell(row, name)
    if not text:
        return None
    if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS:
        return int(text)
    faults.append(WorkbookFault(row.line, name, text, expected))
    return None


def _applies(row: WorkbookRow, identity: WorkbookIdentity, faults: list[WorkbookFault]) -> bool:
    text = _cell(row, "applies").casefold()
    if text in ("", identity.yes.casefold(), "yes", "true"):
        return True
    if text not in (identity.no.casefold(), "no", "false"):
        expected = f"{identity.yes} or {identity.no}"
        faults.append(WorkbookFault(row.line, "applies", _cell(row, "applies"), expected))
    return False


def _faults_of_entry(
    model: MaturityModel, item: ModelItem, row: WorkbookRow, entry: Entry
) -> Iterator[WorkbookFault]:
    for fault in faults_of(model, item.key, entry):
        column, expected = _EXPECTED[fault]
        levels = _listed(model.levels_of(item))
        found = _cell(row, column) or "nothing"
        yield WorkbookFault(row.line, column, found, expected.format(levels=levels))
    if entry.is_applicable and entry.reason:
        expected = "no reason, or no in the column applies"
        yield WorkbookFault(row.line, "reason", entry.reason, expected)


_EXPECTED = {
    EntryFault.UNKNOWN_ITEM: (ITEM, "an item of the model"),
    EntryFault.NOT_RATED: (ITEM, "an item that has texts to rate it by"),
    EntryFault.UNKNOWN_LEVEL: ("level", "one of {levels}, or nothing"),
    EntryFault.UNKNOWN_TARGET: ("target", "one of {levels}, or nothing"),
    EntryFault.TARGET_BELOW_LEVEL: ("target", "the level or a higher one"),
    EntryFault.LEVEL_OF_NOT_APPLICABLE: ("level", "nothing, as the item does not apply"),
    EntryFault.NO_REASON: ("reason", "why the item does not apply"),
}
