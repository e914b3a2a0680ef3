"""Exact numbers: read as they stand, written without loss, cut and never rounded up."""

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attain.measurement.numbers import (
    LONGEST_NUMBER,
    parse_number,
    write_exact,
    write_percent,
    write_share,
)

DIGITS = st.text("0123456789", min_size=1, max_size=30)
WRITTEN = st.builds(
    lambda minus, whole, part: minus + whole + (f".{part}" if part else ""),
    st.sampled_from(["", "-"]),
    DIGITS,
    st.none() | DIGITS,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", Fraction(0)),
        ("-0", Fraction(0)),
        ("12", Fraction(12)),
        ("0012", Fraction(12)),
        ("-0.50", Fraction(-1, 2)),
        ("0.1", Fraction(1, 10)),
        ("94.985", Fraction(94985, 1000)),
        ("9" * LONGEST_NUMBER, Fraction(10**LONGEST_NUMBER - 1)),
    ],
)
def test_digits_with_a_minus_and_a_point_are_a_number(text: str, value: Fraction) -> None:
    assert parse_number(text) == value


NO_NUMBERS = """
  +1  1.  .5  1e3  1E400  0x10  1_000  1,5  1.000.0  12%  (12)  --1  -  nan  NaN  inf  Infinity
  -inf  1/2  ٣  １  ½  −1
"""


@pytest.mark.parametrize(
    "text",
    ["", " ", "1 ", " 1", "1\n", "1\x00", "9" * (LONGEST_NUMBER + 1), *NO_NUMBERS.split()],
)
def test_what_is_not_written_so_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        parse_number(text)


@given(text=WRITTEN)
def test_what_is_read_is_the_decimal_that_stands_there(text: str) -> None:
    whole, _, part = text.lstrip("-").partition(".")
    value = int(whole + part) * (-1 if text.startswith("-") else 1)
    assert parse_number(text) * 10 ** len(part) == value


@given(text=WRITTEN)
def test_what_is_written_reads_back_as_the_same_number(text: str) -> None:
    value = parse_number(text)
    assert parse_number(write_exact(value)) == value


@given(text=WRITTEN)
def test_a_number_is_written_in_one_way_only(text: str) -> None:
    written = write_exact(parse_number(text))
    whole, point, part = written.lstrip("-").partition(".")
    assert not part.endswith("0")
    assert bool(point) == bool(part)
    assert whole == "0" or not whole.startswith("0")
    assert written != "-0"


@given(value=st.fractions())
def test_a_number_without_an_end_is_written_as_a_ratio(value: Fraction) -> None:
    written = write_exact(value)
    assert Fraction(written) == value
    if "/" in written:
        rest = value.denominator
        for factor in (2, 5):
            while rest % factor == 0:
                rest //= factor
        assert rest > 1


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Fraction(0), "0"),
        (Fraction(-3, 2), "-1.5"),
        (Fraction(2, 3), "2/3"),
        (Fraction(-2, 3), "-2/3"),
        (Fraction(1, 1024), "0.0009765625"),
        (Fraction(94985, 100000), "0.94985"),
        (Fraction(10**20), "1" + "0" * 20),
        (Fraction(7, 20), "0.35"),
    ],
)
def test_an_exact_number_as_it_is_written(value: Fraction, written: str) -> None:
    assert write_exact(value) == written


@pytest.mark.parametrize("share", ["0.94968", "0.94985", "0.9499999999"])
def test_what_rounds_to_95_percent_is_not_95_percent(share: str) -> None:
    assert parse_number(share) < Fraction(95, 100)
    assert write_percent(parse_number(share), 0) == "94 %"


@pytest.mark.parametrize(
    ("value", "places", "written"),
    [
        (Fraction(95, 100), 3, "95 %"),
        (Fraction(94985, 100000), 3, "94.985 %"),
        (Fraction(94985, 100000), 2, "94.98 %"),
        (Fraction(9499996, 10000000), 3, "94.999 %"),
        (Fraction(2, 3), 2, "66.66 %"),
        (Fraction(1), 3, "100 %"),
        (Fraction(1), 0, "100 %"),
        (Fraction(0), 3, "0 %"),
        (Fraction(1, 10**9), 3, "0 %"),
        (Fraction(999_999_999, 10**9), 3, "99.999 %"),
        (Fraction(-1, 8), 3, "-12.5 %"),
        (Fraction(-2, 3), 1, "-66.6 %"),
        (Fraction(10, 1), 0, "1000 %"),
    ],
)
def test_a_share_is_cut_for_a_person(value: Fraction, places: int, written: str) -> None:
    assert write_percent(value, places) == written


@given(value=st.fractions(min_value=0, max_value=10), places=st.integers(0, 6))
def test_a_share_is_never_shown_as_more_than_it_is(value: Fraction, places: int) -> None:
    shown = write_percent(value, places)
    digits = shown.removesuffix(" %")
    lost = value * 100 - Fraction(digits)
    assert 0 <= lost < Fraction(1, 10**places)


@pytest.mark.parametrize(
    ("share", "written"), [("0.65", "65 %"), ("0.725", "72.5 %"), ("1", "100 %"), ("0", "0 %")]
)
def test_a_share_that_is_asked_for_is_written_exactly(share: str, written: str) -> None:
    assert write_share(parse_number(share)) == written


def test_a_share_without_an_exact_percentage_stays_a_ratio() -> None:
    assert write_share(Fraction(2, 3)) == "2/3"
