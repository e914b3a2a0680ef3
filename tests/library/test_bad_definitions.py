"""Each bad definition beside this file is refused with just the messages that it promises."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from attain.commands import run
from attain.measurement.faults import RefusedError
from attain.standards.library import default_library
from attain.standards.metric_library import load_metrics

BAD = sorted((Path(__file__).parent / "bad").glob("*.yaml"))
PROMISED = "# promised: "


def test_there_are_bad_definitions_to_refuse() -> None:
    assert len(BAD) >= 30


def loader_of(path: Path) -> Callable[[Path], object]:
    library = default_library()
    if path.stem.startswith("metrics-"):
        return partial(load_metrics, library)
    return library.load_model if path.stem.startswith("model-") else library.load_scheme


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_bad_definition_is_refused_with_the_messages_that_it_promises(path: Path) -> None:
    promised = [
        line.removeprefix(PROMISED)
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith(PROMISED)
    ]
    with pytest.raises(RefusedError) as refused:
        loader_of(path)(path)
    assert promised
    assert [str(fault) for fault in refused.value.faults] == promised


def test_the_command_line_refuses_a_bad_definition_with_its_place(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["library", "check", str(BAD[0].parent / "unknown-kind.yaml")]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("unknown-kind.yaml:23: 9: found tracked_for_weeks, expected one of")


def test_the_command_line_knows_a_list_of_metrics_by_what_it_says(
    capsys: pytest.CaptureFixture[str],
) -> None:
    bad = sorted(path for path in BAD if path.stem.startswith("metrics-"))
    assert len(bad) >= 4
    for path in bad:
        assert run(["library", "check", str(path)]) == 2
        promised = path.read_text("utf-8").splitlines()[0].removeprefix(PROMISED)
        assert capsys.readouterr().err.startswith(promised)
