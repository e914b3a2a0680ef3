"""The metrics of the library: what each divides by what, which way it is better, why it matters.

They are a place to begin. A centre that takes one says so by its key, and may change every word.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from attain.measurement.faults import Fault, RefusedError
from attain.measurement.metrics import Direction
from attain.standards.definition import Definition, Key
from attain.standards.figures import Aspect
from attain.standards.library import Library
from attain.standards.loader import load, read_definition
from attain.standards.references import unresolved_sources

FOLDER = "metrics"


class LibraryMetric(Definition):
    """A metric as the library states it."""

    title: str
    """The name of the metric."""
    process: str
    """What it is usually measured on, in words."""
    aspect: Literal["service", "quality", "efficiency", "cost", "satisfaction", "revenue", "other"]
    """What side of a process it measures."""
    better: Literal["higher", "lower"]
    """Which way it is better."""
    unit: str = ""
    """What it is measured in; `share` is shown as a percentage."""
    numerator: str
    """What is divided, in words."""
    denominator: str = ""
    """What it is divided by, in words; nothing where it is counted as it is."""
    why: str
    """Why it matters to those who are served, or to those who pay for it."""

    @property
    def direction(self) -> Direction:
        """Which way it is better, as the rules read it."""
        return Direction(self.better)

    @property
    def side(self) -> Aspect:
        """What side of a process it measures, as the rules read it."""
        return Aspect(self.aspect)


class MetricList(Definition):
    """Metrics in one edition."""

    metrics: Key
    """The key of the list."""
    title: str
    """The name of the list."""
    edition: str
    """The edition; a published one is frozen."""
    status: Literal["draft", "published", "withdrawn"]
    """Whether metrics may be taken from it."""
    licence: str
    """Under which licence its text is published."""
    sources: tuple[str, ...]
    """What it rests on: keys of the library's sources."""
    listed: Mapping[Key, LibraryMetric] = Field(min_length=1)
    """The metrics by key."""

    def as_json(self) -> dict[str, Any]:
        """Return the list as JSON, with what each metric says."""
        return self.model_dump(mode="json")


def metrics_of(library: Library) -> Mapping[str, LibraryMetric]:
    """Return the metrics of every published list by key, the first folder's first.

    RefusedError with the faults of a list that cannot be read.
    """
    found: dict[str, LibraryMetric] = {}
    for path in metric_paths(library):
        read = load_metrics(library, path)
        if read.status == "published":
            found = {**read.listed, **found}
    return found


def load_metrics(library: Library, path: Path) -> MetricList:
    """Return the metrics of a file; RefusedError with its faults."""
    document = read_definition(path)
    read = load(document, MetricList)
    faults = list(unresolved_sources(read.sources, document, library.source_keys()))
    if read.metrics != path.stem:
        expected = f"the name of the file, {path.stem}"
        faults.append(Fault(path.name, 1, "1", f"the key {read.metrics}", expected))
    if faults:
        raise RefusedError(faults)
    return read


def metric_paths(library: Library) -> Iterator[Path]:
    """Yield the files of lists of metrics, those of the first folder first."""
    for root in library.roots:
        yield from sorted((root / FOLDER).glob("*.yaml"))


def list_keys(library: Library) -> list[str]:
    """Return the keys of every list of metrics."""
    return sorted({path.stem for path in metric_paths(library)})


def metric_list(library: Library, key: str) -> MetricList:
    """Return a list of metrics; RefusedError with its faults, KeyError where there is none."""
    for path in metric_paths(library):
        if path.stem == key:
            return load_metrics(library, path)
    raise KeyError(f"a list of metrics of the library: {', '.join(list_keys(library))}")
