"""Where the project lies, and which of its pages show commands."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CONSOLE = "```console"


def pages_with_consoles() -> list[str]:
    """Return the README and every page of the docs that shows a command with its output."""
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    shown = [page for page in pages if page.is_file() and CONSOLE in page.read_text("utf-8")]
    return [str(page.relative_to(ROOT)) for page in shown]
