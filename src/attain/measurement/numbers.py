"""Exact numbers: read from text as they stand, compared as ratios, never rounded before."""

import re
from fractions import Fraction

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
LONGEST_NUMBER = 1000


def parse_number(text: str) -> Fraction:
    """Read digits with a leading minus or a decimal point between them; ValueError otherwise."""
    if len(text) > LONGEST_NUMBER or not _NUMBER.fullmatch(text):
        raise ValueError(text)
    return Fraction(text)


def write_exact(value: Fraction) -> str:
    """Write a number exactly: as a decimal where it ends, else as a ratio `a/b`."""
    if value.denominator == 1:
        return str(value.numerator)
    rest = value.denominator
    for factor in (2, 5):
        while rest % factor == 0:
            rest //= factor
    if rest != 1:
        return f"{value.numerator}/{value.denominator}"
    places = 1
    while 10**places % value.denominator:
        places += 1
    digits = f"{abs(value.numerator * 10**places // value.denominator):0{places + 1}d}"
    sign = "-" if value < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}"


def write_percent(value: Fraction, places: int = 2) -> str:
    """Write a share for a person, cut and not rounded, so that 94.9996 % never reads as 95 %."""
    cut = int(abs(value) * 100 * 10**places)
    sign = "-" if value < 0 and cut else ""
    whole, rest = divmod(cut, 10**places)
    return f"{sign}{whole}.{rest:0{places}d}".rstrip("0").rstrip(".") + " %"


def write_share(value: Fraction) -> str:
    """Write a share that is asked for, exactly: as a percentage where it ends, else as a ratio."""
    percent = write_exact(value * 100)
    return write_exact(value) if "/" in percent else f"{percent} %"
