"""YAML as plain data: no surprises, nothing given twice, and the place of each part."""

from decimal import Decimal
from time import process_time

import pytest

from attain.measurement.faults import RefusedError
from attain.standards.yaml_nodes import DEEPEST, LARGEST, Document, Place, read_scalar, read_yaml


def refused(text: str) -> str:
    with pytest.raises(RefusedError) as error:
        read_yaml(text, "a.yaml")
    (fault,) = error.value.faults
    return str(fault)


def faults_of(document: Document) -> list[str]:
    return [str(fault) for fault in document.faults]


@pytest.mark.parametrize(
    "text",
    [
        *("yes", "no", "on", "off", "Yes", "NO", "y", "n"),
        *("1:30", "23:59:59", "0x10", "0o17", "0b1", "010", "-01", "1e3", "1.5e3", "1_000"),
        *("2026-10-31", "2026-10-31T10:00:00Z", "2026-10"),
        *("+1", ".5", "5.", ".inf", "-.inf", ".nan", "NaN", "Infinity"),
        *("Null", "NULL", "True", "FALSE", "2/3", "1,5", "95 %", "<<", "="),
    ],
)
def test_what_yaml_1_1_would_guess_is_a_text(text: str) -> None:
    assert read_yaml(f"a: {text}", "a.yaml").data == {"a": text}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("null", None),
        ("~", None),
        ("", None),
        ("true", True),
        ("false", False),
        ("0", 0),
        ("-7", -7),
        ("12345678901234567890", 12345678901234567890),
        ("0.1", Decimal("0.1")),
        ("-0.94985", Decimal("-0.94985")),
        ("0.10", Decimal("0.10")),
    ],
)
def test_null_truth_values_and_numbers_are_exact(text: str, value: object) -> None:
    read = read_yaml(f"a: {text}", "a.yaml").data["a"]
    assert (read, type(read)) == (value, type(value))


@pytest.mark.parametrize("text", ["null", "true", "12", "0.5"])
def test_a_quoted_or_folded_scalar_is_a_text(text: str) -> None:
    written = f"a: '{text}'\nb: \"{text}\"\nc: |-\n  {text}\nd: >-\n  {text}\n"
    assert read_yaml(written, "a.yaml").data == dict.fromkeys("abcd", text)


def test_a_number_of_more_than_a_thousand_characters_is_a_text() -> None:
    assert read_scalar("9" * 1000, quoted=False) == 10**1000 - 1
    assert read_scalar("9" * 1001, quoted=False) == "9" * 1001


def test_keys_are_texts_as_they_are_written() -> None:
    text = "yes: 1\nnull: 2\n3: 3\n2026-10-31: 4\n<<: 5\n"
    keys = ["yes", "null", "3", "2026-10-31", "<<"]
    assert list(read_yaml(text, "a.yaml").data) == keys


def test_a_merge_key_merges_nothing() -> None:
    assert read_yaml("<<: {a: 1}\nb: 2", "a.yaml").data == {"<<": {"a": 1}, "b": 2}


def test_a_key_given_again_is_a_fault_each_time_and_the_first_value_stands() -> None:
    document = read_yaml("a: 1\nb: {c: 1, c: 2}\na: 3\n'a': 4\n", "a.yaml")
    assert document.data == {"a": 1, "b": {"c": 1}}
    assert faults_of(document) == [
        "a.yaml:2: 11: found c again, first on line 2, expected each key once",
        "a.yaml:3: 1: found a again, first on line 1, expected each key once",
        "a.yaml:4: 1: found a again, first on line 1, expected each key once",
    ]
    assert document.place(("a",)) == Place(1, 1)


def test_one_key_in_two_mappings_is_not_given_twice() -> None:
    assert read_yaml("a: {c: 1}\nb: [{c: 1}, {c: 2}]", "a.yaml").faults == []


def test_a_key_that_is_no_text_stands_as_a_question_mark() -> None:
    document = read_yaml("? [a, b]\n: 1\n", "a.yaml")
    assert document.data == {"?": 1}


def test_an_alias_is_refused_where_it_stands() -> None:
    expected = "a.yaml:2: 4: found the alias *x, expected each part written out where it stands"
    assert refused("a: &x [1]\nb: *x\n") == expected


def test_a_part_that_holds_itself_is_refused() -> None:
    assert "found the alias *x" in refused("&x [*x]")


def test_a_few_lines_that_grow_to_a_billion_are_refused_at_once() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    start = process_time()
    assert refused("\n".join(lines)).startswith("a.yaml:2: 10: found the alias *a0")
    assert process_time() - start < 1


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a: !!int '1'", "1: 4: found the tag tag:yaml.org,2002:int"),
        ("a: !mine x", "1: 4: found the tag !mine"),
        ("a: [1, !!set {b}]", "1: 8: found the tag tag:yaml.org,2002:set"),
        ("!!python/object/apply:os.system [ls]", "1: 1: found the tag tag:yaml.org,2002:python/"),
    ],
)
def test_a_tag_is_refused_where_it_stands(text: str, found: str) -> None:
    shown = refused(text)
    assert shown.startswith(f"a.yaml:{found}")
    assert shown.endswith("expected plain data without tags")


@pytest.mark.parametrize("second", ["---\nb: 2", "---\n", "...\n---\nb: 2"])
def test_a_second_document_is_refused(second: str) -> None:
    line = 3 if second.startswith("...") else 2
    expected = f"a.yaml:{line}: 1: found another document, expected one YAML document"
    assert refused(f"a: 1\n{second}") == expected


def test_one_document_may_have_its_marks_and_directive() -> None:
    assert read_yaml("%YAML 1.1\n---\na: no\n...\n", "a.yaml").data == {"a": "no"}


@pytest.mark.parametrize(
    ("opening", "step"), [("[", 1), ("- ", 2), ("{a: ", 4), ("? ", 2), ("[{a: ", 5)]
)
def test_a_hundred_thousand_levels_of_nesting_are_refused_at_once(opening: str, step: int) -> None:
    levels = opening.count("[") + opening.count("{") or 1
    column = DEEPEST // levels * step + 1
    start = process_time()
    assert refused(opening * 100_000) == (
        f"a.yaml:1: {column}: found more than {DEEPEST} levels of nesting, expected fewer"
    )
    assert process_time() - start < 1


def test_what_is_nested_just_deep_enough_is_read() -> None:
    data = read_yaml("[" * DEEPEST + "]" * DEEPEST, "a.yaml").data
    levels = 0
    while data:
        (data,) = data
        levels += 1
    assert levels == DEEPEST - 1


def test_many_parts_beside_one_another_are_not_deep() -> None:
    assert read_yaml("a: []\n" + "".join(f"b{n}: [{{}}]\n" for n in range(99)), "a.yaml").data


def test_a_file_of_more_than_four_million_characters_is_refused_unread() -> None:
    start = process_time()
    expected = f"a.yaml:1: 1: found {LARGEST + 1} characters, expected at most {LARGEST}"
    assert refused("[" * (LARGEST + 1)) == expected
    assert process_time() - start < 1


def test_a_tab_that_indents_is_refused_and_one_between_is_not() -> None:
    assert refused("a:\n\tb: 1").startswith("a.yaml:2: 1: found character that cannot start")
    assert read_yaml("a:\tb\t# note\n", "a.yaml").data == {"a": "b"}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: [1\nb: 2", "2: 2: found"),
        ("a: b: c", "1: 5: found mapping values are not allowed"),
        ('a: "open', "1: 9: found unexpected end of stream"),
        ("a: @b", "1: 4: found character that cannot start any token"),
    ],
)
def test_what_is_no_yaml_is_refused_at_its_place(text: str, place: str) -> None:
    shown = refused(text)
    assert shown.startswith(f"a.yaml:{place}")
    assert shown.endswith("expected one YAML document")


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f"])
def test_a_control_character_is_named_at_its_place(character: str) -> None:
    assert refused(f"a: 1\nb: x{character}") == (
        f"a.yaml:2: 5: found the character U+{ord(character):04X}, "
        "expected characters that can be printed"
    )


def test_a_byte_order_mark_is_no_part_of_the_first_key() -> None:
    document = read_yaml("\ufeffa: 1\n", "a.yaml")
    assert document.data == {"a": 1}
    assert document.place(("a",)) == Place(1, 1)


@pytest.mark.parametrize("text", ["", "\n\n", "# a note only\n", "---\n"])
def test_a_file_without_content_holds_nothing(text: str) -> None:
    document = read_yaml(text, "a.yaml")
    assert document.data is None
    assert document.faults == []


NESTED = """\
# a note
tiers:
  - tier: 1
    requirements:
      one: {title: One, rule: {kind: x}}
  - tier: 2
"""


@pytest.mark.parametrize(
    ("path", "line", "column"),
    [
        (("tiers",), 2, 1),
        (("tiers", 0), 3, 5),
        (("tiers", 0, "requirements", "one"), 5, 7),
        (("tiers", 0, "requirements", "one", "rule", "kind"), 5, 32),
        (("tiers", 1, "tier"), 6, 5),
    ],
)
def test_a_part_has_the_place_of_its_key_or_its_start(
    path: tuple[str | int, ...], line: int, column: int
) -> None:
    assert read_yaml(NESTED, "a.yaml").place(path) == Place(line, column)


def test_what_is_not_there_has_the_place_of_what_is_around_it() -> None:
    document = read_yaml(NESTED, "a.yaml")
    assert document.place(("tiers", 1, "requirements", "one", "rule")) == Place(6, 5)
    assert document.place(("sources", 0)) == Place(2, 1)
    assert Document("a.yaml").place(("sources",)) == Place(1, 1)
    fault = document.fault(("tiers", 1, "title"), "no title", "the key title")
    assert str(fault) == "a.yaml:6: 5: found no title, expected the key title"
