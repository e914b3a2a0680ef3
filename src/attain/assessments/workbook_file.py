"""An assessor's part as an Excel workbook: what to read is locked, what to fill in is open.

The first row, which is hidden, names the columns, and a sheet that Excel does not show says whose
workbook it is: both are what it is read by when it comes back, in whatever language it was made.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from attain.assessments.rules.entries import Entry
from attain.assessments.rules.workbook import (
    FORM,
    INPUTS,
    ITEM,
    LONGEST,
    TITLE,
    WorkbookIdentity,
    cells_of,
)
from attain.organisations.exports import WORKBOOK_OPTIONS, sheet_name
from attain.standards.maturity_model import MaturityModel
from attain.standards.model_items import ModelItem

IDENTITY = "attain"
_HEADS = 2
# What the choices of a cell may be written with, by the rules of Excel.
_LONGEST_LIST = 255
_MOST_OF_A_CELL = 32_000


@dataclass(frozen=True)
class SentRow:
    """An item as it goes out, with the title of its category and what was entered of it."""

    category: str
    item: ModelItem
    entry: Entry


@dataclass(frozen=True)
class SentPart:
    """A part of an assessment as it goes out."""

    title: str
    place: str
    edition: str
    assessor: str
    identity: WorkbookIdentity
    model: MaturityModel
    rows: tuple[SentRow, ...]


def part_workbook(sent: SentPart) -> bytes:
    """Return the workbook of a part."""
    import xlsxwriter  # heavy, and most pages are never exported

    file = io.BytesIO()
    with xlsxwriter.Workbook(file, WORKBOOK_OPTIONS) as book:
        name = sheet_name(_("Ratings"))
        _Ratings(book, book.add_worksheet(name), sent).write()
        _explain(book, book.add_worksheet(sheet_name(_("Explanation"))), sent)
        _identify(book.add_worksheet(IDENTITY), name, sent.identity)
    return file.getvalue()


def _identify(sheet: Any, ratings: str, identity: WorkbookIdentity) -> None:
    head = [
        ("form", FORM),
        ("assessment", identity.assessment),
        ("part", identity.part),
        ("model", identity.model),
        ("sha256", identity.sha256),
        ("sheet", ratings),
        ("head", _key_head()),
        ("yes", identity.yes),
        ("no", identity.no),
    ]
    sent = ((ITEM, key, str(each.version), each.digest) for key, each in identity.sent.items())
    for y, row in enumerate([*head, *sent]):
        for x, text in enumerate(row):
            sheet.write_string(y, x, text)
    sheet.very_hidden()


def _key_head() -> str:
    return _("Key")


def _explain(book: Any, sheet: Any, sent: SentPart) -> None:
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    bold = book.add_format({"bold": True})
    facts = [
        (_("Assessment"), sent.title),
        (_("What is assessed"), sent.place),
        (_("Model"), sent.edition),
        (_("Assessor"), sent.assessor),
    ]
    for y, (name, text) in enumerate(facts):
        sheet.write_string(y, 0, name, bold)
        sheet.write_string(y, 1, text, wrapped)
    for y, line in enumerate(_lines(sent.identity), len(facts) + 1):
        sheet.write_string(y, 1, line, wrapped)
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 100)
    sheet.protect()


def _lines(identity: WorkbookIdentity) -> Iterator[str]:
    words = {"yes": identity.yes, "no": identity.no}
    yield _("Fill in the white cells of the sheet of ratings; the grey ones are there to be read.")
    yield _("Level and target are the number of a level. A target is the level or a higher one.")
    yield (
        _("Applies is %(yes)s or %(no)s. Where it is %(no)s, level is empty and reason says why.")
        % words
    )
    yield _("An item whose level is empty is left open, also where it had a level before.")
    yield _("Rows may stand in any order. What is left out stays as it is in attain.")
    yield _(
        "Save the file as .xlsx and upload it where it came from. What it would change is shown"
        " before anything is kept, and what was changed in attain meanwhile is yours to choose."
    )


class _Ratings:
    """The sheet of ratings as it is written."""

    def __init__(self, book: Any, sheet: Any, sent: SentPart) -> None:
        self.sheet, self.sent = sheet, sent
        base = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#D0D5DD"}
        self.read = book.add_format({**base, "bg_color": "#F2F4F7"})
        self.number = book.add_format({**base, "locked": False})
        # As text a cell keeps what is typed, whatever it begins with.
        self.text = book.add_format({**base, "locked": False, "num_format": "@"})
        self.bold = book.add_format({**base, "bold": True, "bg_color": "#F2F4F7"})
        self.levels = _levels(sent)

    def write(self) -> None:
        """Write the heads, the items and what may be typed."""
        for x, (key, head, width) in enumerate(self._columns()):
            self.sheet.write_string(0, x, key)
            self.sheet.write_string(1, x, head, self.bold)
            self.sheet.set_column(x, x, width)
        for y, row in enumerate(self.sent.rows, _HEADS):
            self._write_row(y, row)
        self.sheet.set_row(0, None, None, {"hidden": True})
        self.sheet.freeze_panes(_HEADS, 3)
        self.sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})

    def _columns(self) -> list[tuple[str, str, int]]:
        described = [(f"level_{n}", _named(self.sent.model, n), 32) for n in self.levels]
        return [
            ("category", _("Category"), 18),
            (ITEM, _key_head(), 16),
            (TITLE, _("Item"), 24),
            ("question", _("Question"), 32),
            *described,
            ("level", _("Level"), 8),
            ("target", _("Target"), 8),
            ("applies", _("Applies"), 9),
            ("reason", _("Reason why not"), 28),
            ("note", _("Note"), 36),
            ("needed", _("Needed for the next level"), 36),
        ]

    def _write_row(self, y: int, row: SentRow) -> None:
        item, model = row.item, self.sent.model
        texts = [row.category, item.key, item.title, item.question]
        texts += [model.text_of(item, level) for level in self.levels]
        for x, text in enumerate(texts):
            self.sheet.write_string(y, x, text[:_MOST_OF_A_CELL], self.read)
        identity = self.sent.identity
        cells = cells_of(row.entry, yes=identity.yes, no=identity.no)
        choices = _choices(model.levels_of(item))
        for x, name in enumerate(INPUTS, len(texts)):
            self._write_input(y, x, cells[name], is_level=name in ("level", "target"))
            self.sheet.data_validation(y, x, y, x, self._validation(name, choices))

    def _write_input(self, y: int, x: int, value: str | int | None, *, is_level: bool) -> None:
        style = self.number if is_level else self.text
        if isinstance(value, int):
            self.sheet.write_number(y, x, value, style)
        elif value:
            self.sheet.write_string(y, x, value, style)
        else:
            self.sheet.write_blank(y, x, None, style)

    def _validation(self, name: str, choices: dict[str, Any]) -> dict[str, Any]:
        if name in ("level", "target"):
            return choices
        if name == "applies":
            words = [self.sent.identity.yes, self.sent.identity.no]
            return {"validate": "list", "source": words}
        return {"validate": "length", "criteria": "<=", "value": LONGEST}


def _levels(sent: SentPart) -> list[int]:
    return sorted({level for row in sent.rows for level in sent.model.levels_of(row.item)})


def _choices(levels: Sequence[int]) -> dict[str, Any]:
    if len(",".join(map(str, levels))) <= _LONGEST_LIST:
        return {"validate": "list", "source": list(levels)}
    between = {"minimum": levels[0], "maximum": levels[-1]}
    return {"validate": "integer", "criteria": "between", **between}


def _named(model: MaturityModel, level: int) -> str:
    title = model.title_of(level)
    return title if title == str(level) else f"{level} {title}"
