"""A list is ordered, paged, narrowed to columns and taken away, all by its address."""

import re
from decimal import Decimal

import pytest
from django.test import Client

from attain.organisations.rules import Role
from estate import make_estate

pytestmark = pytest.mark.django_db
ADDRESS = "/o/northwind/components"


@pytest.fixture
def reader(client: Client) -> Client:
    """Give the browser of a member."""
    client.force_login(make_estate().member(Role.ANALYST).account)
    return client


def table_of(client: Client, query: str = "") -> str:
    page = client.get(f"{ADDRESS}?{query}").content.decode()
    return page.split('<div class="data-table"')[1].split('<section class="card')[0]


def first_cells(table: str) -> list[str]:
    rows = re.findall(r"<tr[^>]*><td[^>]*>([^<]*)", table.split("<tbody>")[1])
    return [row.strip() for row in rows]


def test_the_reader_orders_the_rows(reader: Client) -> None:
    up, down = table_of(reader), table_of(reader, "sort=-site")
    assert first_cells(up) == sorted(first_cells(up))
    assert first_cells(down) == sorted(first_cells(down), reverse=True)
    assert 'aria-sort="ascending"' in up
    assert 'aria-sort="descending"' in down


def test_rows_without_a_figure_do_not_hinder_the_order(reader: Client) -> None:
    numbers = re.findall(r"([\d.]+) %", table_of(reader, "sort=-level"))
    assert numbers == sorted(numbers, key=Decimal, reverse=True)
    assert len(numbers) > 5


def test_the_reader_turns_pages_and_keeps_the_order(reader: Client) -> None:
    second = table_of(reader, "sort=-site&page=2")
    assert "11 to 20, page 2 of 14" in second
    assert "sort=-site&amp;page=3" in second or "page=3&amp;sort=-site" in second


@pytest.mark.parametrize("page", ["0", "-1", "99999", "x", "", "9" * 40])
def test_a_page_that_is_not_there_is_the_nearest_one(reader: Client, page: str) -> None:
    assert first_cells(table_of(reader, f"page={page}"))


def test_the_reader_chooses_columns(reader: Client) -> None:
    usual, chosen = table_of(reader), table_of(reader, "columns=site&columns=channel")
    heads = [re.findall(r'<th [^>]*scope="col"', table) for table in (usual, chosen)]
    assert [len(found) for found in heads] == [4, 2]
    assert "E-mail" in chosen
    assert "Undetermined" not in chosen


def test_a_filter_leaves_what_fits(reader: Client) -> None:
    assert "22 rows" in table_of(reader, "q=leeds")
    assert "Nothing here fits." in table_of(reader, "q=nowhere")


def test_the_file_holds_every_row_and_column_as_numbers(reader: Client) -> None:
    response = reader.get(f"{ADDRESS}?export=csv&q=leeds&page=2")
    lines = response.content.decode("utf-8-sig").splitlines()
    assert lines[0] == '"Site","Channel","Contacts","Service level","Outcome"'
    assert len(lines) == 23
    assert re.fullmatch(r'"Leeds 1","E-mail",\d+,[\d.]*,"Met"', lines[1])
    assert reader.get(f"{ADDRESS}?export=xlsx").content.startswith(b"PK")


def test_no_file_is_made_of_what_the_address_invents(reader: Client) -> None:
    assert reader.get(f"{ADDRESS}?export=exe").headers["Content-Type"].startswith("text/html")
    assert reader.get(f"{ADDRESS}?sort=password&columns=password").status_code == 200
