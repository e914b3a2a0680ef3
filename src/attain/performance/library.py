"""What the library names: its metrics, and the practices of its models.

The library does not change while attain runs; it is read when something of it is first asked for.
"""

from collections.abc import Mapping
from functools import cache

from attain.standards.library import default_library
from attain.standards.metric_library import LibraryMetric, metrics_of


@cache
def metrics() -> Mapping[str, LibraryMetric]:
    """Return the metrics of the library by key, in the order of their titles."""
    found = metrics_of(default_library())
    return dict(sorted(found.items(), key=lambda each: each[1].title.casefold()))


@cache
def _practices() -> Mapping[str, str]:
    library = default_library()
    models = (library.model(key) for key in library.keys("model"))
    return {item.key: item.title for model in models for item in model.items}


def practice_name(item: str) -> str:
    """Return the title of an item of the library's models; one that is in none is its key."""
    return _practices().get(item, item)


def practices_named(words: str) -> list[str]:
    """Return the items whose titles bear some words."""
    wanted = words.casefold()
    return [item for item, title in _practices().items() if wanted in title.casefold()]
