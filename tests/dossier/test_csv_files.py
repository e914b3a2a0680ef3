"""CSV to the letter: what splits into records, what is refused, and at which line."""

import csv
import io
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attain.dossier.csvfile import CsvFile
from attain.dossier.faultlist import FaultList
from attain.measurement.faults import MOST_OF_A_FILE


def read(path: Path, content: bytes | str) -> tuple[list[tuple[int, list[str]]], list[str], bool]:
    """Return the sound records with their lines, the faults, and whether all was read."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    faults = FaultList("t.csv")
    file = CsvFile(path, faults)
    records = [(record.line, record.cells) for record in file.records() if record.sound]
    return records, [str(fault) for fault in faults.in_order()], file.complete


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "t.csv"


@pytest.mark.parametrize(
    ("content", "records"),
    [
        ("a,b\n1,2\n", [(1, ["a", "b"]), (2, ["1", "2"])]),
        ("a,b\n1,2", [(1, ["a", "b"]), (2, ["1", "2"])]),
        ("a,b\r\n1,2\n3,4\r\n", [(1, ["a", "b"]), (2, ["1", "2"]), (3, ["3", "4"])]),
        ("\ufeffa,b\n", [(1, ["a", "b"])]),
        ('\ufeff"a",b\n', [(1, ["a", "b"])]),
        ("a\n\n\r\nb\n", [(1, ["a"]), (4, ["b"])]),
        ("\na\n", [(2, ["a"])]),
        ("a,\n,b\n,\n", [(1, ["a", ""]), (2, ["", "b"]), (3, ["", ""])]),
        ('"a,b",c\n', [(1, ["a,b", "c"])]),
        ('"a ""b""",c\n', [(1, ['a "b"', "c"])]),
        ('"""",""\n', [(1, ['"', ""])]),
        ('""\n', [(1, [""])]),
        ('a,"1\n\n2"\r\nb,c\n', [(1, ["a", "1\n\n2"]), (4, ["b", "c"])]),
        ('"1\r\n2\r3","4\n5"\nx,y', [(1, ["1\r\n2\r3", "4\n5"]), (4, ["x", "y"])]),
        (" a , b\n", [(1, [" a ", " b"])]),
        ("=1+1,@x\n", [(1, ["=1+1", "@x"])]),
        ("", []),
        ("\n\r\n", []),
    ],
)
def test_a_record_is_known_by_its_first_line(
    path: Path, content: str, records: list[tuple[int, list[str]]]
) -> None:
    assert read(path, content) == (records, [], True)


BAD_QUOTING = [
    ('a,b\n1,x"y\n3,4\n', "t.csv:2: b: found a quotation mark inside a cell that does not begin"),
    ('a,b\n1,"x"y\n3,4\n', "t.csv:2: b: found text after a closing quotation mark"),
    ('a,b\n"x" ,2\n3,4\n', "t.csv:2: a: found text after a closing quotation mark"),
    ('a,b\n1, "x"\n3,4\n', "t.csv:2: b: found a quotation mark inside a cell that does not begin"),
    ('a,b\n"1\n2"x,5\n3,4\n', "t.csv:2: a: found text after a closing quotation mark"),
    ("a,b\n1\r,2\n3,4\n", "t.csv:2: a: found a carriage return without a line feed"),
    ("a,b\n1,2\r\r\n3,4\n", "t.csv:2: b: found a carriage return without a line feed"),
    ('a,b\n1,"2"\r\r\n3,4\n', "t.csv:2: b: found a carriage return without a line feed"),
    ('a,b\n"1",2\r5\n3,4\n', "t.csv:2: b: found a carriage return without a line feed"),
    ('a,b\n1,2,3,x"\n3,4\n', "t.csv:2: record: found a quotation mark inside a cell"),
]


@pytest.mark.parametrize(("content", "fault"), BAD_QUOTING)
def test_a_record_that_does_not_split_is_named_and_reading_goes_on(
    path: Path, content: str, fault: str
) -> None:
    records, faults, complete = read(path, content)
    assert [cells for _, cells in records] == [["a", "b"], ["3", "4"]]
    assert len(faults) == 1
    assert faults[0].startswith(fault)
    assert complete


def test_a_mark_that_is_not_closed_is_named_where_its_record_begins(path: Path) -> None:
    records, faults, complete = read(path, 'a,b\n1,2\n3,"4\n5,6\n')
    assert records[-1] == (2, ["1", "2"])
    assert faults == [
        "t.csv:3: b: found a quotation mark that is not closed by the end of the file, "
        'expected a closing quotation mark; one inside a cell is written ""'
    ]
    assert not complete


@pytest.mark.parametrize("content", ["a,b\r1,2\r", 'a"b\n', '"a\n', '"a"b,c\n'])
def test_a_header_that_does_not_split_ends_the_file(path: Path, content: str) -> None:
    records, faults, complete = read(path, content + "\n3,4\n")
    assert not records
    assert len(faults) == 1
    assert faults[0].startswith("t.csv:1: header: found ")
    assert not complete


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"PK\x03\x04rest", "a spreadsheet or another zip archive"),
        (b"PK\x05\x06" + bytes(18), "a spreadsheet or another zip archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel workbook"),
        (b"PAR1....PAR1", "a Parquet file"),
        (b"\x1f\x8b\x08", "a gzip archive"),
        (b"%PDF-1.7", "a PDF document"),
        ("a,b\n1,2\n".encode("utf-16"), "UTF-16 text"),
        ("a,b\n1,2\n".encode("utf-16-le"), "UTF-16 text"),
        ("a,b\n1,2\n".encode("utf-16-be"), "UTF-16 text"),
    ],
)
def test_what_is_no_utf_8_text_is_called_by_its_name(path: Path, content: bytes, what: str) -> None:
    records, faults, complete = read(path, content)
    assert not records
    assert faults == [
        f"t.csv:1: file: found {what}, expected UTF-8 text "
        "(save it as “CSV UTF-8” from the program that wrote it)"
    ]
    assert not complete


def test_a_table_whose_first_column_begins_with_pk_is_no_archive(path: Path) -> None:
    assert read(path, "PKW,b\n")[0] == [(1, ["PKW", "b"])]


@pytest.mark.parametrize(
    ("bad", "found"),
    [
        (b"caf\xe9,1", "the byte 0xE9, which is not UTF-8 there"),
        (b'"x\ncaf\xe9",1', "the byte 0xE9, which is not UTF-8 there"),
        (b"\xed\xa0\x80,1", "the byte 0xED, which is not UTF-8 there"),
        (b"a\0b,1", "a NUL character"),
        (b"\0,\0", "a NUL character"),
    ],
)
def test_bytes_that_are_no_text_are_named_by_their_record(
    path: Path, bad: bytes, found: str
) -> None:
    records, faults, complete = read(path, b"a,b\n1,2\n" + bad + b"\n3,4\n")
    assert [cells for _, cells in records] == [["a", "b"], ["1", "2"], ["3", "4"]]
    assert [fault.split(", expected")[0] for fault in faults] == [f"t.csv:3: record: found {found}"]
    assert not complete


def test_faults_are_cut_off_where_nobody_reads_on(path: Path) -> None:
    _, faults, complete = read(path, "a,b\n" + 'x"\n' * (MOST_OF_A_FILE + 500))
    assert len(faults) == MOST_OF_A_FILE + 1
    line = MOST_OF_A_FILE + 2
    assert faults[-1] == (
        f"t.csv:{line}: file: found more faults than these, expected these to be put right first"
    )
    assert not complete


def test_a_file_that_cannot_be_opened_is_a_fault(tmp_path: Path) -> None:
    faults = FaultList("t.csv")
    assert not list(CsvFile(tmp_path / "nothing.csv", faults).records())
    assert [str(fault) for fault in faults.in_order()] == [
        "t.csv:1: file: found No such file or directory, expected a file that can be read"
    ]


# Cells as a spreadsheet may hold them: any text but NUL, which no text file has.
CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)
RECORDS = st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=6)


@given(
    records=RECORDS,
    # With other line ends the standard writer leaves a carriage return in a cell unquoted.
    style=st.sampled_from(
        [(csv.QUOTE_MINIMAL, "\r\n"), (csv.QUOTE_ALL, "\r\n"), (csv.QUOTE_ALL, "\n")]
    ),
    bom=st.booleans(),
)
def test_what_a_csv_writer_writes_is_read_back(
    tmp_path_factory: pytest.TempPathFactory,
    records: list[list[str]],
    style: tuple[Literal[0, 1], str],
    bom: bool,
) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, quoting=style[0], lineterminator=style[1]).writerows(records)
    raw = text.getvalue().encode("utf-8-sig" if bom or records[0][0][:1] == "\ufeff" else "utf-8")
    read_back, faults, complete = read(tmp_path_factory.mktemp("csv") / "t.csv", raw)
    assert [cells for _, cells in read_back] == records
    assert (faults, complete) == ([], True)


@given(st.text(st.sampled_from('ab,"\r\n'), max_size=14))
def test_what_is_accepted_means_the_same_to_the_standard_reader(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    records, faults, _ = read(tmp_path_factory.mktemp("csv") / "t.csv", text)
    if not faults:
        standard = csv.reader(io.StringIO(text, newline=""), strict=True)
        assert [cells for _, cells in records] == [cells for cells in standard if cells]


@given(st.text(st.sampled_from('a,"\r\n'), max_size=14))
def test_what_the_standard_reader_refuses_is_refused(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    try:
        list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        assert read(tmp_path_factory.mktemp("csv") / "t.csv", text)[1]


@given(st.binary(max_size=40))
def test_no_bytes_whatever_break_the_reader(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    records, faults, complete = read(tmp_path_factory.mktemp("csv") / "t.csv", content)
    assert complete or faults
    assert all(line >= 1 and cells for line, cells in records)
