"""What is worked out of the figures of centres, kept until one of them is written again."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from threading import Lock
from typing import TypeVar

from django.core.cache import cache

from attain.organisations.figures_stand import figures_stand
from attain.organisations.models import Centre

Found = TypeVar("Found")
_KEPT_SECONDS = 24 * 3600
_WORKING: Mapping[int, Lock] = defaultdict(Lock)


def kept_of(
    centres: Sequence[Centre],
    about: Mapping[int, str],
    work: Callable[[list[Centre]], Mapping[int, Found]],
) -> dict[int, Found]:
    """Return what is worked out of centres by their ids; what nothing was written since is kept.

    `about` tells of each what else it depends on. Who asks while it is being worked out waits for
    that, instead of working it out once more.
    """
    if not centres:
        return {}
    organisation = centres[0].organisation
    stand = figures_stand(organisation)
    names = {centre.pk: f"{about[centre.pk]}:{stand}:{centre.pk}" for centre in centres}
    found: dict[int, Found] = _read(names)
    if len(found) == len(names):
        return found
    with _WORKING[organisation.pk]:
        found = _read(names)
        if missing := [centre for centre in centres if centre.pk not in found]:
            fresh = work(missing)
            cache.set_many({names[pk]: each for pk, each in fresh.items()}, _KEPT_SECONDS)
            found |= fresh
    return found


def _read(names: Mapping[int, str]) -> dict[int, Found]:
    kept = cache.get_many(names.values())
    return {pk: kept[name] for pk, name in names.items() if name in kept}
