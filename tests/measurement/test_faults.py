"""Faults: one line each, of bounded length, with nothing that a terminal would obey."""

import pytest

from attain.measurement.faults import Fault, RefusedError, on_one_line, printable


@pytest.mark.parametrize(
    ("found", "shown"),
    [
        ("95 %", "95 %"),
        ("Zoë’s 客服 №7", "Zoë’s 客服 №7"),
        ("a\nb\r\nc\td", "a\\nb\\r\\nc\\td"),
        ("\x1b[2J\x07\x00\x7f\x9b", "\\x1b[2J\\x07\\x00\\x7f\\x9b"),
        ("\u202egnp.exe\u2066", "\\u202egnp.exe\\u2066"),
        ("a\u2028b\u0085c", "a\\u2028b\\x85c"),
        ("\ud800", "\\ud800"),
        ("\U000e0041", "\\U000e0041"),
        (None, "None"),
        (12, "12"),
    ],
)
def test_what_was_found_is_written_so_that_it_can_be_seen(found: object, shown: str) -> None:
    assert printable(found) == shown


def test_a_text_of_bounded_length_is_shown_whole() -> None:
    assert printable("x" * 120) == "x" * 120
    assert printable("x" * 121) == f"{'x' * 120}… (121 characters)"


def test_two_hundred_megabytes_are_shown_as_one_short_line() -> None:
    shown = printable("\x1b" * 200_000_000)
    assert shown.endswith("… (200000000 characters)")
    assert len(shown) < 600


def test_a_text_on_one_line_is_not_cut() -> None:
    assert on_one_line("x" * 500 + "\n") == "x" * 500 + "\\n"


def test_a_fault_is_one_line_that_names_its_place() -> None:
    fault = Fault("readings.csv", 7, "month", "2026-13\n", "a month\n  such as 2026-10")
    assert str(fault) == (
        "readings.csv:7: month: found 2026-13\\n, expected a month such as 2026-10"
    )


def test_a_refusal_tells_every_fault_in_a_line_of_its_own() -> None:
    faults = [Fault("a.csv", n, "1", f"x{n}", "y") for n in (2, 3)]
    refused = RefusedError(iter(faults))
    assert refused.faults == tuple(faults)
    assert str(refused).splitlines() == [str(fault) for fault in faults]
