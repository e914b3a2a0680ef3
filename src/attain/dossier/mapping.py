"""The mapping file: how a person's own spreadsheet or CSV becomes a table of a dossier."""

from datetime import date
from decimal import Decimal
from pathlib import Path as FilePath
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from attain.dossier import cells
from attain.measurement.zones import zone_named
from attain.standards.figures import Operation, ScopeKind
from attain.standards.loader import load, read_definition
from attain.standards.yaml_nodes import Document

Encoding = Literal[
    "utf-8", "utf-16", "windows-1250", "windows-1251", "windows-1252", "windows-1253",
    "windows-1254", "iso-8859-1", "iso-8859-2", "iso-8859-9", "iso-8859-15", "mac-roman",
    "shift_jis", "gb18030", "big5", "euc-kr",
]  # fmt: skip


def _as_text(given: Any) -> Any:
    """Read a number in a mapping as the text that it is written with."""
    counted = isinstance(given, (int, Decimal)) and not isinstance(given, bool)
    return str(given) if counted else given


def _yes_or_no(given: Any) -> bool:
    """Read `yes` or `no`, or YAML's own words for them."""
    words = {"yes": True, "no": False, True: True, False: False}
    if not isinstance(given, str | bool) or given not in words:
        raise ValueError("yes or no")
    return words[given]


AnyText = Annotated[str, BeforeValidator(_as_text)]
Text = Annotated[AnyText, Field(min_length=1)]
YesNo = Annotated[bool, BeforeValidator(_yes_or_no)]


class Part(BaseModel):
    """A part of the mapping file: no key beyond those that it names, and nothing changes later."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class FileOptions(Part):
    """How the file is written."""

    encoding: Encoding = Field("utf-8", description="The encoding of a CSV file.")
    delimiter: Text = Field(
        ",", description="What stands between two cells of a CSV file: one character, or `tab`."
    )
    sheet: Text | None = Field(
        None, description="The sheet of a spreadsheet; needed where it has more than one."
    )
    header_row: int = Field(
        1, ge=1, description="The line on which the names of the columns stand, counted from 1."
    )
    missing: tuple[Text, ...] = Field(
        (), description="Texts that stand for an empty cell, such as `n/a` or `-`."
    )
    decimal_mark: Literal[".", ","] = Field(".", description="The decimal mark of its numbers.")
    thousands_separator: Literal["none", ".", ",", "'", "space"] = Field(
        "none", description="What groups the digits of its numbers, if anything does."
    )

    @model_validator(mode="after")
    def _marks_differ(self) -> Self:
        """Refuse marks that could not be told apart."""
        if self.thousands_separator == self.decimal_mark:
            raise ValueError("a thousands separator that is not the decimal mark")
        if self.delimiter != "tab" and (len(self.delimiter) > 1 or self.delimiter in '"\r\n'):
            raise ValueError("a delimiter of one character, or `tab`")
        return self


class Source(Part):
    """Where the cells of a column come from, and how they are written there."""

    column: Text | Annotated[tuple[Text, ...], Field(min_length=1)] | None = Field(
        None,
        description="The column of the file. A list of columns is joined with a space, "
        "such as a date and a time of day.",
    )
    value: Text | None = Field(None, description="The same text for every row, with no column.")
    format: Text | None = Field(
        None,
        description="How dates, months and times are written: `iso` (the default), `serial 1900` "
        "or `serial 1904` (days counted by a spreadsheet), or a pattern such as `%d/%m/%Y`, "
        "`%b %Y` or `%d/%m/%Y %H:%M`.",
    )
    percent: YesNo = Field(
        False,
        description="`yes` where the numbers are per hundred: 95, 95% and 95 % are then 0.95. "
        "Not for spreadsheet cells shown as a percentage: they already hold 0.95.",
    )
    duration: YesNo = Field(
        False,
        description="`yes` where the cells are durations (`h:mm:ss`, or a spreadsheet's own): "
        "they are counted in seconds.",
    )
    values: dict[str, AnyText] | None = Field(
        None,
        description="What each text of the column stands for, such as `{Y: yes, N: no}`. "
        "A text that is not listed is refused.",
    )
    empty: Text | None = Field(
        None,
        description="What an empty cell stands for. Without it an empty cell is missing; "
        "a figure that is missing can never be taken for 0.",
    )

    @model_validator(mode="after")
    def _column_or_value(self) -> Self:
        """Refuse both or neither, and ways of writing for a constant."""
        if (self.column is None) == (self.value is None):
            raise ValueError("either `column` or `value`")
        if self.value is not None and self.model_fields_set != {"value"}:
            raise ValueError("nothing beside `value`")
        return self

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the file that are read: none for a constant."""
        if self.column is None:
            return ()
        return (self.column,) if isinstance(self.column, str) else self.column


def _spelled_out(given: Any) -> Any:
    """Read the short form, a column's name alone."""
    return {"column": given} if isinstance(given, str) else given


Columns = dict[str, Annotated[Source, BeforeValidator(_spelled_out)]]


class Condition(Part):
    """A condition that a row must meet to be read: one column, one comparison."""

    column: Text = Field(description="The column of the file.")
    equals: AnyText | None = Field(None, description="The row is read where the cell is this text.")
    is_not: AnyText | None = Field(
        None, alias="not", description="The row is read where the cell is not this text."
    )
    one_of: tuple[AnyText, ...] | None = Field(
        None, description="The row is read where the cell is one of these texts."
    )
    none_of: tuple[AnyText, ...] | None = Field(
        None, description="The row is read where the cell is none of these texts."
    )

    @model_validator(mode="after")
    def _one_comparison(self) -> Self:
        """Refuse no comparison, or several."""
        if len(self.model_fields_set - {"column"}) != 1:
            raise ValueError("one of `equals`, `not`, `one_of` and `none_of`")
        return self

    def keeps(self, text: str) -> bool:
        """Say whether a row with this text in the column is read."""
        if self.equals is not None:
            return text == self.equals
        if self.is_not is not None:
            return text != self.is_not
        if self.one_of is not None:
            return text in self.one_of
        return text not in (self.none_of or ())


class ScopeColumn(Part):
    """How the rows are split into dossiers, one for each site or programme."""

    column: Text = Field(
        description="The column that says whose row it is; best a code that stays when a name "
        "changes. The dossier's folder is named by it."
    )
    name: Text | None = Field(
        None,
        description="The column with the name. Where a code has several names, the latest is "
        "the name of its dossier, and all of them are told.",
    )


def _zone(key: str) -> str:
    """Refuse a time zone that there is not."""
    try:
        zone_named(key)
    except ValueError:
        raise ValueError("an IANA time zone such as Europe/London") from None
    return key


TimeZone = Annotated[Text, AfterValidator(_zone)]


class Times(Part):
    """How local times of intervals are placed."""

    timezone: TimeZone | None = Field(
        None,
        description="The IANA time zone of times written without an offset, such as "
        "`Europe/London`.",
    )
    occurrence: Literal["refuse", "file_order"] = Field(
        "refuse",
        description="What to do with a time that comes twice where the clock is put back: "
        "`refuse` it, or take the rows in the `file_order`, the first as the first.",
    )
    length: int | None = Field(
        None,
        ge=1,
        le=1440,
        description="The minutes of an interval. Intervals that overlap or do not start on a "
        "multiple of it are then refused, and gaps are told.",
    )


class ColumnSum(Part):
    """A volume counted from the file."""

    sum: Text = Field(description="The column whose numbers are added up.")


class Volume(Part):
    """The contacts of the last 12 months."""

    site: Annotated[int, Field(ge=0)] | ColumnSum = Field(
        description="Those of the whole site: a number, or `{sum: COLUMN}` of the file, over the "
        "12 months up to `as_of` (without it: up to the last month in the file)."
    )
    assessed: Annotated[int, Field(ge=0)] | ColumnSum = Field(
        description="Those of what is assessed, in the same way."
    )


def _day(given: Any) -> date:
    """Read a date to the letter of a dossier."""
    return cells.DATE.read(str(given))


class Header(Part):
    """What `dossier.yaml` is to say where the dossier is new."""

    kind: ScopeKind = Field(ScopeKind.SITE, description="What is assessed.")
    name: Text | None = Field(
        None, description="Its name. Not where `scope` splits the file: each name is read there."
    )
    operation: Operation = Field(description="Who runs it.")
    timezone: TimeZone = Field(description="Its IANA time zone.")
    channels: tuple[Text, ...] = Field(description="The channels in which it is contacted.")
    volume: Volume = Field(description="Its contacts in the last 12 months.")
    as_of: Annotated[date, BeforeValidator(_day)] | None = Field(
        None, description="The date as of which it is judged (YYYY-MM-DD)."
    )


class Mapping(Part):
    """How a person's own spreadsheet or CSV becomes one table of a dossier."""

    file: FileOptions = Field(default_factory=FileOptions, description="How the file is written.")
    columns: Columns = Field(
        default_factory=dict,
        description="The table's columns, and where their cells come from: the name of a column "
        "of the file, or a source with its keys.",
    )
    rows: tuple[Columns, ...] = Field(
        (),
        description="Where a row of the file holds several rows of the table: one entry for each, "
        "with the columns that differ. Without it each row gives one.",
    )
    filter: tuple[Condition, ...] = Field(
        (), description="Conditions of the rows that are read; all must hold."
    )
    scope: ScopeColumn | None = Field(
        None, description="How the file is split into dossiers. Without it, it gives one."
    )
    times: Times = Field(default_factory=Times, description="How local times are placed.")
    dossier: Header | None = Field(
        None, description="What `dossier.yaml` says; needed where a dossier is new."
    )
    tables: dict[str, tuple[dict[str, AnyText | None], ...]] = Field(
        default_factory=dict,
        description="Rows of other tables that belong to it, such as `processes`, `metrics` and "
        "`targets`, in the columns and the writing of a dossier. Every dossier gets them.",
    )

    @model_validator(mode="after")
    def _one_name(self) -> Self:
        """Refuse a name for the one dossier where the file gives several, or none."""
        if self.dossier is not None and (self.scope is None) == (self.dossier.name is None):
            raise ValueError("a `name` in `dossier` or a `scope` that splits the file, one of them")
        return self


def load_mapping(path: FilePath) -> tuple[Mapping, Document]:
    """Read a mapping file strictly; RefusedError with every fault, its line and column."""
    document = read_definition(path)
    return load(document, Mapping), document
