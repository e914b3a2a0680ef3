"""Running the real command line in process, and reading how it refuses."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from attain.commands import run
from attain.dossier.folder import read_dossier
from attain.measurement.faults import RefusedError
from dossiers import write_dossier

FAULT = re.compile(r"^([^:]+:\d+: [^:]+): found .*, expected .*$")


def certify(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Certify, and return the exit status with what stands on the two outputs."""
    status = run(["certify", *arguments])
    output = capsys.readouterr()
    return status, output.out, output.err


def places_of_faults(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    """Return `file:line: column` of each fault with which a command is refused, none where it is
    not; a refusal prints nothing on standard output, and each fault on one line of its own.
    """
    status, out, err = certify(capsys, *arguments)
    if status == 0:
        assert out
        assert err == ""
        return []
    assert (status, out) == (2, "")
    assert err.endswith("\n")
    return [place_of(line) for line in err.split("\n")[:-1]]


def place_of(line: str) -> str:
    """Return `file:line: column` of a fault, which is told in the contract's form."""
    fault = FAULT.match(line)
    assert fault, line
    return fault[1]


def faults_read(folder: Path, files: Mapping[str, str | bytes]) -> list[str]:
    """Return the places of the faults of a sound dossier with some files replaced.

    The dossier is only read, by what the command calls for it, which is quicker.
    """
    try:
        read_dossier(write_dossier(folder / "dossier", files))
    except RefusedError as refused:
        return [place_of(str(fault)) for fault in refused.faults]
    return []
