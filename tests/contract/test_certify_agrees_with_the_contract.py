"""Drawn dossiers get the verdict that a second reading of the contract gives them."""

import json
import subprocess
import sys
import tempfile
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from attain.dossier.folder import read_dossier
from attain.standards.library import default_library
from attain.standards.scheme import Scheme
from attain.standards.verdicts import certify
from contract.agreement import differences
from contract.contract_files import Files
from contract.drawn_dossiers import draw_dossier, write_dossier
from contract.oracle import verdict


@cache
def tiers() -> Scheme:
    library = default_library()
    return library.load_scheme(library.find("scheme", "performance-tiers"))


def told_of(folder: Path, as_of: date | None) -> dict[str, Any]:
    """Return the verdict as the command gives it, without starting it."""
    dossier = read_dossier(folder, as_of)
    told = certify(dossier.figures, tiers(), dossier.as_of).as_json()
    assert told["as_of"] == dossier.as_of.isoformat()
    return told


def written(drawn: Files) -> str:
    """Return a drawn dossier as a person would write it down, for a test that fails."""
    return "\n".join(f"{name}: {part}" for name, part in drawn.items() if part)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(draw=st.randoms(use_true_random=False), metrics=st.integers(0, 3))
def test_a_small_dossier_is_judged_to_the_letter(draw: Random, metrics: int) -> None:
    drawn = draw_dossier(draw, metrics)
    note(written(drawn))
    with tempfile.TemporaryDirectory() as parent:
        folder = write_dossier(Path(parent, "dossier"), drawn, draw)
        assert differences(told_of(folder, drawn["given"]), verdict(folder, drawn["given"])) == []


@pytest.mark.parametrize("seed", range(20))
def test_a_larger_dossier_is_judged_to_the_letter(tmp_path: Path, seed: int) -> None:
    for number in range(10):
        draw = Random(10 * seed + number)
        drawn = draw_dossier(draw, draw.choice((0, 1, 2, 2, 3, 5, 20, 30)))
        folder = write_dossier(tmp_path / f"dossier {number}", drawn, draw)
        found = differences(told_of(folder, drawn["given"]), verdict(folder, drawn["given"]))
        assert found == [], written(drawn)


@pytest.mark.parametrize("seed", [7, 23, 41])
def test_the_program_itself_tells_that_verdict(tmp_path: Path, seed: int) -> None:
    draw = Random(seed)
    drawn = draw_dossier(draw, 3)
    folder = write_dossier(tmp_path / "dossier", drawn, draw)
    options = ["--as-of", drawn["given"].isoformat()] if drawn["given"] else []
    command = [sys.executable, "-m", "attain", "certify", str(folder), "--json", *options]
    ran = subprocess.run(command, capture_output=True, check=True)
    told = json.loads(ran.stdout)
    assert ran.stderr == b""
    assert told == told_of(folder, drawn["given"])
    assert differences(told, verdict(folder, drawn["given"])) == []


def test_the_drawn_dossiers_come_to_every_verdict(tmp_path: Path) -> None:
    """Or else the agreement would say little."""
    seen: set[tuple[str, str]] = set()
    for seed in range(150):
        draw = Random(seed)
        folder = tmp_path / str(seed)
        drawn = draw_dossier(draw, draw.randrange(5))
        oracle = verdict(write_dossier(folder, drawn, draw), drawn["given"])
        seen.add(("tier", str(oracle["tier"])))
        for tier in oracle["tiers"]:
            seen.update((key, each["outcome"]) for key, each in tier["requirements"].items())
    assert {("tier", text) for text in ("None", "1", "2", "3")} <= seen
    asked = {key for key, _ in seen} - {"tier"}
    assert {(key, outcome) for key in asked for outcome in ("met", "not_met")} <= seen
    always = {"practices-documented", "metrics-tracked", "actions-on-misses", "service-level"}
    open_ones = {*always, "end-user-facing-on-target", "enabling-on-target", "uptime", "coverage"}
    assert {(key, "undetermined") for key in open_ones} <= seen
