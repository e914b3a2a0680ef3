"""The strict loader: each fault of a definition with its exact line and column."""

from pathlib import Path

import pytest

from attain.measurement.faults import RefusedError
from attain.standards.library import Library, default_library
from attain.standards.loader import load, read_definition
from attain.standards.maturity_model import MaturityModel
from attain.standards.scheme import Scheme
from attain.standards.yaml_nodes import read_yaml

TEXT = """\
scheme: mine
title: A scheme
edition: "1"
status: draft
applies_to: [site]
licence: Apache-2.0
sources: [attain-library]
thresholds:
  months:
    title: Months
    unit: months
    values:
      2026-01-01: {value: 3, source: attain-library, clause: "1"}
tiers:
  - tier: 1
    title: First
    requirements:
      tracked:
        title: Tracked
        why: To see.
        clause: "1"
        rule: {kind: tracked_for_months, months: months}
"""


def refused(old: str, new: str) -> list[str]:
    """Return the faults of the scheme with one text for another."""
    assert TEXT.count(old) == 1
    with pytest.raises(RefusedError) as error:
        load(read_yaml(TEXT.replace(old, new), "mine.yaml"), Scheme)
    return [str(fault) for fault in error.value.faults]


def refused_file(folder: Path, old: str, new: str) -> list[str]:
    """Return the faults of the scheme as a file of a library, whose names must stand for things."""
    assert TEXT.count(old) == 1
    path = folder / "mine.yaml"
    path.write_text(TEXT.replace(old, new), encoding="utf-8")
    with pytest.raises(RefusedError) as error:
        default_library().load_scheme(path)
    return [str(fault) for fault in error.value.faults]


def test_a_sound_definition_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("\ufeff" + TEXT, encoding="utf-8")
    assert default_library().load_scheme(path) == load(read_yaml(TEXT, "mine.yaml"), Scheme)


ONLY_KNOWN = "expected only the keys that the reference lists"


def test_an_unknown_key_is_named_where_it_stands() -> None:
    assert refused("status: draft", "status: draft\nstate: draft") == [
        f"mine.yaml:5: 1: found the unknown key state, {ONLY_KNOWN}"
    ]
    assert refused("months: months}", "months: months, weeks: 2}") == [
        f"mine.yaml:22: 58: found the unknown key weeks, {ONLY_KNOWN}"
    ]
    assert refused("        why: To see.", "        why: To see.\n        who: me") == [
        f"mine.yaml:21: 9: found the unknown key who, {ONLY_KNOWN}"
    ]


def test_a_missing_key_is_named_where_the_part_begins_that_lacks_it() -> None:
    assert refused("licence: Apache-2.0\n", "") == [
        "mine.yaml:1: 1: found no licence, expected the key licence"
    ]
    assert refused("        why: To see.\n", "") == [
        "mine.yaml:18: 7: found no why, expected the key why"
    ]
    assert refused(", months: months}", "}") == [
        "mine.yaml:22: 9: found no months, expected the key months"
    ]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('edition: "1"', "edition: 1", "3: 1: found 1, expected a text"),
        ("title: A scheme", "title: [A]", "2: 1: found a list of 1, expected a text"),
        ("title: A scheme", "title:", "2: 1: found nothing, expected a text"),
        ("[site]", "site", "5: 1: found site, expected a list"),
        ("[site]", "[site, region]", "5: 20: found region, expected 'site' or 'programme'"),
        ("[site]", "[]", "5: 1: found a list of 0, expected at least 1"),
        ("[attain-library]", "[1]", "7: 11: found 1, expected a text"),
        ("tier: 1", 'tier: "1"', "15: 5: found 1, expected a whole number"),
        ("tier: 1", "tier: 1.0", "15: 5: found 1.0, expected a whole number"),
        ("tier: 1", "tier: true", "15: 5: found True, expected a whole number"),
        ("status: draft", "status: final", "4: 1: found final, expected 'draft', 'published' or"),
        ("value: 3", "value: no", "13: 20: found no, expected a number such as 0.6, or a ratio"),
        ("value: 3", "value: 2/0", "13: 20: found 2/0, expected a number such as 0.6, or a ratio"),
        ("value: 3", "value: true", "13: 20: found True, expected a number such as 0.6"),
        ("2026-01-01", "2026-02-30", "13: 7: found 2026-02-30, expected a date such as 2026-10-31"),
        ("2026-01-01", "2026-1-1", "13: 7: found 2026-1-1, expected a date such as 2026-10-31"),
        ("scheme: mine", "scheme: My one", "1: 1: found My one, expected a key of small letters"),
        ("  months:\n", "  Months:\n", "9: 3: found Months, expected a key of small letters"),
        ("{kind: tracked_for_months, months: months}", "x", "22: 9: found x, expected a mapping"),
    ],
)
def test_a_value_of_the_wrong_type_is_named_where_it_stands(old: str, new: str, fault: str) -> None:
    (found,) = refused(old, new)
    assert found.startswith(f"mine.yaml:{fault}")


def test_a_whole_of_the_wrong_type_is_named_at_its_start() -> None:
    for text, found in [("[1, 2]", "a list of 2"), ("", "nothing"), ("word", "word")]:
        with pytest.raises(RefusedError) as error:
            load(read_yaml(text, "mine.yaml"), Scheme)
        assert [str(f) for f in error.value.faults] == [
            f"mine.yaml:1: 1: found {found}, expected a mapping of keys"
        ]


def test_a_bad_part_of_a_list_is_one_fault_and_not_also_a_list_too_short() -> None:
    assert refused("tier: 1", "tier: one") == [
        "mine.yaml:15: 5: found one, expected a whole number"
    ]


def test_a_rule_of_an_unknown_kind_is_told_the_kinds() -> None:
    (fault,) = refused("kind: tracked_for_months", "kind: tracked")
    assert fault.startswith("mine.yaml:22: 9: found tracked, expected one of the kinds ")
    assert "tracked_for_months, " in fault
    assert "'" not in fault


def test_a_rule_without_a_kind_is_refused() -> None:
    assert refused("kind: tracked_for_months, ", "") == [
        "mine.yaml:22: 9: found a rule without kind, expected the key kind"
    ]


def test_a_value_that_its_unit_does_not_admit_is_refused() -> None:
    assert refused("value: 3", "value: 2.5") == [
        "mine.yaml:9: 3: found 2.5 from 2026-01-01, expected a whole number of months"
    ]


def test_every_fault_is_told_at_once_in_the_order_of_the_file() -> None:
    faults = refused('title: A scheme\nedition: "1"', "edition: 1\nedition: 2")
    assert faults == [
        "mine.yaml:1: 1: found no title, expected the key title",
        "mine.yaml:2: 1: found 1, expected a text",
        "mine.yaml:3: 1: found edition again, first on line 2, expected each key once",
    ]


def test_a_key_given_twice_refuses_what_is_sound_otherwise() -> None:
    assert refused("status: draft", "status: draft\nstatus: draft") == [
        "mine.yaml:5: 1: found status again, first on line 4, expected each key once"
    ]


def test_a_definition_of_another_kind_is_refused() -> None:
    with pytest.raises(RefusedError) as error:
        load(read_yaml(TEXT, "mine.yaml"), MaturityModel)
    assert "mine.yaml:1: 1: found the unknown key scheme" in str(error.value)


def test_a_threshold_that_the_scheme_does_not_have_is_named_where_it_is_asked_for(
    tmp_path: Path,
) -> None:
    assert refused_file(tmp_path, "months: months}", "months: weeks}") == [
        "mine.yaml:22: 42: found the threshold weeks, expected a key of the thresholds above"
    ]


def test_a_threshold_in_another_unit_is_named_where_it_is_asked_for(tmp_path: Path) -> None:
    assert refused_file(tmp_path, "unit: months", "unit: count") == [
        "mine.yaml:22: 42: found the threshold months in count, expected a threshold in months"
    ]


def test_a_threshold_named_within_a_rule_of_a_rule_is_found_too(tmp_path: Path) -> None:
    nested = "{kind: any_of, of: [{kind: tracked_for_months, months: weeks}]}"
    (fault,) = refused_file(tmp_path, "{kind: tracked_for_months, months: months}", nested)
    assert fault.startswith("mine.yaml:22: 62: found the threshold weeks")


def test_a_source_that_nobody_lists_is_named_where_it_stands(tmp_path: Path) -> None:
    assert refused_file(tmp_path, "[attain-library]", "[attain-library, hearsay]") == [
        "mine.yaml:7: 27: found hearsay, expected a key of the library's sources"
    ]
    assert refused_file(tmp_path, "source: attain-library", "source: dossier-contract") == [
        "mine.yaml:13: 30: found dossier-contract, expected one of the sources named above"
    ]


def test_a_model_that_the_library_does_not_have_is_named_where_it_stands(tmp_path: Path) -> None:
    rule = "{kind: practice_floors, model: ours, floors: {}}"
    assert refused_file(tmp_path, "{kind: tracked_for_months, months: months}", rule) == [
        "mine.yaml:22: 39: found the model ours, expected a model of the library"
    ]


def test_a_definition_bears_the_name_of_its_file(tmp_path: Path) -> None:
    assert refused_file(tmp_path, "scheme: mine", "scheme: yours") == [
        "mine.yaml:1: 1: found the key yours, expected the name of the file, mine"
    ]


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    for path, found in [
        (tmp_path / "none.yaml", "No such file or directory"),
        (tmp_path, "Is a directory"),
    ]:
        with pytest.raises(RefusedError) as error:
            read_definition(path)
        assert [str(f) for f in error.value.faults] == [
            f"{path.name}:1: 1: found {found}, expected a readable file"
        ]


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_bytes("title: Güte".encode("latin-1"))
    with pytest.raises(RefusedError) as error:
        read_definition(path)
    assert [str(f) for f in error.value.faults] == [
        "mine.yaml:1: 1: found a byte that is not UTF-8 at 8, expected a text file in UTF-8"
    ]


SOURCE = "{title: t, publisher: p, published: '2026', licence: l}"


def test_the_first_folder_that_has_a_definition_gives_it(tmp_path: Path) -> None:
    own, shared = tmp_path / "own", tmp_path / "shared"
    for folder, title in [(own, "Ours"), (shared, "Theirs")]:
        (folder / "schemes").mkdir(parents=True)
        text = TEXT.replace("A scheme", title)
        (folder / "schemes" / "mine.yaml").write_text(text, encoding="utf-8")
    (shared / "schemes" / "mine.cases.yaml").write_text("", encoding="utf-8")
    (shared / "sources.yaml").write_text(f"attain-library: {SOURCE}", encoding="utf-8")
    library = Library((own, shared))
    assert library.keys("scheme") == ["mine"]
    assert library.scheme("mine").title == "Ours"
    assert library.keys("model") == []


@pytest.mark.parametrize("key", ["../schemes/mine", "mine/", ".", "", "no-such-one"])
def test_a_key_that_no_definition_has_is_answered_with_those_that_there_are(key: str) -> None:
    with pytest.raises(KeyError, match="a scheme of the library: performance-tiers, service-"):
        default_library().scheme(key)
