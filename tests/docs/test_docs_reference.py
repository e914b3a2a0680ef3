"""The reference pages are those that the code writes, and they leave nothing out."""

from collections.abc import Callable

import pytest

from attain.dossier.tables import TABLES
from project import ROOT
from tools.reference.pages import PAGES
from tools.reference.scheme_page import kinds_of_rules, name_of


@pytest.mark.parametrize(("name", "write"), PAGES.items())
def test_a_reference_page_is_the_one_that_the_code_writes(
    name: str, write: Callable[[], str]
) -> None:
    assert (ROOT / name).read_text("utf-8") == write(), "make docs writes it anew"


def test_every_page_of_the_reference_is_written_from_code() -> None:
    there = {str(p.relative_to(ROOT)) for p in (ROOT / "docs/reference").iterdir()}
    assert there == set(PAGES)


def test_the_page_of_schemes_has_every_kind_with_every_option() -> None:
    text = PAGES["docs/reference/scheme.md"]()
    kinds = kinds_of_rules()
    assert len(kinds) >= 15
    for kind in kinds:
        section = text.split(f"### `{name_of(kind)}`\n")[1]
        section = section.split("\n### ")[0]
        assert "Can be: " in section
        options = set(kind.model_fields) - {"kind"}
        assert not [option for option in options if f"| `{option}` | " not in section]


def test_the_page_of_the_dossier_has_every_column_of_every_table() -> None:
    text = PAGES["docs/reference/dossier.md"]()
    for table in TABLES.values():
        section = text.split(f"## `{table.file}`\n")[1].split("\n## ")[0]
        assert not [name for name in table.names if f"| `{name}` | " not in section]
