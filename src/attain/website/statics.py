"""The address of what pages are drawn with: another one whenever any of it is another."""

import hashlib
from pathlib import Path

_LENGTH = 16


def fingerprint(folder: Path, *others: str) -> str:
    """Return a text that differs where a file of a folder does, or one of the other texts.

    Browsers keep these files for a year; at another address they ask for them anew.
    """
    digest = hashlib.sha256("\n".join(others).encode())
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(f"\n{path.relative_to(folder).as_posix()}\n".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:_LENGTH]
