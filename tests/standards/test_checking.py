"""The library checked: a definition, a folder like the library, or all of it."""

from pathlib import Path

import pytest

from attain.measurement.faults import RefusedError
from attain.standards.checking import check_library
from attain.standards.library import Library, default_library
from attain.standards.metric_library import list_keys

SCHEME = """\
scheme: mine
title: A scheme
edition: "1"
status: draft
applies_to: [site]
licence: Apache-2.0
sources: [our-book]
thresholds:
  months: {title: t, unit: months, values: {2026-01-01: {value: 2, source: our-book, clause: c}}}
tiers:
  - tier: 1
    title: First
    requirements:
      floors:
        title: t
        why: w
        clause: c
        rule: {kind: practice_floors, model: ours, floors: {}}
      tracked: {title: t, why: w, clause: c, rule: {kind: tracked_for_months, months: months}}
"""
MODEL = """\
model: ours
title: A model
edition: "1"
status: draft
licence: Apache-2.0
sources: [our-book]
categories:
  one:
    title: One
    items:
      a: {title: A, question: a?, levels: [{level: 0, text: x}, {level: 1, text: y}]}
"""
CASES = """\
cases_of: mine
bases:
  calls:
    metrics:
      calls: {facing: end_user_facing, months: "++"}
      rota: {facing: enabling, months: "++"}
cases:
  - {name: Two months are enough, as_of: 2026-10-31, base: calls, expect: {tier: 1}}
  - name: One month is not
    as_of: 2026-10-31
    base: calls
    change: {metrics: {rota: {months: "+"}}}
    expect: {tier: null, outcomes: {1/tracked: not_met}}
"""
METRICS = """\
metrics: calls
title: Calls
edition: "1"
status: published
licence: Apache-2.0
sources: [our-book]
listed:
  abandoned:
    title: Calls abandoned
    process: Calls
    aspect: service
    better: lower
    numerator: calls ended by the caller
    why: Who gave up was not served.
"""
SOURCES = "our-book: {title: t, publisher: p, published: '2026', licence: l}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in [
        ("sources.yaml", SOURCES),
        ("schemes/mine.yaml", SCHEME),
        ("schemes/mine.cases.yaml", CASES),
        ("models/ours.yaml", MODEL),
    ]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


SOUND_MODEL = "ours.yaml: model ours, 1 items, 0 golden cases"
SOUND_SCHEME = "mine.yaml: scheme mine, 1 tiers, 2 golden cases"


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def check(path: Path | None) -> tuple[list[str], list[str]]:
    checked, faults = check_library(default_library(), path)
    return checked, [str(fault) for fault in faults]


def test_the_shipped_library_holds_with_all_its_cases() -> None:
    checked, faults = check(None)
    assert faults == []
    library = default_library()
    judged = len(library.keys("scheme")) + len(library.keys("model"))
    assert len(checked) == judged + len(list_keys(library))
    assert not any(" 0 golden cases" in line for line in checked)


def test_a_folder_like_the_library_is_checked_and_the_library_is_not(folder: Path) -> None:
    assert check(folder) == ([SOUND_MODEL, SOUND_SCHEME], [])


def test_a_definition_is_checked_among_those_of_its_folder(folder: Path) -> None:
    assert check(folder / "schemes" / "mine.yaml") == ([SOUND_SCHEME], [])
    assert check(folder / "models" / "ours.yaml") == ([SOUND_MODEL], [])
    own = Library((folder,))
    assert check_library(own, folder / "schemes" / "mine.yaml") == ([SOUND_SCHEME], [])


def test_a_list_of_metrics_is_checked_by_itself_and_in_its_folder(folder: Path) -> None:
    path = folder / "metrics" / "calls.yaml"
    path.parent.mkdir()
    path.write_text(METRICS, encoding="utf-8")
    sound = "calls.yaml: list calls, 1 metrics"
    assert check(path) == ([sound], [])
    assert check(folder) == ([SOUND_MODEL, SOUND_SCHEME, sound], [])
    change(path, "better: lower", "better: down")
    change(path, "[our-book]", "[our-book, hearsay]")
    assert check(folder)[1] == ["calls.yaml:12: 5: found down, expected 'higher' or 'lower'"]
    change(path, "better: down", "better: lower")
    assert check(path)[1] == [
        "calls.yaml:6: 21: found hearsay, expected a key of the library's sources"
    ]


def test_a_scheme_without_cases_is_sound_and_told_so(folder: Path) -> None:
    (folder / "schemes" / "mine.cases.yaml").unlink()
    assert check(folder)[0][1] == "mine.yaml: scheme mine, 1 tiers, 0 golden cases"


def test_what_is_sound_is_told_beside_every_fault_of_what_is_not(folder: Path) -> None:
    change(folder / "schemes" / "mine.yaml", "months: months}", "months: weeks}")
    checked, faults = check(folder)
    assert checked == [SOUND_MODEL]
    assert faults == [
        "mine.yaml:19: 79: found the threshold weeks, expected a key of the thresholds above"
    ]


def test_a_model_with_a_fault_is_a_fault_of_the_scheme_that_names_it_too(folder: Path) -> None:
    change(folder / "models" / "ours.yaml", "[our-book]", "[hearsay]")
    fault = "ours.yaml:6: 11: found hearsay, expected a key of the library's sources"
    assert check(folder) == ([], [fault, fault])


def test_a_case_that_comes_out_otherwise_is_a_fault_at_the_case(folder: Path) -> None:
    cases = folder / "schemes" / "mine.cases.yaml"
    change(cases, "{tier: null, outcomes: {1/tracked: not_met}}", "{tier: 1, outcomes: {1/b: met}}")
    assert check(cases.with_name("mine.yaml"))[1] == [
        "mine.cases.yaml:9: 5: found tier None (One month is not), expected tier 1",
        "mine.cases.yaml:9: 5: found 1/b outcome no such requirement (One month is not), "
        "expected met",
    ]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("base: calls, expect", "base: chats, expect", "'chats'"),
        ("as_of: 2026-10-31, base", "as_of: 2025-10-31, base", "a date on or after 2026-01-01"),
        ('{rota: {months: "+"}}', "{rota: {weeks: 1}}", "1 validation error for Given"),
    ],
)
def test_a_case_that_cannot_be_judged_is_a_fault_at_the_case(
    folder: Path, old: str, new: str, found: str
) -> None:
    cases = folder / "schemes" / "mine.cases.yaml"
    change(cases, old, new)
    (fault,) = check(folder)[1]
    line = 9 if "rota" in old else 8
    assert fault.startswith(f"mine.cases.yaml:{line}: 5: found {found}")
    assert fault.endswith("expected a base and entries of its tables")


@pytest.mark.parametrize("path", ["/no-such-definition.yaml", "no-such-definition.yaml"])
def test_a_definition_that_cannot_be_read_is_refused_wherever_it_lies(path: str) -> None:
    with pytest.raises(RefusedError, match=r"^no-such-definition\.yaml:1: 1: found No such file"):
        check(Path(path))
