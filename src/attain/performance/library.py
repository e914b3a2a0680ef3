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
def practices() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Return the practices of the library's models by key and title, under model and category.

    One that several models have stands under the first of them.
    """
    library, known = default_library(), set[str]()
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for model in (library.model(key) for key in library.keys("model")):
        for part in model.parts.values():
            new = [item for item in part.all_items if item.key not in known]
            known |= {item.key for item in new}
            if new:
                listed = tuple((item.key, item.title) for item in new)
                found[f"{model.title}: {part.title}"] = listed
    return found


@cache
def _practices() -> Mapping[str, str]:
    return {key: title for listed in practices().values() for key, title in listed}


def practice_name(item: str) -> str:
    """Return the title of an item of the library's models; one that is in none is its key."""
    return _practices().get(item, item)


def practices_named(words: str) -> list[str]:
    """Return the items whose titles bear some words."""
    wanted = words.casefold()
    return [item for item, title in _practices().items() if wanted in title.casefold()]
