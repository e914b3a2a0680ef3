"""The reference of the file of a list of metrics."""

from pydantic import BaseModel

from attain.standards.metric_library import LibraryMetric, MetricList
from tools.reference.shapes import sections

_HEAD = """\
# The file of metrics

A list of metrics says what each divides by what, which way it is better, and why it matters. It is
one YAML file, `metrics/KEY.yaml`, in the library that attain ships or in a folder of your own,
which comes first. A centre that takes a metric may change every word of it; targets are its own
affair.

`attain library check` tells each fault with file, line and column. `attain library show KEY` prints
a list, with `--json` for another program, and `attain library schema metrics` its JSON Schema.

This page is written from the code by `make docs`.
"""

_SHAPES: dict[type[BaseModel], str] = {MetricList: "The file", LibraryMetric: "A metric"}


def metrics_page() -> str:
    """Return the reference page of a list of metrics."""
    return "\n".join([_HEAD, *sections(_SHAPES, {})])
