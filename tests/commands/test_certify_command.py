"""`attain certify` as a person calls it: text, JSON, the road, costs, and what is refused."""

import json
from pathlib import Path

import pytest

from attain.commands import run
from attain.dossier.scaffold import write_new_dossier

Captured = pytest.CaptureFixture[str]
AWARD = ["--scheme", "service-essentials-award"]


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    folder = tmp_path / "centre"
    write_new_dossier(folder)
    return folder


def refused(capsys: Captured, *arguments: str) -> list[str]:
    assert run(list(arguments)) == 2
    out, err = capsys.readouterr()
    assert out == ""
    return err.splitlines()


def printed(capsys: Captured, *arguments: str) -> str:
    assert run(list(arguments)) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out


def test_a_new_dossier_is_certified_as_it_is(dossier: Path, capsys: Captured) -> None:
    text = printed(capsys, "certify", str(dossier))
    assert "NO TIER of 3 is reached" in text
    assert "What would change the verdict" in text


def test_the_date_of_the_command_line_goes_before_that_of_the_file(
    dossier: Path, capsys: Captured
) -> None:
    told = json.loads(printed(capsys, "certify", str(dossier), "--as-of", "2026-11-30", "--json"))
    assert told["as_of"] == "2026-11-30"


def test_another_scheme_judges_the_same_figures(dossier: Path, capsys: Captured) -> None:
    scheme = "service-essentials-award"
    told = json.loads(printed(capsys, "certify", str(dossier), "--scheme", scheme, "--json"))
    assert told["scheme"] == scheme
    assert [tier["tier"] for tier in told["tiers"]] == [1, 2]


def test_the_road_is_told_in_json_beside_the_verdict(dossier: Path, capsys: Captured) -> None:
    told = json.loads(printed(capsys, "certify", str(dossier), "--next", "--json"))
    assert told["tier"] is None
    assert told["next"]["tier"] == 1
    cheapest = told["next"]["cheapest"]
    assert (cheapest["by"], cheapest["months"]) == ("2027-01-31", 3)
    steps = [step for part in cheapest["requirements"] for step in part["steps"]]
    assert [step["what"] for step in steps] == ["metrics enabling"]


def test_costs_beside_the_figures_are_read_by_next_alone(dossier: Path, capsys: Captured) -> None:
    (dossier / "costs.csv").write_text("what,cost\nmetrics,12.5\n")
    told = json.loads(printed(capsys, "certify", str(dossier), "--next", "--json"))
    assert told["next"]["cheapest"]["cost"] == "12.5"
    (fault,) = refused(capsys, "certify", str(dossier))
    assert fault.startswith("costs.csv:1: file: found a file that is no table of a dossier")


def test_costs_may_lie_elsewhere(dossier: Path, tmp_path: Path, capsys: Captured) -> None:
    costs = tmp_path / "our-costs.csv"
    costs.write_text("what,cost\nmetrics enabling,3\nmetrics,99\n")
    told = json.loads(
        printed(capsys, "certify", str(dossier), "--next", "--costs", str(costs), "--json")
    )
    assert told["next"]["cheapest"]["cost"] == "3"


def test_a_cost_of_what_the_dossier_lacks_is_refused_at_its_line(
    dossier: Path, tmp_path: Path, capsys: Captured
) -> None:
    costs = tmp_path / "costs.csv"
    costs.write_text("what,cost\ninitiatives,3\n\nchat-bots,99\nmetrics,-1\n")
    faults = refused(capsys, "certify", str(dossier), "--next", "--costs", str(costs))
    assert [fault.split(" found")[0] for fault in faults] == [
        "costs.csv:4: what:",
        "costs.csv:5: cost:",
    ]


def test_costs_that_are_not_there_are_refused(dossier: Path, capsys: Captured) -> None:
    (fault,) = refused(capsys, "certify", str(dossier), "--next", "--costs", "nowhere.csv")
    assert fault.startswith("nowhere.csv:1: file: found no such file")


@pytest.mark.parametrize(
    ("arguments", "place"),
    [
        ([], "DOSSIER"),
        (["no-such-folder"], "folder"),
        (["--estate", "a", "b"], "DOSSIER"),
        (["--site", "a"], "DOSSIER"),
        (["--estate", "a", "--next"], "--next"),
        (["DOSSIER", "--scheme", "no-such-scheme"], "--scheme"),
        (["DOSSIER", "--scheme", "../schemes/performance-tiers"], "--scheme"),
        (["DOSSIER", "--as-of", "31.10.2026"], "--as-of"),
        (["DOSSIER", "--as-of", "20261031"], "--as-of"),
        (["DOSSIER", "--as-of", "2026-02-30"], "--as-of"),
        (["DOSSIER", *AWARD, "--as-of", "2025-12-31"], "--as-of"),
        (["DOSSIER", "--as-of"], "--as-of"),
        (["DOSSIER", "--tier", "3"], "--tier"),
        (["DOSSIER", "DOSSIER"], "arguments"),
    ],
)
def test_a_command_line_that_is_wrong_is_refused_on_one_line(
    arguments: list[str], place: str, dossier: Path, capsys: Captured
) -> None:
    given = [str(dossier) if argument == "DOSSIER" else argument for argument in arguments]
    (fault,) = refused(capsys, "certify", *given)
    assert fault.split(":")[2].strip() == place
    assert "found " in fault
    assert ", expected " in fault


def test_a_date_of_the_dossier_before_the_scheme_is_refused_in_the_dossier(
    dossier: Path, capsys: Captured
) -> None:
    header = dossier / "dossier.yaml"
    header.write_text(header.read_text().replace("2026-10-31", "2025-10-31"))
    (fault,) = refused(capsys, "certify", str(dossier), *AWARD)
    assert fault.startswith("dossier.yaml:1: as_of: found 2025-10-31, expected a date on or after")


def test_the_tiers_of_performance_hold_at_any_date(dossier: Path, capsys: Captured) -> None:
    told = json.loads(printed(capsys, "certify", str(dossier), "--as-of", "0001-01-01", "--json"))
    assert told["tier"] is None


def test_an_unknown_command_is_refused(capsys: Captured) -> None:
    (fault,) = refused(capsys, "certfy")
    assert fault.startswith("command line:1: arguments: found No such command 'certfy'")


def test_a_scheme_that_is_not_for_the_scope_is_refused(
    dossier: Path, tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    packs = tmp_path / "packs"
    (packs / "schemes").mkdir(parents=True)
    text = Path(str(_shipped("performance-tiers"))).read_text(encoding="utf-8")
    own = text.replace("scheme: performance-tiers", "scheme: own-tiers").replace(
        "applies_to: [site, programme]", "applies_to: [programme]"
    )
    (packs / "schemes" / "own-tiers.yaml").write_text(own, encoding="utf-8")
    monkeypatch.setenv("ATTAIN_LIBRARY_PATHS", str(packs))
    (fault,) = refused(capsys, "certify", str(dossier), "--scheme", "own-tiers")
    assert fault == "command line:1: --scheme: found own-tiers, expected a scheme for a site"


def _shipped(key: str) -> Path:
    from attain.standards.library import default_library

    return default_library().find("scheme", key)


def test_without_arguments_the_commands_are_listed(capsys: Captured) -> None:
    text = printed(capsys)
    for command in ("certify", "dossier", "import", "lake", "library"):
        assert command in text
