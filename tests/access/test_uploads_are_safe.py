"""Every page that takes a file, and files that nobody should take."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from access.access_world import World
from access.asking import at, client_of
from attain.organisations.rules import Role

pytestmark = pytest.mark.django_db
HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
MOST = 25_000_000


def zipped(**members: bytes) -> bytes:
    """Return a zip file of members."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return kept.getvalue()


HOSTILE: dict[str, Callable[[], tuple[str, bytes]]] = {
    "html-named-pdf": lambda: ("plan.pdf", HTML),
    "html": lambda: ("plan.html", HTML),
    "svg": lambda: ("plan.svg", SVG),
    "svg-named-png": lambda: ("plan.png", SVG),
    "svg-after-spaces": lambda: ("plan.txt", b" \r\n\t" + SVG),
    "program": lambda: ("plan.exe", b"MZ\x90\x00program"),
    "program-named-csv": lambda: ("plan.csv", b"MZ\x90\x00program"),
    "empty": lambda: ("plan.pdf", b""),
    "macros": lambda: ("plan.xlsm", zipped(xl__vbaProject_dot_bin=b"macro")),
    "zip": lambda: ("plan.zip", zipped(a=b"a")),
    "too-large": lambda: ("plan.pdf", b"%PDF-" + bytes(MOST)),
}
SHEETS: dict[str, Callable[[], tuple[str, bytes]]] = {
    **{name: HOSTILE[name] for name in HOSTILE if name != "svg-after-spaces"},
    "html-named-xlsx": lambda: ("own.xlsx", HTML),
    "zip-bomb": lambda: ("own.xlsx", zipped(xl__worksheets__sheet1_dot_xml=bytes(300_000_000))),
    "not-a-workbook": lambda: ("own.xlsx", zipped(a=b"a")),
    "out-of-its-folder": lambda: ("own.ods", zipped(**{"..__..__evil": b"evil"})),
    "nul-named-csv": lambda: ("own.csv", b"a,b\n\0,\0\n"),
}


def kept() -> set[Path]:
    """Return every file of the data folder: evidence, uploads, the lake."""
    return {path for path in Path(settings.DATA).rglob("*") if path.is_file()}


def lead(world: World) -> Client:
    """Return the browser of somebody who may hand in every file."""
    return client_of(world.people[Role.PROGRAMME_LEAD, "organisation"])


@pytest.mark.parametrize("name", HOSTILE)
def test_evidence_that_is_not_taken_leaves_nothing_behind(world: World, name: str) -> None:
    before = kept()
    said = {"own_item": "capacity-planning", "documented": "yes", "evidence": "part 2"}
    record = at("performance-record-add", centre="leeds", table="practices")
    answer = at("certification-corrective-evidence", corrective=world.named["corrective"])
    for path, fields in ((record, said), (answer, {"note": "so"})):
        file = SimpleUploadedFile(*HOSTILE[name]())
        assert lead(world).post(path, {**fields, "file": file}).status_code in (413, 422), path
    assert kept() == before


@pytest.mark.parametrize("name", SHEETS)
def test_a_spreadsheet_that_is_not_taken_leaves_nothing_behind(world: World, name: str) -> None:
    before = kept()
    imported = at("performance-import-start", centre="leeds")
    for path, fields in ((at("structure-upload"), {}), (imported, {"table": "readings"})):
        file = SimpleUploadedFile(*SHEETS[name]())
        assert lead(world).post(path, {**fields, "file": file}).status_code in (413, 422), path
    assert kept() == before


@pytest.mark.parametrize(
    "name",
    ["../../evil.pdf", "a\r\nSet-Cookie: x=y.pdf", 'q"uote;.pdf', "Pl\xe4ne \u202e.pdf", "p" * 300],
)
def test_stored_evidence_is_handed_out_to_be_kept_and_not_to_be_run(
    world: World, name: str
) -> None:
    before = kept()
    said = {"own_item": "capacity-planning", "documented": "yes", "evidence": "part 2"}
    file = SimpleUploadedFile("plan.pdf", b"%PDF-1.7 " + name.encode())
    file.name = name if name.endswith(".pdf") else f"{name}.pdf"
    path = at("performance-record-add", centre="leeds", table="practices")
    client = lead(world)
    assert client.post(path, {**said, "file": file}).status_code == 302
    [stored] = kept() - before
    assert len(stored.name) == 64
    assert int(stored.name, 16)
    assert stored.parent == Path(settings.EVIDENCE) / "northwind"
    stored.unlink()


def test_what_is_handed_out_has_the_headers_of_a_file_to_be_kept(world: World) -> None:
    path = at("performance-evidence", centre="leeds", file=world.named["file"])
    answer = lead(world).get(path)
    assert b"".join(answer) == b"%PDF-1.7 plan"
    assert answer["Content-Disposition"] == 'attachment; filename="plan.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox")
