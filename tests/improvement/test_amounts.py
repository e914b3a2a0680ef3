"""Amounts as people write them: read exactly, or refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attain.improvement.rules.amounts import (
    MOST,
    AmountError,
    AmountOutsideError,
    FinerThanMinorUnitsError,
    NotAnAmountError,
    read_amount,
    write_amount,
)

ENGLISH = {"point": ".", "comma": ","}
GERMAN = {"point": ",", "comma": "."}


@pytest.mark.parametrize(
    ("text", "currency", "marks", "amount"),
    [
        ("12,500", "GBP", ENGLISH, 1_250_000),
        ("12.500,5", "EUR", GERMAN, 1_250_050),
        ("0.29", "GBP", ENGLISH, 29),
        ("1.000", "EUR", GERMAN, 100_000),
        ("1.5000", "GBP", ENGLISH, 150),
        ("12 500", "GBP", ENGLISH, 1_250_000),
        ("700", "JPY", ENGLISH, 700),
        ("1.005", "KWD", ENGLISH, 1005),
        ("00012", "GBP", ENGLISH, 1200),
    ],
)
def test_an_amount_is_read_exactly(
    text: str, currency: str, marks: dict[str, str], amount: int
) -> None:
    assert read_amount(text, currency, **marks) == amount


@pytest.mark.parametrize(
    ("text", "marks", "error"),
    [
        ("1,50", ENGLISH, NotAnAmountError),
        ("1.50", GERMAN, NotAnAmountError),
        ("-1", ENGLISH, NotAnAmountError),
        ("NaN", ENGLISH, NotAnAmountError),
        ("1e400", ENGLISH, NotAnAmountError),
        ("Infinity", ENGLISH, NotAnAmountError),
        ("٣", ENGLISH, NotAnAmountError),
        (".5", ENGLISH, NotAnAmountError),
        ("1.", ENGLISH, NotAnAmountError),
        ("0.001", ENGLISH, FinerThanMinorUnitsError),
        ("9" * 400, ENGLISH, AmountOutsideError),
        (f"{MOST}", ENGLISH, AmountOutsideError),
    ],
)
def test_what_is_no_amount_is_refused(
    text: str, marks: dict[str, str], error: type[AmountError]
) -> None:
    with pytest.raises(error):
        read_amount(text, "GBP", **marks)


@given(st.integers(0, MOST), st.sampled_from(["GBP", "JPY", "KWD"]))
def test_what_is_written_is_read_back(amount: int, currency: str) -> None:
    assert read_amount(write_amount(amount, currency), currency, **ENGLISH) == amount
