"""Where the points of a sparkline lie."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH, HEIGHT = 96, 24
_EDGE = 3

Value = Decimal | int | None


@dataclass(frozen=True)
class Scale:
    """The lowest and the highest of what is drawn. A drawing may round; a figure may not."""

    lowest: float
    highest: float

    @classmethod
    def of(cls, values: Sequence[Value]) -> "Scale":
        """Return the scale on which all the values can be seen."""
        known = [float(value) for value in values if value is not None]
        return cls(min(known, default=0.0), max(known, default=0.0))

    def y(self, value: Decimal | int) -> str:
        """Return how far below the upper edge a value lies."""
        span = self.highest - self.lowest
        share = (float(value) - self.lowest) / span if span else 0.5
        return f"{HEIGHT - _EDGE - share * (HEIGHT - 2 * _EDGE):.1f}"

    def runs(self, values: Sequence[Value]) -> Iterator[str]:
        """Yield the points of each stretch without a gap; a lone value is a stretch of its own."""
        run: list[str] = []
        for number, value in enumerate(values):
            if value is not None:
                run.append(f"{self._x(number, len(values))},{self.y(value)}")
            elif run:
                yield _drawn(run)
                run = []
        if run:
            yield _drawn(run)

    def last(self, values: Sequence[Value]) -> tuple[str, str] | None:
        """Return where the last value lies, None where the last is missing."""
        if not values or values[-1] is None:
            return None
        return self._x(len(values) - 1, len(values)), self.y(values[-1])

    def _x(self, number: int, count: int) -> str:
        step = (WIDTH - 2 * _EDGE) / max(count - 1, 1)
        return f"{_EDGE + number * step:.1f}"


def _drawn(run: list[str]) -> str:
    # A line of one point is not drawn; to the same point again it is, as a dot.
    return " ".join(run if len(run) > 1 else run * 2)
