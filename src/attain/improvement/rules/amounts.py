"""Amounts of money as people write them, and as whole minor units, without a float between."""

import re

MOST = 10**15
"""More minor units than any step costs; sums over thousands of steps still fit a column."""
_USUAL = 2
_OTHERWISE = {
    **dict.fromkeys(("CLP", "ISK", "JPY", "KRW", "PYG", "UGX", "VND", "XAF", "XOF", "XPF"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}
_BLANKS = "\u0020\u00a0\u202f"


class AmountError(ValueError):
    """Raised for what is no amount; it says what is expected."""


class NotAnAmountError(AmountError):
    """Raised for what is not written in digits with the separators of the reader's language."""


class FinerThanMinorUnitsError(AmountError):
    """Raised for an amount with more digits after the separator than its currency has."""


class AmountOutsideError(AmountError):
    """Raised for an amount above `MOST`."""


def digits_of(currency: str) -> int:
    """Return how many digits the minor unit of a currency has: 2 of the pound, none of the yen."""
    return _OTHERWISE.get(currency, _USUAL)


def read_amount(text: str, currency: str, *, point: str, comma: str) -> int:
    """Return the minor units that a text in major units says; AmountError where it says none.

    `point` stands before the fraction in the reader's language and `comma` between thousands, where
    they may be left out but must stand right: 1,50 pounds is no amount in English, and not 150.
    """
    bare = "".join(text.split())
    grouped = comma if comma.strip(_BLANKS) else "'"
    found = re.fullmatch(_pattern(point, grouped), bare, re.ASCII)
    if found is None:
        raise NotAnAmountError
    whole, fraction = found["whole"].replace(grouped, ""), found["fraction"] or ""
    digits = digits_of(currency)
    if len(fraction.rstrip("0")) > digits:
        raise FinerThanMinorUnitsError
    if len(whole) > len(str(MOST)):
        raise AmountOutsideError
    amount = int(whole + fraction[:digits].ljust(digits, "0"))
    if amount > MOST:
        raise AmountOutsideError
    return amount


def _pattern(point: str, comma: str) -> str:
    grouped = rf"\d{{1,3}}(?:{re.escape(comma)}\d{{3}})+"
    return rf"(?P<whole>{grouped}|\d+)(?:{re.escape(point)}(?P<fraction>\d+))?"


def write_amount(amount: int, currency: str) -> str:
    """Return minor units as major ones with a point: 1050 pence are 10.50."""
    digits = digits_of(currency)
    sign, bare = ("-" if amount < 0 else ""), str(abs(amount)).rjust(digits + 1, "0")
    return f"{sign}{bare[:-digits]}.{bare[-digits:]}" if digits else sign + bare
