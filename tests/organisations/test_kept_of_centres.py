"""What is worked out of centres is kept until something is written, and worked out once."""

from threading import Event, Thread

import pytest

from attain.organisations import kept
from attain.organisations.actions.places import change_site
from attain.organisations.models import Centre
from attain.organisations.rules import Role
from estate import Estate

pytestmark = pytest.mark.django_db


def test_it_is_worked_out_again_after_a_write_and_for_another_question(estate: Estate) -> None:
    asked: list[list[str]] = []

    def work(missing: list[Centre]) -> dict[int, str]:
        asked.append([centre.key for centre in missing])
        return {centre.pk: centre.name for centre in missing}

    centres = list(Centre.objects.select_related("organisation").order_by("key"))
    about = dict.fromkeys((centre.pk for centre in centres), "names")
    everything = [centre.key for centre in centres]
    first = kept.kept_of(centres[:1], about, work)
    assert first == {centres[0].pk: centres[0].name}
    assert set(kept.kept_of(centres, about, work)) == {centre.pk for centre in centres}
    assert kept.kept_of(centres, about, work)[centres[0].pk] == centres[0].name
    assert asked == [everything[:1], everything[1:]]
    kept.kept_of(centres, dict.fromkeys(about, "others"), work)
    assert asked[2:] == [everything]
    site = estate.leeds
    lead = estate.member(Role.PROGRAMME_LEAD)
    change_site(site=site, seen=site.version, by=lead, name="Leeds North")
    kept.kept_of(centres, about, work)
    assert asked[3:] == [everything]


def test_who_asks_meanwhile_waits_and_works_nothing_out(
    estate: Estate, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The threads share no connection with the test, and so no organisation.
    monkeypatch.setattr(kept, "figures_stand", lambda organisation: f"meanwhile-{organisation.pk}")
    begun, may_end, count = Event(), Event(), []

    def work(missing: list[Centre]) -> dict[int, int]:
        count.append(len(missing))
        begun.set()
        assert may_end.wait(10)
        return {centre.pk: 7 for centre in missing}

    centre = Centre.objects.select_related("organisation").get(pk=estate.centre.pk)
    answers: list[dict[int, int]] = []

    def ask() -> None:
        answers.append(kept.kept_of([centre], {centre.pk: "sevens"}, work))

    threads = [Thread(target=ask) for _ in range(2)]
    threads[0].start()
    assert begun.wait(10)
    threads[1].start()
    may_end.set()
    for thread in threads:
        thread.join(10)
    assert answers == [{centre.pk: 7}] * 2
    assert count == [1]
