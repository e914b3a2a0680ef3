"""What pages are drawn with is kept by browsers for a year, and never after it was changed."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from attain.website.statics import fingerprint

pytestmark = pytest.mark.django_db


def other_byte(folder: Path) -> None:
    (folder / "a.css").write_text("b { }")


def other_name(folder: Path) -> None:
    (folder / "a.css").rename(folder / "b.css")


def other_folder(folder: Path) -> None:
    (folder / "in").mkdir()
    (folder / "a.css").rename(folder / "in" / "a.css")


def one_more(folder: Path) -> None:
    (folder / "b.css").write_text("")


@pytest.mark.parametrize("change", [other_byte, other_name, other_folder, one_more])
def test_whatever_changes_the_address_is_another_one(
    tmp_path: Path, change: Callable[[Path], None]
) -> None:
    (tmp_path / "a.css").write_text("a { }")
    before = fingerprint(tmp_path, "1.0")
    assert fingerprint(tmp_path, "1.0") == before
    assert fingerprint(tmp_path, "1.1") != before
    change(tmp_path)
    assert fingerprint(tmp_path, "1.0") != before


def test_a_page_names_its_files_at_that_address_and_they_are_kept_for_a_year() -> None:
    text = Client().get("/accounts/login/").content.decode()
    named = re.findall(r'(?:src|href)="(/static/[^"#]+)', text)
    assert len(named) >= 3
    assert all(path.startswith(settings.STATIC_URL) for path in named)
    answer = Client().get(next(path for path in named if path.endswith("attain.css")))
    assert answer.status_code == 200
    assert f"max-age={settings.WHITENOISE_MAX_AGE}" in answer["Cache-Control"]
    b"".join(answer)
    old = named[0].replace(settings.STATIC_URL, "/static/0.1.0/")
    assert Client().get(old).status_code == 404
