"""What pages are drawn with comes by a lock that names no host, and nothing refers elsewhere."""

import gzip
import importlib.util
import json
import re
from types import ModuleType

import pytest

from project import ROOT

STATIC = ROOT / "src" / "attain" / "website" / "static" / "attain"
VENDOR = STATIC / "vendor"


@pytest.fixture
def assets() -> ModuleType:
    """Give the script that fetches them."""
    spec = importlib.util.spec_from_file_location("assets", ROOT / "tools" / "assets.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_lock_names_every_package_by_its_hash_and_no_host() -> None:
    text = (ROOT / "package-lock.json").read_text("utf-8")
    packages = {name: p for name, p in json.loads(text)["packages"].items() if name}
    assert len(packages) >= 4
    assert all(p["integrity"].startswith("sha512-") for p in packages.values())
    assert "resolved" not in text
    assert not re.search(r"https?://(?!.*(funding|opencollective))", re.sub(r'"url": .*', "", text))


def test_what_is_asked_for_is_named_exactly() -> None:
    wanted = json.loads((ROOT / "package.json").read_text("utf-8"))["dependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())


def test_what_lies_there_is_what_the_lock_names(assets: ModuleType) -> None:
    assert assets.are_fresh()
    (VENDOR / "stamp").stat()


def test_another_lock_makes_it_stale(assets: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "wanted", lambda: "another hash")
    assert not assets.are_fresh()


def test_a_compressed_file_is_the_file() -> None:
    packed = sorted(VENDOR.glob("*.gz"))
    assert len(packed) == 3
    for path in packed:
        assert gzip.decompress(path.read_bytes()) == path.with_suffix("").read_bytes()


def test_no_asset_asks_another_address() -> None:
    for path in [*VENDOR.glob("*.css"), *STATIC.glob("*.css")]:
        text = path.read_text("utf-8")
        assert not re.search(r"url\(['\"]?(https?:)?//", text)
        assert "@import" not in text
        assert "sourceMappingURL" not in text
    assert "sourceMappingURL" not in (VENDOR / "echarts.js").read_text("utf-8")


def test_the_sprite_has_a_drawing_for_every_name(assets: ModuleType) -> None:
    sprite = (VENDOR / "icons.svg").read_text("utf-8")
    drawings = dict(re.findall(r'<symbol id="([^"]+)"[^>]*>(.*)</symbol>', sprite))
    assert set(drawings) == set(assets._ICONS.split())
    assert all("<path" in drawing for drawing in drawings.values())
