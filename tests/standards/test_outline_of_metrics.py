"""A list of metrics as text for a person, and by its key."""

import pytest

from attain.standards.library import default_library
from attain.standards.metric_library import list_keys, metric_list
from attain.standards.outline import outline_metrics


def test_a_list_says_of_each_metric_what_is_divided_by_what_and_why() -> None:
    listed = metric_list(default_library(), "contact-centre")
    told = outline_metrics(listed)
    lines = told.splitlines()
    assert lines[0].startswith(f"{listed.title} (contact-centre), edition")
    assert lines[1].startswith(f"{len(listed.listed)} metrics; ")
    for key, metric in listed.listed.items():
        head = next(n for n, line in enumerate(lines) if f"({key}):" in line)
        assert f"{metric.better} is better" in lines[head]
        assert metric.numerator in lines[head + 1]
        assert lines[head + 2].strip() == metric.why


def test_a_list_that_is_not_there_is_told_with_those_that_are() -> None:
    library = default_library()
    with pytest.raises(KeyError, match="contact-centre"):
        metric_list(library, "made-up")
    assert list_keys(library) == ["contact-centre"]
