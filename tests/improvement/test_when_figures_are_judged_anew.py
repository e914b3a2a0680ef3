"""Verdicts are worked out anew after a write of figures or of the structure, after no other one."""

import pytest

from assessing import open_one, rate_all
from attain.certification.actions.applications import apply
from attain.certification.queries.verdicts import DEFAULT_SCHEME
from attain.improvement.actions import progress
from attain.organisations.actions.places import change_site
from attain.organisations.figures_stand import figures_stand
from attain.organisations.models import AuditHead
from attain.organisations.rules import Role
from attain.performance.actions.recording import withdraw_row
from attain.performance.models import Initiative
from carrying import done, planned, process_of, started
from certified import record_centre
from estate import Estate
from improving import NOW

pytestmark = pytest.mark.django_db


def stands(estate: Estate) -> tuple[str, str]:
    """Return what the figures stand at, and how the trail ends."""
    ends = AuditHead.objects.get(chain=estate.organisation.key)
    return figures_stand(estate.organisation), ends.entry_hash


def test_ratings_applications_and_comments_leave_the_verdicts_as_they_are(estate: Estate) -> None:
    record_centre(estate)
    figures, trail = stands(estate)
    assert figures == trail
    assessed = open_one(estate)
    rate_all(assessed.mine)
    lead = estate.member(Role.PROGRAMME_LEAD)
    volumes = {"site_volume": 1000, "assessed_volume": 900}
    apply(by=lead, centre=estate.centre, scheme=DEFAULT_SCHEME, tier=1, **volumes, now=NOW)
    made = started(planned(estate), estate)
    progress.say(by=lead, initiative=made, text="On its way", now=NOW)
    assert stands(estate)[0] == figures
    assert stands(estate)[1] != trail


def test_figures_a_site_and_a_structured_initiative_that_is_done_have_them_worked_out_anew(
    estate: Estate,
) -> None:
    centre, lead, seen = record_centre(estate), estate.member(Role.PROGRAMME_LEAD), set[str]()

    def is_new() -> bool:
        figures, before = stands(estate)[0], len(seen)
        seen.add(figures)
        return len(seen) > before

    assert is_new()
    assert not is_new()
    [one] = Initiative.objects.filter(key="knowledge")
    withdraw_row(record=one, seen=1, reason="Not structured", by=lead, now=NOW)
    assert is_new()
    change_site(site=estate.leeds, seen=estate.leeds.version, by=lead, timezone="Europe/Berlin")
    assert is_new()
    process = process_of(centre, "answering")
    made = planned(estate, is_structured=True, process=process)
    assert not is_new()
    started(made, estate)
    assert is_new()
    done(made, estate, "A fishbone", "Ten per cent fewer")
    assert is_new()
