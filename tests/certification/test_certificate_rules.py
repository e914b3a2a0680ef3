"""Certificates: allowed moves only, a year to the day, a number that notices a slip."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from attain.certification.rules.certificates import (
    MOVES,
    RUNNING,
    CertificateState,
    Moved,
    lapses_at,
    may_move,
    read_number,
    state_at,
    valid_until,
    write_number,
)

C = CertificateState
START = datetime(2028, 2, 29, 12, tzinfo=UTC)


def test_a_certificate_of_29_february_is_valid_until_the_28th() -> None:
    assert valid_until(date(2028, 2, 29)) == date(2029, 2, 28)
    assert valid_until(date(2027, 2, 28)) == date(2028, 2, 28)


def test_a_certificate_lapses_when_its_last_day_is_over_in_its_zone() -> None:
    assert lapses_at(date(2029, 2, 28), "Europe/London") == datetime(2029, 3, 1, tzinfo=UTC)
    assert lapses_at(date(2027, 7, 1), "America/New_York") == datetime(2027, 7, 2, 4, tzinfo=UTC)


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_a_certificate_is_valid_for_a_year_and_never_more(start: date) -> None:
    assert timedelta(days=365) <= valid_until(start) - start <= timedelta(days=366)
    assert (valid_until(start).month, valid_until(start).year) == (start.month, start.year + 1)


def test_the_state_is_told_by_the_moves_up_to_the_instant() -> None:
    lapse = START + timedelta(days=365)
    hour = timedelta(hours=1)
    moves = [
        Moved(START, C.CURRENT),
        Moved(START + hour, C.SUSPENDED),
        Moved(START + 2 * hour, C.CURRENT),
    ]
    assert state_at(moves, lapse, START - hour) is None
    assert state_at(moves, lapse, START) is C.CURRENT
    assert state_at(moves, lapse, START + hour) is C.SUSPENDED
    assert state_at(moves, lapse, lapse - timedelta(microseconds=1)) is C.CURRENT
    assert state_at(moves, lapse, lapse) is C.EXPIRED


def test_what_was_withdrawn_does_not_expire() -> None:
    moves = [Moved(START, C.CURRENT), Moved(START + timedelta(days=1), C.WITHDRAWN)]
    lapse = START + timedelta(days=365)
    assert state_at(moves, lapse, lapse + timedelta(days=1)) is C.WITHDRAWN


class CertificateMoves(RuleBasedStateMachine):
    """A certificate is moved about at will; only allowed moves are kept."""

    def __init__(self) -> None:
        super().__init__()
        self.lapse = START + timedelta(days=366)
        self.now = START
        self.moves = [Moved(START, C.CURRENT)]
        self.states = [C.CURRENT]

    @rule(after=st.sampled_from(sorted(CertificateState)))
    def try_to_move(self, after: CertificateState) -> None:
        before = state_at(self.moves, self.lapse, self.now)
        assert before
        if may_move(before, after):
            self.moves.append(Moved(self.now, after))
            self.states.append(after)

    @rule(days=st.integers(1, 200))
    def let_time_pass(self, days: int) -> None:
        self.now += timedelta(days=days)

    @precondition(lambda self: self.states[-1] in RUNNING and self.now >= self.lapse)
    @rule()
    def write_the_expiry_down_late(self) -> None:
        self.moves.append(Moved(self.lapse, C.EXPIRED))
        self.states.append(C.EXPIRED)

    @invariant()
    def nothing_runs_after_its_last_day(self) -> None:
        state = state_at(self.moves, self.lapse, max(self.now, self.lapse))
        reinstated_late = any(m.at >= self.lapse and m.to in RUNNING for m in self.moves)
        assert state not in RUNNING or reinstated_late is False

    @invariant()
    def what_ended_stays_ended(self) -> None:
        for final in (C.EXPIRED, C.SUPERSEDED):
            if final in self.states:
                assert self.states[-1] is final

    @invariant()
    def each_move_is_one_of_the_list(self) -> None:
        for before, after in zip(self.states, self.states[1:], strict=False):
            assert after in MOVES[before]


TestCertificateMoves = CertificateMoves.TestCase


@given(st.binary(min_size=5, max_size=5), st.integers(2000, 9999))
def test_a_number_is_read_as_it_is_written_however_it_is_typed(raw: bytes, year: int) -> None:
    number = write_number(year, raw)
    assert read_number(number) == number
    assert read_number(f"  {number.lower().replace('-', ' ')} ") == number
    assert read_number(number.replace("0", "O").replace("1", "l")) == number


@given(st.binary(min_size=5, max_size=5), st.integers(0, 8), st.integers(1, 31))
def test_a_number_with_one_wrong_digit_is_noticed(raw: bytes, place: int, by: int) -> None:
    digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    bare = write_number(2026, raw).replace("-", "")
    at = 4 + place
    wrong = digits[(digits.index(bare[at]) + by) % 32]
    assert read_number(bare[:at] + wrong + bare[at + 1 :]) is None


@pytest.mark.parametrize("typed", ["", "2026", "2026-7K3M-9QXD-", "ABCD-7K3M-9QXD-R", "x" * 9999])
def test_what_is_no_number_is_not_read_as_one(typed: str) -> None:
    assert read_number(typed) is None
