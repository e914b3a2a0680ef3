"""`dossier.yaml`: every key, no other, and each value as it was written."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attain.dossier.folder import read_dossier
from attain.dossier.header import Header, read_header
from dossiers import HEADER, faults_of, faults_with, write_dossier

WANTED = "scope, as_of, timezone, channels, volume"
LONG = """\
# a comment
scope:
  kind: programme
  name: "Größe: 1 # 2"
  operation: third_party
as_of: "2026-02-28"

timezone: Asia/Kathmandu
channels:
  - phone
  - live_chat
volume:
  site: 5000
  assessed: 5000
"""


def read(folder: Path, text: str | bytes, given: date | None = None) -> Header:
    path = folder / "dossier.yaml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_header(path, given)


def faults(folder: Path, text: str | bytes, given: date | None = None) -> list[str]:
    return [str(fault) for fault in read(folder, text, given).faults]


def test_a_header_is_read_in_block_and_in_flow_style(tmp_path: Path) -> None:
    header = read(tmp_path, LONG)
    assert not header.faults
    assert header.scope
    assert (header.scope.kind, header.scope.name) == ("programme", "Größe: 1 # 2")
    assert (header.scope.operation, header.scope.timezone) == ("third_party", "Asia/Kathmandu")
    assert header.scope.channels == ("phone", "live_chat")
    assert (header.scope.site_volume, header.scope.assessed_volume) == (5000, 5000)
    assert header.as_of == date(2026, 2, 28)
    assert not faults(tmp_path, HEADER)


@pytest.mark.parametrize("name", ["no", "2024", "1_000", "012", "1:30", "on", "2026-10-31", "=1+1"])
def test_what_yaml_would_take_for_something_else_stays_the_text_it_is(
    tmp_path: Path, name: str
) -> None:
    scope = read(tmp_path, HEADER.replace("Leeds", name)).scope
    assert scope
    assert scope.name == name


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("site, name", "region, name", '1: scope.kind: found "region", expected site or programme'),
        ("Leeds", "", "1: scope.name: found nothing, expected a text that is not empty"),
        ("Leeds", "~", "1: scope.name: found nothing, expected a text that is not empty"),
        ("Leeds", '"  "', '1: scope.name: found "  ", expected a text that is not empty'),
        ("Leeds", "[a]", "1: scope.name: found a list, expected a text that is not empty"),
        ("Leeds", r'"\ud800"', r'1: scope.name: found "\ud800", expected characters that can be'),
        ("Leeds", r'"\0"', r'1: scope.name: found "\x00", expected characters that can be written'),
        ("internal", "Internal", '1: scope.operation: found "Internal", expected internal or'),
        ("{kind: site, name: Leeds, operation: internal}", "Leeds",
         '1: scope: found the text "Leeds", expected the keys kind, name, operation'),
        (", operation: internal", "", "1: scope.operation: found no such key, expected the keys"),
        ("operation:", "size: 3, operation:", '1: scope.size: found the key "size", expected only'),
        ("2026-10-31", "2026-02-30", '2: as_of: found "2026-02-30", expected a date such as 2026-'),
        ("2026-10-31", "31.10.2026", '2: as_of: found "31.10.2026", expected a date such as 2026-'),
        ("2026-10-31", "45961", '2: as_of: found "45961", expected a date such as 2026-10-31 (yea'),
        ("2026-10-31", "", "2: as_of: found nothing, expected a date such as 2026-10-31"),
        ("Europe/London", "Europe/Leeds", '3: timezone: found "Europe/Leeds", expected an IANA ti'),
        ("Europe/London", "+01:00", '3: timezone: found "+01:00", expected an IANA time zone such'),
        ("Europe/London", "../UTC", '3: timezone: found "../UTC", expected an IANA time zone such'),
        ("Europe/London", "", "3: timezone: found nothing, expected an IANA time zone such as Eur"),
        ("[phone, email]", "phone", '4: channels: found the text "phone", expected a list of chan'),
        ("[phone, email]", "{phone: 1}", "4: channels: found a mapping of keys, expected a list"),
        ("email", "phone", '4: channels: found "phone" again, expected each channel once'),
        ("email", "E-mail", '4: channels: found "E-mail", expected a channel such as phone or li'),
        ("email", "null", "4: channels: found nothing, expected a channel such as phone or live"),
        ("email", "[chat]", "4: channels: found a list, expected a channel such as phone or live"),
        ("1000", "-1", '5: volume.site: found "-1", expected a whole number of 0 or more'),
        ("1000", "1000.5", '5: volume.site: found "1000.5", expected a whole number of 0 or more'),
        ("1000", "1_000", '5: volume.site: found "1_000", expected a whole number of 0 or more'),
        ("1000", "1e3", '5: volume.site: found "1e3", expected a whole number of 0 or more such'),
        ("1000", '"1000"', '5: volume.site: found the text "1000", expected a whole number of 0 o'),
        ("1000", "", "5: volume.site: found nothing, expected a whole number of 0 or more such"),
        ("1000", "899", "5: volume.assessed: found 900, expected at most the 899 of the site"),
        ("site: 1000, ", "", "5: volume.site: found no such key, expected the keys site, assessed"),
        ("timezone: Europe/London\n", "", "1: timezone: found no such key, expected the keys"),
        ("timezone:", "zone: x\ntimezone:", '3: zone: found the key "zone", expected only the'),
        ("timezone:", "as_of: 2026-10-31\ntimezone:",
         "3: as_of: found the key again, first on line 2, expected each key once"),
        ("name: Leeds", "name: Leeds, name: York",
         "1: scope.name: found the key again, first on line 1, expected each key once"),
        ("timezone:", "? [a]\n: b\ntimezone:", "3: key: found a list as a key, expected only the"),
        ("timezone:", '"a:b": c\ntimezone:', '3: key: found the key "a:b", expected only the keys'),
        ("timezone:", "<<: {a: b}\ntimezone:", '3: key: found the key "<<", expected only the'),
    ],
)  # fmt: skip
def test_a_fault_is_named_by_the_path_of_its_key(
    tmp_path: Path, old: str, new: str, fault: str
) -> None:
    assert old in HEADER
    found = faults(tmp_path, HEADER.replace(old, new, 1))
    assert len(found) == 1
    assert found[0].startswith(f"dossier.yaml:{fault}")


def test_whole_numbers_are_judged_by_value_and_no_channel_is_a_list_too(tmp_path: Path) -> None:
    text = HEADER.replace("1000", "1000.0").replace("900", "-0").replace("phone, email", "")
    scope = read(tmp_path, text).scope
    assert scope
    assert (scope.site_volume, scope.assessed_volume, scope.channels) == (1000, 0, ())


def test_every_fault_of_the_header_comes_at_once(tmp_path: Path) -> None:
    text = "scope:\n  kind: house\nchannels: [a, a]\nvolume:\n  site: x\n  assessed: 1\n"
    assert [fault.split(", expected")[0] for fault in faults(tmp_path, text)] == [
        "dossier.yaml:1: as_of: found no such key",
        "dossier.yaml:1: timezone: found no such key",
        "dossier.yaml:1: scope.name: found no such key",
        "dossier.yaml:1: scope.operation: found no such key",
        'dossier.yaml:2: scope.kind: found "house"',
        'dossier.yaml:3: channels: found "a" again',
        'dossier.yaml:5: volume.site: found "x"',
    ]


def test_the_day_may_be_left_out_where_it_is_given_otherwise(tmp_path: Path) -> None:
    without = HEADER.replace("as_of: 2026-10-31\n", "")
    given = date(2025, 5, 5)
    assert faults(tmp_path, without)
    folder = write_dossier(tmp_path / "dossier", {"dossier.yaml": without})
    assert read_dossier(folder, given).as_of == given


def test_the_day_that_is_given_goes_before_the_one_in_the_file(tmp_path: Path) -> None:
    folder = write_dossier(tmp_path / "dossier")
    assert read_dossier(folder).as_of == date(2026, 10, 31)
    assert read_dossier(folder, date(2025, 5, 5)).as_of == date(2025, 5, 5)


def test_a_day_in_the_file_is_checked_even_where_another_is_given(tmp_path: Path) -> None:
    folder = write_dossier(
        tmp_path / "dossier", {"dossier.yaml": HEADER.replace("2026-10-31", "soon")}
    )
    assert faults_of(folder, date(2025, 5, 5))[0].startswith('dossier.yaml:2: as_of: found "soon"')


@pytest.mark.parametrize(
    ("text", "line", "found"),
    [
        ("", 1, "nothing"),
        ("# only a comment\n", 1, "nothing"),
        ("scope: [1\n", 2, "'<stream end>'"),
        ("a: b\n\tc: d\n", 2, r"character '\t' that cannot start any token"),
        ("a: 1\n---\na: 1\n", 2, "another document"),
        ("a: *b\n", 1, "undefined alias 'b'"),
        ("a: b: c\n", 1, "mapping values are not allowed here"),
        ("a: b\nc: \x01\n", 2, r"the character '\x01'"),
        ('a: "\\UFFFFFFFF"\n', 1, "an escaped character that does not exist"),
        ("[" * 100_000, 1, "far more than a header holds"),
        ("{a: " * 5_000, 1, "far more than a header holds"),
        ("a: [" + "b," * 200_000 + "]", 1, "far more than a header holds"),
        ("".join(f"k{n}: 1\n" for n in range(50_000)), 5000, "far more than a header holds"),
    ],
)
def test_what_is_no_yaml_is_a_fault_of_the_file(
    tmp_path: Path, text: str, line: int, found: str
) -> None:
    expected = f"one YAML mapping with the keys {WANTED}"
    assert faults(tmp_path, text) == [
        f"dossier.yaml:{line}: file: found {found}, expected {expected}"
    ]


@pytest.mark.parametrize("text", ["scope", "[scope]", "- a\n- b\n"])
def test_what_has_no_keys_is_asked_for_them(tmp_path: Path, text: str) -> None:
    assert faults(tmp_path, text)[0].endswith(f", expected the keys {WANTED}")


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (HEADER.encode("utf-16"), "1: file: found UTF-16 text, expected UTF-8 text"),
        (b"PK\x03\x04\xff", "1: file: found a spreadsheet or another zip archive, expected UTF-8"),
        (b"PK\x03\x04", "1: file: found a spreadsheet or another zip archive, expected a short"),
        (b"a: b\nc: \xe9\n", "2: file: found the byte 0xE9, expected UTF-8 text"),
        (b"#" * (2**20 + 1), "1: file: found a file of more than 1 MiB, expected a short UTF-8"),
    ],
)
def test_a_header_that_is_no_short_text_is_refused(
    tmp_path: Path, content: bytes, fault: str
) -> None:
    found = faults(tmp_path, content)
    assert len(found) == 1
    assert found[0].startswith(f"dossier.yaml:{fault}")


def test_a_byte_order_mark_and_crlf_are_tolerated(tmp_path: Path) -> None:
    assert not faults(tmp_path, ("\ufeff" + LONG).replace("\n", "\r\n"))


def test_aliases_do_not_multiply(tmp_path: Path) -> None:
    laughs = "a0: &a0 [x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 18)
    )
    assert len(faults(tmp_path, laughs + HEADER)) == 18


def test_a_dossier_without_a_header_says_how_to_get_one(tmp_path: Path) -> None:
    assert faults_with(tmp_path, {"dossier.yaml": ""}) == [
        "dossier.yaml:1: file: found no such file, expected the file with which a dossier begins; "
        "“attain dossier new” makes one"
    ]


@given(st.text(max_size=60))
def test_no_text_whatever_breaks_the_header(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    folder = tmp_path_factory.mktemp("header")
    raw = text.encode(errors="surrogatepass")
    assert faults(folder, raw)
    assert isinstance(faults(folder, HEADER.encode() + raw), list)
    scope = HEADER.encode().replace(b"Leeds", raw)
    assert read(folder, scope).scope or faults(folder, scope)
