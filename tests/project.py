"""Where the project lies, and which files belong to it."""

import os
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "attain"


def project_files(*folders: str) -> Iterator[Path]:
    """Yield each file under the project, or some folders of it, that .gitignore does not name."""
    lines = (ROOT / ".gitignore").read_text().splitlines()
    # In a second work tree .git is a file.
    ignored = [".git", *(line.strip("/") for line in lines if line)]
    for start in folders or (".",):
        for folder, subfolders, names in os.walk(ROOT / start):
            subfolders[:] = sorted(s for s in subfolders if not _any(s, ignored))
            yield from (Path(folder, name) for name in sorted(names) if not _any(name, ignored))


def _any(name: str, patterns: list[str]) -> bool:
    return any(fnmatch(name, pattern) for pattern in patterns)
