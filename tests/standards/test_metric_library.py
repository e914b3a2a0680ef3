"""The metrics of the library: what each says, and what is refused of a list."""

import shutil
from pathlib import Path

import pytest

from attain.measurement.faults import RefusedError
from attain.measurement.metrics import Direction
from attain.standards.figures import Aspect
from attain.standards.library import Library, default_library
from attain.standards.metric_library import FOLDER, load_metrics, metrics_of

LIST = """
metrics: ours
title: Ours
edition: "1"
status: published
licence: Apache-2.0
sources: [attain-library]
listed:
  first-contact-resolution:
    title: Solved the way we count it
    process: Calls
    aspect: quality
    better: higher
    numerator: contacts solved
    why: Nobody calls twice.
  calls-returned:
    title: Calls returned
    process: Calls
    aspect: service
    better: lower
    numerator: calls
    why: They were promised.
"""


@pytest.fixture
def own(tmp_path: Path) -> Library:
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / "ours.yaml").write_text(LIST)
    return Library((tmp_path, *default_library().roots))


def test_every_metric_of_the_library_says_how_it_is_counted_and_why() -> None:
    found = metrics_of(default_library())
    assert len(found) > 20
    for metric in found.values():
        assert metric.numerator
        assert metric.why.endswith(".")
        assert isinstance(metric.direction, Direction)
        assert isinstance(metric.side, Aspect)


def test_a_list_of_one_s_own_comes_before_the_shipped_one(own: Library) -> None:
    found = metrics_of(own)
    assert found["first-contact-resolution"].title == "Solved the way we count it"
    assert found["calls-returned"].direction is Direction.LOWER
    assert len(found) == len(metrics_of(default_library())) + 1


def test_a_draft_offers_nothing(own: Library) -> None:
    path = own.roots[0] / FOLDER / "ours.yaml"
    path.write_text(LIST.replace("status: published", "status: draft"))
    assert "calls-returned" not in metrics_of(own)


def test_a_list_under_another_name_or_of_unknown_sources_is_refused(own: Library) -> None:
    path = own.roots[0] / FOLDER / "ours.yaml"
    other = path.with_name("theirs.yaml")
    shutil.copy(path, other)
    with pytest.raises(RefusedError, match=r"the key ours, expected the name of the file, theirs"):
        load_metrics(own, other)
    path.write_text(LIST.replace("[attain-library]", "[hearsay]"))
    with pytest.raises(RefusedError, match="hearsay"):
        load_metrics(own, path)
