"""What the contract refuses of a dossier's files as files, its header and the command line."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from contract.refusing import FAULT, certify, places_of_faults
from dossiers import HEADER, write_dossier

READINGS = "metric,month,numerator,denominator\n"
ROW = "aht,2026-10,1,\n"
AS_OF = "as_of: 2026-10-31\n"


class Dossier:
    """A sound dossier in which files are replaced before it is certified."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys = folder, capsys

    def faults(self, files: Mapping[str, str | bytes], *options: str) -> list[str]:
        """Return the places of the faults of the dossier with some files replaced."""
        write_dossier(self.folder, files)
        return places_of_faults(self.capsys, str(self.folder), *options)


@pytest.fixture
def dossier(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Dossier:
    return Dossier(tmp_path / "dossier", capsys)


@pytest.mark.parametrize(
    "text",
    [
        READINGS + ROW,
        (READINGS + ROW).replace("\n", "\r\n"),
        READINGS.replace("\n", "\r\n") + ROW,
        (READINGS + ROW).rstrip("\n"),
        f"{READINGS}\n\r\n{ROW}\n\n",
        '"metric","month","numerator","denominator"\n"aht","2026-10","1",""\n',
        b"\xef\xbb\xbf" + (READINGS + ROW).encode(),
    ],
)
def test_csv_is_taken_in_any_of_its_forms(dossier: Dossier, text: str | bytes) -> None:
    assert dossier.faults({"readings.csv": text}) == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (f'{READINGS}aht,2026-10,"1,\n', "readings.csv:2: "),
        (f'{READINGS}{ROW}\naht,2026-09,1,"2\naht,2026-08,1,\n\n', "readings.csv:4: "),
        (f'{READINGS}"aht"x,2026-10,1,\n', "readings.csv:2: "),
        ("", "readings.csv:1: "),
        (b"\xef\xbb\xbf", "readings.csv:1: "),
        (READINGS.replace(",", ";") + ROW, "readings.csv:1: "),
        (f"{READINGS}   \n", "readings.csv:2: "),
        (f"{READINGS}\xe4ht,2026-10,1,\n".encode("latin-1"), "readings.csv:2: "),
        ((READINGS + ROW).encode("utf-16"), "readings.csv:1: "),
    ],
)
def test_what_is_no_csv_in_utf_8_is_refused(
    dossier: Dossier, text: str | bytes, place: str
) -> None:
    (fault,) = dossier.faults({"readings.csv": text})
    assert fault.startswith(place)


def test_a_carriage_return_alone_ends_no_line(dossier: Dossier) -> None:
    faults = dossier.faults({"readings.csv": (READINGS + ROW).replace("\n", "\r")})
    assert [fault.partition(": ")[0] for fault in faults] == ["readings.csv:1"]


def test_a_record_of_several_lines_is_named_by_its_first(dossier: Dossier) -> None:
    header = "item,documented,reason,evidence\n"
    text = f'{header}\na,"maybe","one\ntwo\r\n\nthree",\nb,perhaps,,\n'
    assert dossier.faults({"practices.csv": text}) == [
        "practices.csv:3: documented",
        "practices.csv:7: documented",
    ]


def test_what_is_found_stays_on_one_line(dossier: Dossier) -> None:
    header = "item,documented,reason,evidence\n"
    nasty = "no\nx.csv:1: y: found z, expected \u2028\x85\x0b\x1b[31m"
    assert dossier.faults({"practices.csv": f'{header}a,"{nasty}",,\n'}) == [
        "practices.csv:2: documented"
    ]
    (fault,) = dossier.faults({"practices.csv": 'item,documented,reason,evidence,"a: b\n"\n'})
    assert fault.startswith("practices.csv:1: ")


@pytest.mark.parametrize(
    "name",
    ["other.csv", "readings.parquet", "READINGS.CSV", "Metrics.csv", "x.parquet"],
)
def test_a_table_that_is_not_listed_is_refused(dossier: Dossier, name: str) -> None:
    assert dossier.faults({name: "metric\n"}) == [f"{name}:1: file"]


def test_other_files_are_ignored(dossier: Dossier) -> None:
    names = ["notes.txt", "readings.xlsx", "readings.csv.bak", "README", "costs.yaml", "csv"]
    assert dossier.faults(dict.fromkeys(names, b"\xff")) == []


def test_intervals_in_two_forms_are_refused(dossier: Dossier) -> None:
    header = "channel,start,offered,answered,within_threshold\n"
    faults = dossier.faults({"intervals.csv": header, "intervals.parquet": b""})
    assert "intervals.parquet:1: file" in faults


def test_a_dossier_begins_with_its_header(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert places_of_faults(capsys, str(tmp_path)) == ["dossier.yaml:1: file"]


def test_every_other_file_is_optional(dossier: Dossier) -> None:
    gone = dict.fromkeys(("processes.csv", "metrics.csv", "systems.csv"), "")
    assert dossier.faults(gone) == []


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        (HEADER, "", "dossier.yaml:1: "),
        (HEADER, "- scope\n", "dossier.yaml:1: "),
        ("scope: {kind: site, name: Leeds, operation: internal}\n", "", "dossier.yaml:1: scope"),
        (AS_OF, "", "dossier.yaml:1: as_of"),
        ("timezone: Europe/London\n", "", "dossier.yaml:1: timezone"),
        ("channels: [phone, email]\n", "", "dossier.yaml:1: channels"),
        ("volume: {site: 1000, assessed: 900}\n", "", "dossier.yaml:1: volume"),
        ("kind: site, ", "", "dossier.yaml:1: scope.kind"),
        ("name: Leeds, ", "", "dossier.yaml:1: scope.name"),
        (", operation: internal", "", "dossier.yaml:1: scope.operation"),
        (", assessed: 900", "", "dossier.yaml:5: volume.assessed"),
        ("site: 1000, ", "", "dossier.yaml:5: volume.site"),
        (AS_OF, f"{AS_OF}remark: x\n", "dossier.yaml:3: remark"),
        (AS_OF, AS_OF * 2, "dossier.yaml:3: as_of"),
        ("name: Leeds", "name: Leeds, city: x", "dossier.yaml:1: scope.city"),
        ("assessed: 900", "assessed: 900, x: 1", "dossier.yaml:5: volume.x"),
        ("kind: site", "kind: region", "dossier.yaml:1: scope.kind"),
        ("internal", "outsourced", "dossier.yaml:1: scope.operation"),
        ("Leeds", "'  '", "dossier.yaml:1: scope.name"),
        ("2026-10-31", "2026-02-30", "dossier.yaml:2: as_of"),
        ("2026-10-31", "31.10.2026", "dossier.yaml:2: as_of"),
        ("2026-10-31", "", "dossier.yaml:2: as_of"),
        ("Europe/London", "Mars/Base", "dossier.yaml:3: timezone"),
        ("Europe/London", "+01:00", "dossier.yaml:3: timezone"),
        ("[phone, email]", "phone", "dossier.yaml:4: channels"),
        ("[phone, email]", "[Phone]", "dossier.yaml:4: channels"),
        ("assessed: 900", "assessed: 1001", "dossier.yaml:5: volume.assessed"),
        ("assessed: 900", "assessed: -1", "dossier.yaml:5: volume.assessed"),
        ("assessed: 900", "assessed: 0.5", "dossier.yaml:5: volume.assessed"),
        ("assessed: 900", "assessed: 1e2", "dossier.yaml:5: volume.assessed"),
        ("assessed: 900", "assessed: many", "dossier.yaml:5: volume.assessed"),
        ("[phone, email]", "[phone", "dossier.yaml:"),
    ],
)
def test_a_header_that_is_not_as_the_contract_asks_is_refused(
    dossier: Dossier, old: str, new: str, place: str
) -> None:
    assert old in HEADER
    (fault,) = dossier.faults({"dossier.yaml": HEADER.replace(old, new) or "\n"})
    assert fault.startswith(place)


def test_a_header_in_the_form_of_a_block_names_the_line_of_each_fault(dossier: Dossier) -> None:
    flow = "scope: {kind: site, name: Leeds, operation: internal}\n"
    block = "# what is assessed\nscope:\n  kind: centre\n  name: Leeds\n  operation: nobody\n"
    assert dossier.faults({"dossier.yaml": HEADER.replace(flow, block)}) == [
        "dossier.yaml:3: scope.kind",
        "dossier.yaml:5: scope.operation",
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("kind: site", "kind: programme"),
        ("internal", "third_party"),
        ("2026-10-31", "'2026-10-31'"),
        ("[phone, email]", "[fax, web_chat2]"),
        ("site: 1000, assessed: 900", "site: 0, assessed: 0"),
        ("assessed: 900", "assessed: 1000"),
        ("scope:", "\ufeffscope:"),
    ],
)
def test_a_header_as_the_contract_asks_is_taken(dossier: Dossier, old: str, new: str) -> None:
    assert dossier.faults({"dossier.yaml": HEADER.replace(old, new)}) == []


def test_the_day_may_be_left_out_where_it_is_given_on_the_command_line(dossier: Dossier) -> None:
    header = {"dossier.yaml": HEADER.replace(AS_OF, "")}
    assert dossier.faults(header, "--as-of", "2026-10-31") == []


@pytest.mark.parametrize(
    "options",
    [
        ("--scheme", "no-such-scheme"),
        ("--as-of", "2026-02-30"),
        ("--as-of", "20261031"),
        ("--as-of", ""),
        ("--as-of",),
        ("--no-such-option",),
        ("another-dossier",),
    ],
)
def test_a_command_line_that_is_no_command_is_refused(
    dossier: Dossier, options: tuple[str, ...]
) -> None:
    assert len(dossier.faults({}, *options)) == 1


def test_a_folder_that_is_none_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text(HEADER)
    assert len(places_of_faults(capsys, str(tmp_path / "nowhere"))) == 1
    assert len(places_of_faults(capsys, str(tmp_path / "file"))) == 1
    assert len(places_of_faults(capsys)) == 1


def test_a_refusal_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_dossier(tmp_path / "dossier", {"readings.csv": "x\n", "other.csv": ""})
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert certify(capsys, str(folder))[0] == 2
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["dossier"]


def test_the_program_itself_refuses_with_status_2(tmp_path: Path) -> None:
    folder = write_dossier(tmp_path / "dossier", {"readings.csv": f"{READINGS}Zoë,2026-10,1,\n"})
    command = [sys.executable, "-m", "attain", "certify", str(folder), "--json"]
    ran = subprocess.run(command, capture_output=True, check=False)
    assert (ran.returncode, ran.stdout) == (2, b"")
    (line,) = ran.stderr.decode("utf-8").splitlines()
    assert FAULT.match(line)
    assert line.startswith('readings.csv:2: metric: found "Zoë", expected ')
