"""What `attain certify` prints: one JSON document in the contract's shape, or a proof to read."""

import json
import re
from pathlib import Path
from random import Random
from typing import Any

import pytest

from contract.contract_tables import COLUMNS
from contract.drawn_dossiers import draw_dossier, write_dossier
from contract.refusing import certify
from dossiers import write_dossier as write_sound

OUTCOMES = {"met", "not_met", "not_applicable", "undetermined"}
KEYS = ["key", "outcome", "measured", "threshold", "children", "missing", "left_out"]
REQUIREMENTS = [
    ["practices-documented", "metrics-tracked", "actions-on-misses", "coverage"],
    [
        *("metrics-tracked", "initiatives", "end-user-facing-on-target", "enabling-on-target"),
        *("service-level", "uptime", "business-continuity", "coverage"),
    ],
    [
        *("metrics-tracked", "initiatives", "end-user-facing-on-target", "enabling-on-target"),
        *("service-level", "uptime", "business-continuity", "end-user-satisfaction"),
        *("staff-satisfaction", "it-response", "technology-alignment", "coverage"),
    ],
]
MEASURED = ("coverage", "service-level", "end-user-facing-on-target", "enabling-on-target")


@pytest.fixture(params=range(8))
def told(
    request: pytest.FixtureRequest, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> dict[str, Any]:
    """The document that the command prints for a drawn dossier."""
    draw = Random(request.param)
    drawn = draw_dossier(draw, request.param)
    folder = write_dossier(tmp_path / "dossier", drawn, draw)
    status, out, err = certify(capsys, str(folder), "--as-of", "2024-02-29", "--json")
    assert (status, err) == (0, "")
    document: dict[str, Any] = json.loads(out)
    return document


def requirements(told: dict[str, Any]) -> list[dict[str, Any]]:
    return [each for tier in told["tiers"] for each in tier["requirements"]]


def test_the_document_has_the_keys_of_the_contract(told: dict[str, Any]) -> None:
    assert list(told) == ["scheme", "edition", "as_of", "tier", "tiers"]
    assert told["scheme"] == "performance-tiers"
    assert isinstance(told["edition"], str)
    assert told["as_of"] == "2024-02-29"
    for tier in told["tiers"]:
        assert list(tier) == ["tier", "outcome", "requirements"]


def test_the_tiers_are_always_1_2_and_3(told: dict[str, Any]) -> None:
    assert [tier["tier"] for tier in told["tiers"]] == [1, 2, 3]
    assert {tier["outcome"] for tier in told["tiers"]} <= OUTCOMES
    assert told["tier"] in {None, 1, 2, 3}


def test_each_tier_has_its_requirements_in_the_order_of_the_table(told: dict[str, Any]) -> None:
    keys = [[each["key"] for each in tier["requirements"]] for tier in told["tiers"]]
    assert keys == REQUIREMENTS


def test_a_requirement_and_all_below_it_have_the_same_keys(told: dict[str, Any]) -> None:
    def check(node: dict[str, Any]) -> None:
        assert list(node) == KEYS
        assert isinstance(node["key"], str)
        assert node["outcome"] in OUTCOMES
        assert all(node[each] is None or isinstance(node[each], str) for each in KEYS[2:4])
        assert all(isinstance(text, str) for each in KEYS[5:] for text in node[each])
        for child in node["children"]:
            check(child)

    for requirement in requirements(told):
        check(requirement)


def test_what_the_contract_fixes_is_measured_as_a_bare_number(told: dict[str, Any]) -> None:
    measured = [each["measured"] for each in requirements(told) if each["key"] in MEASURED]
    assert len(measured) == 9
    for text in measured:
        assert text is None or re.fullmatch(r"\d+/[1-9]\d*|\d+(\.\d+)?", text)


def test_what_is_missing_is_named_by_its_file_and_its_key(told: dict[str, Any]) -> None:
    named = [text for each in requirements(told) for text in each["missing"]]
    assert {text.split()[0] for text in named} <= {*COLUMNS, "dossier"}


def test_a_verdict_has_status_0_whatever_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_sound(tmp_path / "dossier")
    status, out, err = certify(capsys, str(folder), "--json", "--scheme", "performance-tiers")
    assert (status, err) == (0, "")
    told = json.loads(out)
    assert (told["tier"], told["as_of"]) == (None, "2026-10-31")


def test_the_text_shows_the_same_requirements_and_what_would_change_the_verdict(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_sound(tmp_path / "dossier")
    status, out, err = certify(capsys, str(folder))
    assert (status, err) == (0, "")
    places = [out.index(f"[{key}]: ") for keys in REQUIREMENTS[:1] for key in keys]
    assert places == sorted(places)
    assert all(f"[{key}]: " in out for keys in REQUIREMENTS for key in keys)
    assert "What would change the verdict" in out
