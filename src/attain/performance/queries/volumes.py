"""What the intervals of centres came to, read from the lake once for each of its versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from attain.measurement.counting import Tally
from attain.measurement.hashes import sha256_of
from attain.measurement.numbers import write_exact
from attain.measurement.periods import Month
from attain.measurement.volumes import ServiceLevelTarget, Volumes
from attain.organisations.pages import Centre
from attain.performance.models import IntervalVolumes

Targets = tuple[ServiceLevelTarget, ...]
# The years of intervals that are read back: those of a window, and ten years to look back on.
_MONTHS = 132


def lake_of(organisation_key: str) -> Path:
    """Return where the intervals of an organisation lie, whether there are any yet or not."""
    return Path(settings.LAKE) / organisation_key / "intervals"


def lake_version(lake: Path) -> int | None:
    """Return which version of the lake stands; None where it has not been begun."""
    if not (lake / "_delta_log").is_dir():
        return None
    # Brings in the library of the lake, which a centre without intervals does not need.
    from attain.lake.snapshots import snapshot_of

    return snapshot_of(lake).version


def volumes_of(centres: Sequence[Centre], targets: Mapping[int, Targets]) -> Mapping[int, Volumes]:
    """Return the volumes of each centre by channel and month.

    What was worked out for this version of the lake, these targets, channels and time zone is kept;
    the others are worked out by one pass over the lake.
    """
    if not centres:
        return {}
    lake = lake_of(centres[0].organisation.key)
    version = lake_version(lake)
    if version is None:
        return {centre.pk: {} for centre in centres}
    asked = {c.pk: _Asked(c, targets[c.pk]) for c in centres}
    kept = IntervalVolumes.objects.filter(centre__in=list(centres), lake_version=version)
    volumes = {k.centre_id: _read(k.volumes) for k in kept if k.digest == asked[k.centre_id].digest}
    missing = [each for pk, each in asked.items() if pk not in volumes]
    return {**volumes, **(_worked_out(lake, version, missing) if missing else {})}


@dataclass(frozen=True)
class _Asked:
    """A centre whose volumes are asked for, and what they are judged by."""

    centre: Centre
    targets: Targets

    @property
    def digest(self) -> str:
        """What the volumes depend on beside the lake, as a hash."""
        told = [self.centre.key, self.centre.site.timezone, *sorted(self.centre.channels)]
        told += [f"{t.channel} {t.start} {write_exact(t.share)} {t.of}" for t in self.targets]
        return sha256_of("\n".join(told))

    @property
    def channels(self) -> frozenset[str]:
        """The channels that are looked at."""
        return frozenset((*self.centre.channels, *(t.channel for t in self.targets)))


def _worked_out(lake: Path, version: int, asked: Sequence[_Asked]) -> Mapping[int, Volumes]:
    """Judge the intervals of centres, and keep what they came to."""
    from attain.lake.intervals import CentreAsked, tally_centres

    found = tally_centres(
        lake,
        {
            each.centre.key: CentreAsked(each.centre.site.timezone, each.targets, each.channels)
            for each in asked
        },
        _MONTHS,
    )
    volumes: dict[int, Volumes] = {each.centre.pk: found[each.centre.key] for each in asked}
    IntervalVolumes.objects.bulk_create(
        [
            IntervalVolumes(
                organisation_id=each.centre.organisation_id,
                centre=each.centre,
                lake_version=version,
                digest=each.digest,
                volumes=_written(volumes[each.centre.pk]),
            )
            for each in asked
        ],
        update_conflicts=True,
        unique_fields=["centre"],
        update_fields=["lake_version", "digest", "volumes"],
    )
    return volumes


def _written(volumes: Volumes) -> dict[str, dict[str, list[int]]]:
    return {
        channel: {str(month): [t.good, t.open, t.total] for month, t in months.items()}
        for channel, months in volumes.items()
    }


def _read(volumes: Mapping[str, Mapping[str, Sequence[int]]]) -> Volumes:
    return {
        channel: {Month.parse(month): Tally(*tally) for month, tally in months.items()}
        for channel, months in volumes.items()
    }
