"""The workbook of an assessor's own part: what goes out, and what an upload of it would do."""

import hashlib
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from attain.assessments.models import AssessorPart
from attain.assessments.queries.editions import model_of
from attain.assessments.queries.finding import place_of
from attain.assessments.queries.ratings import entry_of, items_of
from attain.assessments.rules.entries import Entry
from attain.assessments.rules.stages import covers
from attain.assessments.rules.workbook import (
    COLUMNS,
    FORM,
    ITEM,
    LONGEST,
    RatedItem,
    SentItem,
    WorkbookIdentity,
    WorkbookPlan,
    WorkbookRow,
    digest,
    plan_of,
)
from attain.assessments.workbook_file import IDENTITY, SentPart, SentRow
from attain.dossier.source_cells import written_as
from attain.dossier.spreadsheets import SourceRow, check_start, sheet_rows
from attain.measurement.faults import Fault, RefusedError

MOST_ROWS = 5_000
_HEAD = ("form", "assessment", "part", "model", "sha256", "sheet", "head", "yes", "no")
_ITEM_PARTS = 4
_AS_IT_WENT_OUT = "the workbook as it went out; download it anew and copy your ratings into it"


@dataclass(frozen=True)
class ReadWorkbook:
    """A workbook that came back: its name and hash, whose it is, and its rows."""

    name: str
    sha256: str
    sheet: str
    identity: WorkbookIdentity
    rows: tuple[WorkbookRow, ...]


def rated_items(part: AssessorPart) -> dict[str, RatedItem]:
    """Return what stands in attain of each item that the assessor has rated."""
    return {row.item: RatedItem(entry_of(row), row.version) for row in part.ratings.all()}


def sent_part(part: AssessorPart) -> SentPart:
    """Return a part as it goes out, with what its assessor entered and nothing of another's."""
    assessment, model = part.assessment, model_of(part.assessment.edition)
    rated = rated_items(part)
    rows = [
        SentRow(category.title, item, rated[item.key].entry if item.key in rated else Entry())
        for key, category in model.parts.items()
        if covers(part.categories, key)
        for item in category.all_items
        if item.is_rated
    ]
    sent = {
        row.item.key: SentItem(
            rated[row.item.key].version if row.item.key in rated else 0, digest(row.entry)
        )
        for row in rows
    }
    return SentPart(
        title=assessment.title,
        place=str(place_of(assessment)),
        edition=str(assessment.edition),
        assessor=str(part.assessor),
        identity=_identity(part, sent),
        model=model,
        rows=tuple(rows),
    )


def _identity(part: AssessorPart, sent: dict[str, SentItem]) -> WorkbookIdentity:
    edition = part.assessment.edition
    return WorkbookIdentity(
        assessment=str(part.assessment.uuid),
        part=str(part.uuid),
        model=f"{edition.key} {edition.edition}",
        sha256=edition.sha256,
        yes=_("yes"),
        no=_("no"),
        sent=sent,
    )


def plan_for(part: AssessorPart, read: ReadWorkbook) -> WorkbookPlan:
    """Return what a workbook would do to a part as it stands; nothing is stored."""
    model = model_of(part.assessment.edition)
    return plan_of(model, items_of(part), read.identity, read.rows, rated_items(part))


def read_workbook(upload: "UploadedFile[Any]", part: AssessorPart) -> ReadWorkbook:
    """Read a workbook that came back; RefusedError where it is none, or not that of the part."""
    shown = Path(str(upload.name)).name[-200:]
    with tempfile.TemporaryDirectory() as folder:
        # Of the name only the ending counts.
        ending = Path(shown).suffix.lower()
        path = Path(folder) / "workbook.xlsx"
        if ending != ".xlsx":
            found = f"a file named {ending}" if ending else "a file without an ending"
            raise _refused(shown, "", 1, "file", found, "the .xlsx workbook of the part")
        hashed = hashlib.sha256()
        with path.open("wb") as file:
            for piece in upload.chunks():
                hashed.update(piece)
                file.write(piece)
        check_start(path, shown)
        head, sent = _read_identity(path, shown)
        _check_whose(head, part, shown)
        rows = _read_rows(path, shown, head)
    identity = WorkbookIdentity(
        assessment=head["assessment"],
        part=head["part"],
        model=head["model"],
        sha256=head["sha256"],
        yes=head["yes"],
        no=head["no"],
        sent=sent,
    )
    _check_recognised(rows, part, shown, head["sheet"])
    return ReadWorkbook(shown, hashed.hexdigest(), head["sheet"], identity, rows)


def _refused(
    shown: str, sheet: str, line: int, column: str, found: str, expected: str
) -> RefusedError:
    place = f"{shown}, sheet {sheet}" if sheet else shown
    return RefusedError([Fault(place, line, column, found, expected)])


def _sheet(path: Path, shown: str, sheet: str) -> list[SourceRow]:
    try:
        with sheet_rows(path, shown, sheet) as rows:
            return [row for row, _n in zip(rows, range(MOST_ROWS + 1), strict=False)]
    except RefusedError as refusal:
        if refusal.faults[0].found.startswith("no sheet "):
            found = f"no sheet {sheet}"
            raise _refused(shown, sheet, 1, "sheet", found, _AS_IT_WENT_OUT) from refusal
        raise


def _read_identity(path: Path, shown: str) -> tuple[dict[str, str], dict[str, SentItem]]:
    head: dict[str, str] = {}
    sent: dict[str, SentItem] = {}
    for row in _sheet(path, shown, IDENTITY):
        name, *values = (written_as(cell) for cell in row.cells)
        if name == ITEM and len(values) + 1 >= _ITEM_PARTS and values[1].isdecimal():
            sent[values[0]] = SentItem(int(values[1][:9]), values[2])
        elif name in _HEAD and values:
            head[name] = values[0]
    lost = [name for name in _HEAD if not head.get(name)]
    if lost or head["form"] != FORM:
        found = f"no {lost[0]}" if lost else head["form"]
        raise _refused(shown, IDENTITY, 1, "A", found, _AS_IT_WENT_OUT)
    return head, sent


def _check_whose(head: dict[str, str], part: AssessorPart, shown: str) -> None:
    edition = part.assessment.edition
    expected = {
        "assessment": str(part.assessment.uuid),
        "part": str(part.uuid),
        "sha256": edition.sha256,
    }
    said = {
        "assessment": "the workbook of another assessment",
        "part": "the workbook of another assessor's part",
        "sha256": f"the workbook of {head['model']}",
    }
    wanted = f"the workbook of your part of {part.assessment.title}, by {edition}"
    for name, value in expected.items():
        if head[name] != value:
            raise _refused(shown, IDENTITY, _HEAD.index(name) + 1, "B", said[name], wanted)


def _read_rows(path: Path, shown: str, head: dict[str, str]) -> tuple[WorkbookRow, ...]:
    sheet = head["sheet"]
    rows = _sheet(path, shown, sheet)
    if len(rows) > MOST_ROWS:
        found = f"more than {MOST_ROWS} rows"
        raise _refused(shown, sheet, MOST_ROWS + 1, ITEM, found, "the rows of the part")
    first = rows[0] if rows else SourceRow(1, ())
    names = [written_as(cell).strip() for cell in first.cells]
    for name in COLUMNS:
        if names.count(name) != 1:
            found = f"{names.count(name) or 'no'} column {name} in the first row, which is hidden"
            raise _refused(shown, sheet, first.line, name, found, _AS_IT_WENT_OUT)
    places = {name: names.index(name) for name in COLUMNS}
    found_rows = (_row(row, places) for row in rows[1:])
    return tuple(row for row in found_rows if row.cells[ITEM] != head["head"])


def _row(row: SourceRow, places: dict[str, int]) -> WorkbookRow:
    texts = {
        name: written_as(row.cells[at]) if at < len(row.cells) else ""
        for name, at in places.items()
    }
    # What is too long is refused by its length, and need not be carried any further.
    return WorkbookRow(row.line, {name: text[: LONGEST + 1] for name, text in texts.items()})


def _check_recognised(
    rows: Iterable[WorkbookRow], part: AssessorPart, shown: str, sheet: str
) -> None:
    items = [item.key for item in items_of(part)]
    if items and not {row.cells[ITEM].strip() for row in rows}.intersection(items):
        found = "no row of any item of the part"
        raise _refused(shown, sheet, 3, ITEM, found, f"rows with keys such as {items[0]}")
