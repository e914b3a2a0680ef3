"""Units: which values a threshold can have."""

from fractions import Fraction

import pytest

from attain.measurement.units import Unit

TABLE = """
  unit     value  admitted
  share    0      yes
  share    1      yes
  share    2/3    yes
  share    -1/99  no
  share    1.01   no
  share    95     no
  months   0      yes
  months   12     yes
  months   1.5    no
  months   -1     no
  count    7      yes
  count    1/2    no
  level    2      yes
  level    -2     no
"""
ROWS = [line.split() for line in TABLE.strip().splitlines()[1:]]


@pytest.mark.parametrize(("unit", "value", "admitted"), ROWS)
def test_a_share_lies_from_0_to_1_and_the_rest_are_whole(
    unit: str, value: str, admitted: str
) -> None:
    assert Unit(unit).admits(Fraction(value)) is (admitted == "yes")


def test_each_unit_says_in_words_what_it_asks_for() -> None:
    words = [unit.words for unit in Unit]
    assert len(set(words)) == len(Unit)
    assert all(word.split()[0] in ("a", "the") for word in words)
