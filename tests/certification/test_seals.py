"""A sealed certificate verifies offline, and a changed byte is refused."""

import base64
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from attain.certification.rules.seals import (
    LONGEST,
    BrokenSealError,
    canonical,
    fingerprint,
    open_seal,
    seal,
    write_key,
)
from attain.commands import run

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = write_key(KEY.public_key())
SAID = {"number": "2026-7K3M-9QXD-R", "tier": 2, "centre": "Zürich “Süd”"}
SEALED = seal(SAID, KEY)


def test_a_seal_opens_to_what_was_sealed() -> None:
    assert open_seal(SEALED) == (SAID, PUBLIC)
    assert open_seal(SEALED, PUBLIC) == (SAID, PUBLIC)


@given(st.integers(0, len(SEALED) - 1), st.integers(1, 255))
def test_any_changed_byte_is_refused(place: int, by: int) -> None:
    changed = bytearray(SEALED)
    changed[place] ^= by
    with pytest.raises(BrokenSealError):
        open_seal(bytes(changed), PUBLIC)


@given(st.binary(max_size=200))
def test_what_is_no_sealed_certificate_is_refused(raw: bytes) -> None:
    with pytest.raises(BrokenSealError):
        open_seal(raw)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda raw: raw + b"\n",
        lambda raw: raw.rstrip(b"\n"),
        lambda raw: raw.replace(b'":', b'" :', 1),
        lambda raw: json.dumps(json.loads(raw), indent=2).encode() + b"\n",
        lambda raw: b"[" * 100_000,
        lambda raw: b"9" * (LONGEST + 1),
        lambda raw: b'{"certificate":"\\ud800"}\n',
        lambda raw: canonical({**json.loads(raw), "public_key": "AAAA"}).encode() + b"\n",
        lambda raw: canonical({**json.loads(raw), "signature": 1}).encode() + b"\n",
        lambda raw: canonical({**json.loads(raw), "more": 1}).encode() + b"\n",
    ],
)
def test_another_form_of_the_same_is_refused(spoil: Callable[[bytes], bytes]) -> None:
    with pytest.raises(BrokenSealError):
        open_seal(spoil(SEALED))


def test_a_seal_of_somebody_else_is_refused_where_a_key_is_trusted() -> None:
    other = Ed25519PrivateKey.from_private_bytes(bytes(32))
    with pytest.raises(BrokenSealError, match="another key"):
        open_seal(seal(SAID, other), PUBLIC)


def test_a_public_key_is_thirty_two_bytes_and_has_a_short_name() -> None:
    assert len(base64.b64decode(PUBLIC)) == 32
    assert fingerprint(PUBLIC) == fingerprint(PUBLIC)
    assert len(fingerprint(PUBLIC)) == 19


def test_the_command_verifies_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "certificate.json"
    file.write_bytes(SEALED)
    assert run(["certificate", "verify", str(file), "--key", PUBLIC]) == 0
    out = capsys.readouterr().out
    assert "number: 2026-7K3M-9QXD-R" in out
    assert "is that of the key" in out
    assert run(["certificate", "verify", str(file)]) == 0
    assert "Compare the key" in capsys.readouterr().out


def test_the_command_refuses_a_changed_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "certificate.json"
    file.write_bytes(SEALED.replace(b'"tier":2', b'"tier":3'))
    assert run(["certificate", "verify", str(file)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "signature does not fit" in told.err
    assert run(["certificate", "verify", str(tmp_path / "none.json")]) == 2


def test_the_command_needs_no_database(tmp_path: Path) -> None:
    file = tmp_path / "certificate.json"
    file.write_bytes(SEALED)
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "attain", "certificate", "verify", str(file)],
        env={**os.environ, "ATTAIN_DATA": str(tmp_path / "not-there")},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-500:]
    assert "django" not in done.stderr
    assert not (tmp_path / "not-there").exists()
