"""Write the reference pages anew, or bring the console blocks of the docs up to date.

`python -m tools.reference` writes the pages of docs/reference. With `--excerpts` it runs every
console block of the docs and puts what a command prints today in place of what the page shows.
"""

import sys

from tools.console import refreshed
from tools.places import ROOT, pages_with_consoles
from tools.reference.pages import PAGES


def main(arguments: list[str]) -> int:
    """Do one of the two and say which pages changed; 2 where the arguments are others."""
    if arguments not in ([], ["--excerpts"]):
        sys.stderr.write("python -m tools.reference [--excerpts]\n")
        return 2
    return _refresh() if arguments else _write()


def _write() -> int:
    for name, write in PAGES.items():
        _put(name, write())
    return 0


def _refresh() -> int:
    left = []
    for name in pages_with_consoles():
        text, by_hand = refreshed((ROOT / name).read_text("utf-8"))
        left += [f"{name}: {command}" for command in by_hand]
        _put(name, text)
    for line in left:
        sys.stderr.write(f"to be put right by hand: {line}\n")
    return 1 if left else 0


def _put(name: str, text: str) -> None:
    """Write a page where it differs from what is there."""
    path = ROOT / name
    if path.is_file() and path.read_text("utf-8") == text:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    sys.stdout.write(f"{name}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
