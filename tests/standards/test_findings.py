"""Findings: how parts join into a whole, and the shape that another program reads."""

from datetime import date

from attain.measurement.outcomes import Outcome
from attain.standards.findings import Finding, Source, gather, joined, not_applicable

MET = Finding("a", Outcome.MET, "a is done", "yes", "yes or no")
NOT_MET = Finding("b", Outcome.NOT_MET, "b is done", "no", missing=("file b",))
OPEN = Finding("c", Outcome.UNDETERMINED, "c is done", missing=("file c", "file b"))
EXCUSED = not_applicable("d", "d is done", "there is no d")
KEYS = ["key", "outcome", "measured", "threshold", "children", "missing", "left_out"]
SOURCE = Source(date(2026, 1, 31), "a-standard", "clause 4")


def test_a_whole_is_met_where_every_part_that_applies_is() -> None:
    whole = joined("all", "all are done", [MET, EXCUSED])
    assert whole.outcome is Outcome.MET
    assert whole.measured == "1 of 1"
    assert whole.left_out == ("d: there is no d",)


def test_a_whole_names_what_is_missing_of_its_parts_each_once() -> None:
    whole = joined("all", "all are done", [MET, NOT_MET, OPEN])
    assert whole.outcome is Outcome.NOT_MET
    assert whole.measured == "1 of 3"
    assert whole.missing == ("file b", "file c")
    assert whole.children == (MET, NOT_MET, OPEN)


def test_a_whole_of_parts_that_do_not_apply_measures_nothing() -> None:
    whole = joined("all", "all are done", [EXCUSED])
    assert (whole.outcome, whole.measured) == (Outcome.NOT_APPLICABLE, None)
    assert joined("all", "all are done", []).outcome is Outcome.NOT_APPLICABLE


def test_what_does_not_apply_stands_among_what_is_left_out_with_its_reason() -> None:
    both = Finding("e", Outcome.NOT_APPLICABLE, "?", left_out=("f: small",), reason="no e is left")
    assert both.all_left_out == ("f: small", "e: no e is left")
    assert both.named("g", "?").all_left_out == ("f: small", "g: no e is left")
    assert MET.all_left_out == ()


def test_names_are_gathered_in_the_order_of_their_first_mention() -> None:
    assert gather([("b", "a"), (), ("a", "c")]) == ("b", "a", "c")


def test_a_finding_as_json_has_the_keys_of_the_contract_all_the_way_down() -> None:
    whole = joined("all", "all are done", [MET, joined("part", "?", [OPEN, EXCUSED])])
    told = whole.as_json()
    assert list(told) == KEYS
    assert [list(child) for child in told["children"]] == [KEYS, KEYS]
    part = told["children"][1]
    assert part["outcome"] == "undetermined"
    assert part["missing"] == ["file c", "file b"]
    assert part["left_out"] == ["d: there is no d"]
    assert part["children"][0] == {
        "key": "c",
        "outcome": "undetermined",
        "measured": None,
        "threshold": None,
        "children": [],
        "missing": ["file c", "file b"],
        "left_out": [],
    }


def test_a_threshold_is_told_with_its_date_and_source() -> None:
    later = Source(date(2026, 10, 1), "a-standard", "clause 5")
    whole = joined("all", "?", [MET], threshold="at least 2", sources=(SOURCE, later))
    assert whole.as_json()["threshold"] == (
        "at least 2 (in force from 2026-01-31: a-standard, clause 4; "
        "in force from 2026-10-01: a-standard, clause 5)"
    )
    assert MET.as_json()["threshold"] == "yes or no"
    assert joined("all", "?", [MET], sources=(SOURCE,)).as_json()["threshold"] is None
