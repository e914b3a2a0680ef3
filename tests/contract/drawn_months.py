"""Months drawn at random, of which as many are good as a limit asks, or nearly; and uptime."""

from datetime import date, timedelta
from fractions import Fraction
from random import Random

from contract.contract_files import Files, month_text

# Months since the first reading: around the minima of 3, 6 and 12, and none at all.
LENGTHS = (0, 1, 2, 3, 4, 5, 6, 6, 7, 8, 9, 10, 11, 11, 12, 12, 12, 12, 13, 14, 20)
SMALL = Fraction(1, 10000)

# Each month since the first reading: good, not good, or without data.
Standing = dict[int, bool | None]


def decimal(value: Fraction, draw: Random) -> str:
    """Return a number as a dossier writes it, now and then with idle zeros."""
    digits = f"{abs(value.numerator) * 10**8 // value.denominator:09d}"
    text = f"{digits[:-8]}.{digits[-8:]}".rstrip("0").rstrip(".")
    if draw.random() < 0.1:
        text = draw.choice((f"00{text}", f"{text}00" if "." in text else f"{text}.0"))
    return f"-{text}" if value < 0 else text


def near(draw: Random, day: date, before: float = 0.8) -> str:
    """Return a day on, just before, long before or after a day."""
    if draw.random() < before:
        return (day - timedelta(draw.choice((0, 0, 1, 30, 366, 2000)))).isoformat()
    return (day + timedelta(draw.choice((1, 1, 40)))).isoformat()


def steady_months(last: int) -> Standing:
    """Return 12 good months."""
    return dict.fromkeys(range(last - 11, last + 1), True)


def draw_months(draw: Random, last: int) -> Standing:
    """Return months up to the last, the good ones about as many as a tier asks of such a window."""
    length = draw.choice(LENGTHS) if draw.random() < 0.7 else 12
    inside = min(length, 12)
    asked = draw.choice((inside, inside, 9, 7, 11, 8, -(-inside * 3 // 5), -(-inside * 2 // 3)))
    good = max(0, min(inside, asked + draw.choice((0, 0, 0, 1, -1))))
    standing: list[bool | None] = [number < good for number in range(inside)]
    if draw.random() < 0.8:
        draw.shuffle(standing)
    for _ in range(draw.choice((0, 0, 0, 0, 1, 1, 2, 4)) if inside else 0):
        standing[draw.randrange(inside)] = None
    earlier = [draw.random() < 0.5 for _ in range(length - inside)]
    return dict(zip(range(last - length + 1, last + 1), [*earlier, *standing], strict=True))


def draw_uptime(draw: Random, drawn: Files, last: int) -> None:
    """Add systems and their uptime, around what their windows ask."""
    for number in range(draw.choice((0, 1, 1, 1, 2, 3))):
        row = {"system": f"s{number}", "class": draw.choice(("end_user_facing", "enabling"))}
        drawn["systems"].append(row)
        months = draw_months(draw, last)
        if draw.random() < 0.1:
            months[last + 1] = True
        for month, good in months.items():
            if good is not None:
                draw_uptime_of(draw, drawn, row["system"], month, good)


def draw_uptime_of(draw: Random, drawn: Files, system: str, month: int, good: bool) -> None:
    """Add a month of a system, at its target or a little beside it."""
    target = Fraction(draw.choice((9990, 5000, 1)), 10000)
    value = target + (draw.choice((0, 0, SMALL)) if good else -SMALL)
    row = {"system": system, "month": month_text(month)}
    shares = {"uptime": decimal(value, draw), "target": decimal(target, draw)}
    drawn["uptime"].append({**row, **shares})
