"""Each bad definition beside this file is refused with just the messages that it promises."""

from pathlib import Path

import pytest

from attain.commands import run
from attain.measurement.faults import RefusedError
from attain.standards.library import default_library

BAD = sorted((Path(__file__).parent / "bad").glob("*.yaml"))
PROMISED = "# promised: "


def test_there_are_bad_definitions_to_refuse() -> None:
    assert len(BAD) >= 30


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_bad_definition_is_refused_with_the_messages_that_it_promises(path: Path) -> None:
    promised = [
        line.removeprefix(PROMISED)
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith(PROMISED)
    ]
    library = default_library()
    load = library.load_model if path.stem.startswith("model-") else library.load_scheme
    with pytest.raises(RefusedError) as refused:
        load(path)
    assert promised
    assert [str(fault) for fault in refused.value.faults] == promised


def test_the_command_line_refuses_a_bad_definition_with_its_place(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["library", "check", str(BAD[0].parent / "unknown-kind.yaml")]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("unknown-kind.yaml:23: 9: found tracked_for_weeks, expected one of")
