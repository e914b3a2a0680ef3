"""The tree of a verdict: every finding has its own address, the lacking ones are open."""

from datetime import date

from attain.measurement.metrics import MonthState
from attain.measurement.outcomes import Outcome
from attain.measurement.periods import Month
from attain.organisations.sentences import Told
from attain.standards.findings import Finding, Source, Strip, joined
from attain.website.finding_nodes import Node, nodes_of
from drawing import drawn

MONTHS = (Month.parse("2026-01"), Month.parse("2026-02"))
CALLS = Finding(
    key="calls & chats",
    outcome=Outcome.NOT_MET,
    asked="Calls are answered in time",
    measured="9 of 12",
    threshold="at least 10 of 12",
    sources=(Source(date(2020, 1, 1), "The scheme", "3.2"),),
    strip=Strip(MONTHS, (MonthState.ON_TARGET, MonthState.OFF_TARGET)),
)
MAILS = Finding("calls & chats", Outcome.UNDETERMINED, "Mails", missing=("readings.csv mails",))
CLIENTS = Finding("clients", Outcome.NOT_APPLICABLE, "Clients", reason="there are none")
TREE = joined("on-target", "Metrics are on target", (CALLS, MAILS, CLIENTS))


def all_of(nodes: tuple[Node, ...]) -> list[Node]:
    return [found for node in nodes for found in (node, *all_of(node.children))]


def test_every_finding_has_an_address_of_its_own() -> None:
    ids = [node.id for node in all_of(nodes_of([TREE, TREE], "tier-2", {}))]
    assert len(ids) == len(set(ids)) == 8
    assert ids[0] == "tier-2-on-target"
    assert ids[1] == "tier-2-on-target-calls-chats"


def test_the_json_of_a_finding_is_shown_like_the_finding() -> None:
    plain, read = nodes_of([TREE], "t", {}), nodes_of([TREE.as_json()], "t", {})
    assert [n.id for n in all_of(plain)] == [n.id for n in all_of(read)]
    assert [n.outcome for n in all_of(plain)] == [n.outcome for n in all_of(read)]
    assert [n.left_out for n in all_of(plain)] == [n.left_out for n in all_of(read)]


def test_what_lacks_is_open_and_what_holds_is_not() -> None:
    met = Finding("documents", Outcome.MET, "Documents")
    assert [node.is_open for node in nodes_of([TREE, met], "t", {})] == [True, False]


def test_a_finding_leads_to_what_it_rests_on() -> None:
    links = {"on-target/calls & chats": [("/readings", "The readings")]}
    shown = shown_with(links)
    assert '<a href="/readings">The readings</a>' in shown


def test_the_tree_says_what_was_asked_measured_missing_and_left_out() -> None:
    shown = shown_with({})
    for words in (
        "Calls are answered in time", "9 of 12", "at least 10 of 12", "The scheme, 3.2",
        "February 2026: Off target", "readings.csv mails", "clients: there are none", "Not met",
    ):  # fmt: skip
        assert words in shown


def test_a_sentence_names_its_months_in_words_and_leaves_dates_and_names_alone() -> None:
    asked = "INC-2026-01 is up as targeted in 2026-05, in force from 2020-01-01"
    (node,) = nodes_of([Finding("a", Outcome.MET, asked, measured="7.1 in 2026-10")], "t", {})
    words = "INC-2026-01 is up as targeted in May 2026, in force from 2020-01-01"
    assert (node.asked, node.measured) == (Told(words, "en"), Told("7.1 in October 2026", "en"))


def shown_with(links: dict[str, list[tuple[str, str]]]) -> str:
    template = "<c-finding-tree :findings='findings' :links='links' id='t' />"
    return drawn(template, findings=[TREE], links=links)
