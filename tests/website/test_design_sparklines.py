"""A sparkline breaks where a value is missing, and keeps within its box."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from attain.website.sparklines import HEIGHT, WIDTH, Scale
from drawing import drawn

values = st.lists(
    st.none()
    | st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12)
)


@given(values)
def test_every_point_lies_within_the_box(drawn: list[Decimal | None]) -> None:
    points = " ".join(Scale.of(drawn).runs(drawn)).split()
    pairs = [tuple(map(float, point.split(","))) for point in points]
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in pairs)


def test_the_line_breaks_where_a_value_is_missing() -> None:
    drawn = [Decimal(1), Decimal(2), None, Decimal(3), None, None]
    assert [len(run.split()) for run in Scale.of(drawn).runs(drawn)] == [2, 2]
    assert Scale.of(drawn).last(drawn) is None


def test_higher_values_stand_higher() -> None:
    scale = Scale.of([Decimal(10), Decimal(20)])
    assert float(scale.y(Decimal(20))) < float(scale.y(Decimal(10)))


def test_a_line_is_said_in_words_too() -> None:
    line = "<c-sparkline :values='values' :target='target' label='81 to 84 %' />"
    shown = drawn(line, values=[Decimal(81), Decimal(84)], target=Decimal(80))
    assert 'role="img" aria-label="81 to 84 %"' in shown
    assert shown.count("spark-target") == 1
    without = drawn("<c-sparkline :values='values' label='x' />", values=[Decimal(81), Decimal(84)])
    assert "spark-target" not in without
