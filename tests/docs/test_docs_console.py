"""What the pages show of the command line is what it prints."""

import pytest

from project import ROOT
from tools.console import exchanges_of, refreshed
from tools.places import pages_with_consoles

FENCE = "```"


def page(*blocks: str) -> str:
    return "\n".join(f"{FENCE}{block}\n{FENCE}" for block in blocks) + "\n"


@pytest.mark.parametrize("name", pages_with_consoles())
def test_a_page_shows_what_its_commands_print(name: str) -> None:
    exchanges = exchanges_of((ROOT / name).read_text("utf-8"))
    assert exchanges
    differing = {e.command: "\n".join(e.printed) for e in exchanges if not e.agrees}
    assert not differing, "python -m tools.reference --excerpts brings the pages up to date"


def test_the_readme_the_tutorial_and_the_guides_show_commands() -> None:
    shown = pages_with_consoles()
    assert "README.md" in shown
    assert "docs/tutorial/first-verdict.md" in shown
    assert sum(name.startswith("docs/how-to/") for name in shown) >= 4


def test_output_that_differs_in_a_word_is_noticed() -> None:
    told, wrong = exchanges_of(page("console\n$ echo one two\none two\n$ echo one two\none too"))
    assert told.agrees
    assert not wrong.agrees


def test_three_dots_stand_for_any_number_of_lines_and_for_nothing_else() -> None:
    command = "$ printf 'a\\nb\\nc\\n'\n"
    for shown, agrees in {
        "a\n...\nc": True,
        "...\nc": True,
        "a\n...\nb\n...\nc": True,
        "a\n...": True,
        "a\nb": False,
        "b\n...": False,
        "a\n...\nd": False,
    }.items():
        (exchange,) = exchanges_of(page(f"console\n{command}{shown}"))
        assert exchange.agrees is agrees, shown


def test_a_file_of_the_page_is_there_for_the_commands_after_it() -> None:
    text = page("csv file=a/b.csv\nwhat,cost\nx,1", "console\n$ cat a/b.csv\nwhat,cost\nx,1")
    assert [e.agrees for e in exchanges_of(text)] == [True]


def test_the_exit_status_of_a_refused_command_can_be_shown() -> None:
    (refused, status) = exchanges_of(page("console\n$ attain certify nowhere\n...\n$ echo $?\n2"))
    assert "nowhere:1: folder" in refused.printed[0]
    assert status.agrees


def test_refreshing_a_page_puts_todays_output_in_place_and_keeps_what_is_left_out() -> None:
    old = page(
        "console\n$ printf 'head\\nfirst 12\\nmore\\nlast 12\\nend\\n'\n...\nfirst 1\nlast 1\n..."
    )
    new, by_hand = refreshed(old)
    assert "...\nfirst 12\nmore\nlast 12\n...\n" in new
    assert not by_hand
    assert refreshed(new) == (new, [])


def test_refreshing_names_the_commands_whose_excerpt_is_gone() -> None:
    old = page("console\n$ echo something else\n...\nquite another line\n...")
    assert refreshed(old) == (old, ["echo something else"])
