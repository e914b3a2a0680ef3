"""Numbers, dates and texts of a person's own file are read as declared, or refused."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attain.dossier.mapping import FileOptions, Source
from attain.dossier.source_cells import read_date, read_key, read_month, read_number, read_time
from attain.dossier.spreadsheets import SourceCell
from attain.measurement.numbers import write_exact
from importing import DOSSIER, METRICS, bring_in, refusals, written

REST = DOSSIER + METRICS
MARKS = [(".", "none"), (".", ","), (",", "."), (",", "space"), (".", "'")]


def number(text: str, mark: str = ".", separator: str = "none", **more: bool) -> str:
    options = FileOptions(decimal_mark=mark, thousands_separator=separator)
    return write_exact(read_number(text, Source(column="x", **more), options))


@pytest.mark.parametrize(
    ("text", "mark", "separator", "value"),
    [
        ("1,5", ",", "none", "1.5"),
        ("1.000", ".", "none", "1"),
        ("1.000", ",", ".", "1000"),
        ("1.234.567,5", ",", ".", "1234567.5"),
        ("1234567", ",", ".", "1234567"),
        ("1 234 567", ",", "space", "1234567"),
        ("1\u202f234", ",", "space", "1234"),
        ("1\u00a0234", ",", "space", "1234"),
        ("12’345", ".", "'", "12345"),
        ("-0", ".", "none", "0"),
        (" 7 ", ".", "none", "7"),
        ("-2.50", ".", "none", "-2.5"),
    ],
)
def test_a_number_is_read_by_the_declared_marks(
    text: str, mark: str, separator: str, value: str
) -> None:
    assert number(text, mark, separator) == value


@pytest.mark.parametrize(
    ("text", "mark", "separator"),
    [
        ("1,5", ".", "none"),
        ("1.5", ",", "none"),
        ("1,5", ".", ","),
        ("1,2345", ".", ","),
        ("12,34,567", ".", ","),
        ("1.5.2", ".", "none"),
        ("(12)", ".", "none"),
        ("12%", ".", "none"),
        ("+5", ".", "none"),
        ("1e3", ".", "none"),
        ("1e400", ".", "none"),
        ("0x10", ".", "none"),
        ("NaN", ".", "none"),
        ("Infinity", ".", "none"),
        ("٣", ".", "none"),
        ("£5", ".", "none"),
        ("5 s", ".", "none"),
        ("−5", ".", "none"),
        (".5", ".", "none"),
        ("5.", ".", "none"),
        ("1" * 1001, ".", "none"),
    ],
)
def test_a_number_in_any_other_writing_is_refused(text: str, mark: str, separator: str) -> None:
    with pytest.raises(ValueError, match="a number with"):
        number(text, mark, separator)


@given(st.integers(-(10**12), 10**12), st.integers(0, 999), st.sampled_from(MARKS), st.booleans())
def test_a_number_written_by_the_declared_marks_comes_back_exactly(
    whole: int, rest: int, marks: tuple[str, str], grouped: bool
) -> None:
    mark, separator = marks
    sign = {"none": "", "space": " "}.get(separator, separator)
    digits = f"{whole:,}".replace(",", sign) if grouped else str(whole)
    expected = f"{whole}.{rest:03d}".rstrip("0").rstrip(".")
    assert number(f"{digits}{mark}{rest:03d}", mark, separator) == expected


@pytest.mark.parametrize("text", ["95", "95%", "95 %", "95.0 %"])
def test_a_percentage_is_a_share_where_it_is_declared(text: str) -> None:
    assert number(text, percent=True) == "0.95"


@pytest.mark.parametrize(("text", "seconds"), [("0:05:32", "332"), ("30:00:01", "108001")])
def test_a_duration_counts_seconds_also_beyond_a_day(text: str, seconds: str) -> None:
    assert number(text, duration=True) == seconds


@pytest.mark.parametrize("text", ["5:32", "332", "0:60:00", "-0:00:01"])
def test_a_duration_that_could_be_read_in_two_ways_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="h:mm:ss"):
        number(text, duration=True)


@pytest.mark.parametrize(
    ("text", "form", "day"),
    [
        ("12/03/2026", "%d/%m/%Y", "2026-03-12"),
        ("12/03/2026", "%m/%d/%Y", "2026-12-03"),
        ("1/4/2026", "%d/%m/%Y", "2026-04-01"),
        ("20260401", "%Y%m%d", "2026-04-01"),
        (Fraction(20260401), "%Y%m%d", "2026-04-01"),
        (date(2026, 4, 1), "%d/%m/%Y", "2026-04-01"),
        ("1 Apr 2026", "%d %b %Y", "2026-04-01"),
        ("46113", "serial 1900", "2026-04-01"),
        ("44651", "serial 1904", "2026-04-01"),
        ("61", "serial 1900", "1900-03-01"),
        ("0", "serial 1904", "1904-01-01"),
        ("2026-04-01", "iso", "2026-04-01"),
    ],
)
def test_a_date_is_read_by_the_declared_format(text: SourceCell, form: str, day: str) -> None:
    assert read_date(text, form).isoformat() == day


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("12/03/2026", "iso"),
        ("31/04/2026", "%d/%m/%Y"),
        ("03/31/2026", "%d/%m/%Y"),
        ("2026111", "%Y%m%d"),
        ("46113", "iso"),
        ("60", "serial 1900"),
        ("59", "serial 1900"),
        ("-1", "serial 1904"),
        ("99999999", "serial 1900"),
        ("46113.5", "serial 1900"),
        ("1.4e4", "serial 1900"),
        ("٠١/٠٤/٢٠٢٦", "%d/%m/%Y"),
        ("2026-04-01T09:00", "iso"),
    ],
)
def test_a_date_that_is_not_as_declared_is_refused(text: str, form: str) -> None:
    with pytest.raises(ValueError, match=r"a date|days counted"):
        read_date(text, form)


@pytest.mark.parametrize(
    ("text", "form"),
    [("2026-04", "iso"), ("Apr 2026", "%b %Y"), ("30/04/2026", "%d/%m/%Y"), ("Apr-26", "%b-%y")],
)
def test_a_month_is_read_from_a_month_or_a_date(text: str, form: str) -> None:
    assert str(read_month(text, form)) == "2026-04"


def test_a_quarter_is_not_a_month() -> None:
    with pytest.raises(ValueError, match="quarter cannot be told apart by month"):
        read_month("FY2019-Q1", "iso")


@pytest.mark.parametrize(
    ("text", "form", "moment"),
    [
        ("2026-04-01T09:15", "iso", "2026-04-01T09:15:00"),
        ("2026-04-01 09:15:00+01:00", "iso", "2026-04-01T09:15:00+01:00"),
        ("01/04/2026 09:15", "%d/%m/%Y %H:%M", "2026-04-01T09:15:00"),
        ("46113.3854166667", "serial 1900", "2026-04-01T09:15:00"),
    ],
)
def test_a_time_is_read_by_the_declared_format(text: str, form: str, moment: str) -> None:
    assert read_time(text, form).isoformat() == moment


@pytest.mark.parametrize(
    "text", ["20260401T0915", "2026-W14-3", "2026-04-01", "09:15", "2026-04-01T24:00"]
)
def test_a_time_in_another_iso_form_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="a time written"):
        read_time(text, "iso")


def test_an_id_that_a_spreadsheet_rounded_is_refused() -> None:
    assert read_key("00123") == "00123"
    with pytest.raises(ValueError, match="rounded"):
        read_key("1.23E+15")


@pytest.mark.parametrize(
    "text", ["=1+1", "+44", "-x", "@SUM(A1)", "\tx", " x ", "a,b", 'a"b', "＝1"]
)
def test_a_text_that_looks_like_a_formula_stays_what_it_is(tmp_path: Path, text: str) -> None:
    quoted = '"' + text.replace('"', '""') + '"'
    mapping = "columns: {item: A, documented: {value: yes}, evidence: B}\n"
    bring_in(tmp_path, f"A,B\nx,{quoted}\n", mapping + DOSSIER, "practices")
    again = "columns: {item: item, documented: documented, reason: reason, evidence: evidence}\n"
    bring_in(
        tmp_path,
        (tmp_path / "out/practices.csv").read_bytes(),
        again + DOSSIER,
        "practices",
        out="b",
    )
    assert written(tmp_path, "practices") == written(tmp_path, "practices", "b")
    assert written(tmp_path, "practices")[0] in (f"x,yes,,{text}", f"x,yes,,{quoted}")


@pytest.mark.parametrize(
    ("options", "own"),
    [
        ("{encoding: windows-1252, delimiter: ;}", "Mönat;W;N\n2026-09;1,5;2\n".encode("cp1252")),
        ("{encoding: utf-16, delimiter: tab}", "Mönat\tW\tN\n2026-09\t1,5\t2\n".encode("utf-16")),
        ("{delimiter: '|'}", "\ufeffMönat|W|N\r\n2026-09|1,5|2\r\n".encode()),
    ],
)
def test_the_declared_encoding_and_delimiter_are_used(
    tmp_path: Path, options: str, own: bytes
) -> None:
    file = options.replace("}", ", decimal_mark: ','}")
    columns = "columns: {metric: {value: aht}, month: Mönat, numerator: W, denominator: N}\n"
    bring_in(tmp_path, own, f"file: {file}\n{columns}{REST}")
    assert written(tmp_path) == ["aht,2026-09,1.5,2"]


def test_bytes_of_another_encoding_are_refused_with_their_line(tmp_path: Path) -> None:
    columns = "columns: {metric: {value: aht}, month: M, numerator: N}\n"
    (fault,) = refusals(tmp_path, b"M,N\n2026-09,1\n2026-10,\xb0\n", columns + REST)
    assert fault.startswith("own.csv:3: file: found the byte 0xB0, expected utf-8; declare")
    (fault,) = refusals(tmp_path, "M,N\n2026-09,1\n".encode("utf-16"), columns + REST)
    assert "0xFF" in fault
    (fault,) = refusals(tmp_path, "M,N\n2026-09,1\n".encode("utf-16-le"), columns + REST)
    assert "NUL" in fault
    assert "encoding: utf-16" in fault


def test_a_header_below_a_title_is_found_by_its_line(tmp_path: Path) -> None:
    own = "Report of the month\n\nM,N\n2026-09,1\n"
    columns = "columns: {metric: {value: aht}, month: M, numerator: N}\n"
    bring_in(tmp_path, own, "file: {header_row: 3}\n" + columns + REST)
    assert written(tmp_path) == ["aht,2026-09,1,"]
    (fault,) = refusals(tmp_path, own, "file: {header_row: 2}\n" + columns + REST, out="b")
    assert fault == "own.csv:2: header: found nothing, expected the names of the columns"


def test_a_quotation_mark_that_is_not_closed_is_refused_at_its_line(tmp_path: Path) -> None:
    columns = "columns: {metric: {value: aht}, month: M, numerator: N}\n"
    (fault,) = refusals(tmp_path, 'M,N\n2026-09,1\n"2026-10,1\n', columns + REST)
    assert fault.startswith("own.csv:3: record: found a record that does not split")


def test_records_of_several_lines_keep_the_lines_of_those_below(tmp_path: Path) -> None:
    columns = "columns: {metric: {value: aht}, month: M, numerator: N}\n"
    (fault,) = refusals(tmp_path, 'M,N,Note\n2026-09,1,"a\nb"\r\n2026-10,x,\n', columns + REST)
    assert fault.startswith("own.csv:4: N: ")


def test_a_column_that_the_file_has_twice_is_refused_only_where_it_is_used(tmp_path: Path) -> None:
    columns = "columns: {metric: {value: aht}, month: M, numerator: N}\n"
    bring_in(tmp_path, "M,N,X,X\n2026-09,1,2,3\n", columns + REST)
    (fault,) = refusals(tmp_path, "M,N,N\n2026-09,1,1\n", columns + REST, out="b")
    assert fault.endswith("expected the column N once, not 2 times")


def test_more_columns_than_a_report_has_are_refused(tmp_path: Path) -> None:
    columns = "columns: {metric: {value: aht}, month: M, numerator: N}\n"
    own = "M,N," + ",".join(f"c{n}" for n in range(10_000)) + "\n"
    assert "10002 columns" in refusals(tmp_path, own, columns + REST)[0]


def test_a_cell_longer_than_any_figure_is_refused_at_its_line(tmp_path: Path) -> None:
    columns = "columns: {metric: {value: aht}, month: M, numerator: N}\n"
    own = f"M,N\n2026-09,1\n2026-10,{'9' * 200_000}\n"
    (fault,) = refusals(tmp_path, own, columns + REST)
    assert fault.startswith("own.csv:3: record: found a record that does not split")


@pytest.mark.parametrize("own", ["M,N\r2026-09,1\r", "M,N\r\n2026-09,1\n", "M,N\n2026-09,1"])
def test_lines_may_end_in_any_way(tmp_path: Path, own: str) -> None:
    columns = "columns: {metric: {value: aht}, month: M, numerator: N}\n"
    bring_in(tmp_path, own, columns + REST)
    assert written(tmp_path) == ["aht,2026-09,1,"]


def test_a_header_that_is_broken_over_lines_is_named_by_its_words(tmp_path: Path) -> None:
    columns = "columns: {metric: {value: aht}, month: M, numerator: Calls per day}\n"
    bring_in(tmp_path, 'M,"Calls\nper\u00a0 day"\n2026-09,1\n', columns + REST)
    assert written(tmp_path) == ["aht,2026-09,1,"]
