"""Pages of the estate and of a centre by a scheme other than the first one, and as of a day."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from attain.certification.queries.estate import rows_of
from attain.certification.queries.verdicts import find_law, verdict_of
from attain.certification.rules.proofs import write_tree
from attain.organisations.rules import Role
from certified import NOW, record_centre
from estate import Estate

pytestmark = pytest.mark.django_db
OTHER = "service-essentials-award"
AS_OF = NOW.date()
HERE = "/o/northwind/certification"


@pytest.fixture
def read(estate: Estate, time_machine: Any) -> Callable[[str], str]:
    record_centre(estate)
    time_machine.move_to(NOW)
    client = Client()
    client.force_login(
        estate.member(Role.AUDITOR).account, "django.contrib.auth.backends.ModelBackend"
    )

    def page(path: str) -> str:
        answer = client.get(HERE + path)
        assert answer.status_code == 200, answer.content[:500]
        return answer.content.decode()

    return page


def titles_of(scheme: str) -> set[str]:
    """Return the titles of the requirements of tier 1 of a scheme."""
    return {each.title for each in find_law(scheme)[0].tiers[0].requirements.values()}


@pytest.fixture
def own_titles() -> set[str]:
    """Return the titles of tier 1 that only the other scheme has."""
    own = titles_of(OTHER) - titles_of("performance-tiers")
    assert own
    return own


def test_the_proof_of_a_centre_is_by_the_scheme_that_was_chosen(
    estate: Estate, read: Callable[[str], str], own_titles: set[str]
) -> None:
    page = read(f"/centres/leeds?scheme={OTHER}&tier=1")
    assert all(title in page for title in own_titles)
    assert not any(title in read("/centres/leeds?tier=1") for title in own_titles)
    verdict = verdict_of(estate.centre, AS_OF, OTHER)
    assert read(f"/centres/leeds/proof?scheme={OTHER}") == write_tree(verdict)
    assert read("/centres/leeds/proof") == write_tree(verdict_of(estate.centre, AS_OF))


def test_what_was_chosen_goes_along_to_the_other_pages_of_the_centre(
    read: Callable[[str], str],
) -> None:
    chosen = f"as_of=2026-10-31&amp;scheme={OTHER}"
    page = read(f"/centres/leeds?scheme={OTHER}&as_of=2026-10-31")
    for each in ("", "/road", "/what-if", "/proof"):
        assert f'href="{HERE}/centres/leeds{each}?{chosen}"' in page
    assert f'href="?{chosen}&amp;tier=1"' in page
    assert f"{HERE}/centres/leeds/road?{chosen}&amp;plan=1" in read(
        f"/centres/leeds/road?scheme={OTHER}&as_of=2026-10-31"
    )
    assert f'href="{HERE}/centres/leeds/road"' in read("/centres/leeds?tier=2")


def test_the_road_leads_to_the_next_tier_of_the_scheme_that_was_chosen(
    read: Callable[[str], str], own_titles: set[str]
) -> None:
    page = read(f"/centres/leeds/road?scheme={OTHER}&plan=1")
    others = {
        each.title
        for tier in find_law("performance-tiers")[0].tiers
        for each in tier.requirements.values()
    }
    assert not any(f">{title}<" in page for title in others - titles_of(OTHER))
    assert page != read("/centres/leeds/road?plan=1")


def test_the_estate_is_by_the_scheme_that_was_chosen_and_leads_to_its_proof(
    estate: Estate, read: Callable[[str], str]
) -> None:
    [row] = rows_of([estate.centre], AS_OF, NOW, OTHER)
    page = read(f"?scheme={OTHER}")
    assert row.blocking_words
    assert row.blocking_words.partition(";")[0] in page
    assert f'href="{HERE}/centres/leeds?scheme={OTHER}"' in page
    assert f'href="{HERE}/centres/leeds"' in read("")


def test_a_region_is_chosen_together_with_a_day(estate: Estate, read: Callable[[str], str]) -> None:
    assert estate.leeds.region is not None
    asked = f"region={estate.leeds.region.key}&as_of=2024-02-01"
    # Nothing was measured yet at that time.
    assert rows_of([estate.centre], date(2024, 2, 1), NOW)[0].tier is None
    assert "figures as of 1 February 2024." in read(f"?{asked}")


def test_what_an_address_does_not_name_is_shown_as_it_is_taken(read: Callable[[str], str]) -> None:
    today = f'value="{AS_OF}"'
    assert today in read(f"?scheme={OTHER}")
    assert today in read(f"/centres/leeds?scheme={OTHER}")
    chosen = '<option value="performance-tiers" selected>'
    assert chosen in read("?region=north")
    assert chosen in read("/centres/leeds?as_of=2026-10-31")


def test_a_scheme_that_is_not_offered_is_not_judged_by(read: Callable[[str], str]) -> None:
    page = read("/centres/leeds?scheme=none-such")
    assert "Select a valid choice" in page
    assert "reach tier 2" in page
