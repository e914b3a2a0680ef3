"""What is called how that comes by its key alone: from a dossier, a file, or the demonstration.

A metric whose key, aspect, direction and unit are those of a metric of the library is that metric,
and bears its name and its words. Everything else is called by its key until somebody names it.
"""

from collections.abc import Mapping
from typing import Any

from attain.performance import library
from attain.performance.shelves import Shelf
from attain.standards.metric_library import LibraryMetric

# Names by table and key.
Names = Mapping[str, Mapping[str, str]]
_SAME = ("aspect", "better", "unit")


def named(shelf: Shelf, fields: Mapping[str, Any], names: Names) -> dict[str, Any]:
    """Return the name of something that is defined, and the words that come with it."""
    key = fields["key"]
    given = names.get(shelf.name, {}).get(key)
    metric = library.metrics().get(key) if shelf.name == "metrics" else None
    if metric is None or any(getattr(metric, name) != fields[name] for name in _SAME):
        return {"name": given or key}
    return _words_of(key, metric) | ({"name": given} if given else {})


def _words_of(key: str, metric: LibraryMetric) -> dict[str, str]:
    return {
        "name": metric.title,
        "library_key": key,
        "numerator_words": metric.numerator,
        "denominator_words": metric.denominator,
        "why": metric.why,
    }
