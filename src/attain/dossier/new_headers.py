"""`dossier.yaml` of an imported dossier: what the mapping says of it, and the volume counted."""

from collections.abc import Iterator, Sequence

import yaml

from attain.dossier.mapping import ColumnSum, Header
from attain.dossier.scopes import ScopeRows
from attain.measurement.faults import Fault, RefusedError
from attain.measurement.periods import Month


def scope_name(header: Header, scope: ScopeRows) -> str:
    """Return the name of a scope: the mapping's, the latest one of the file, or its code."""
    names = scope.latest_names()
    return header.name or (names[0][0] if names else scope.code)


def volume_of(given: int | ColumnSum, scope: ScopeRows, window: Sequence[Month], shown: str) -> int:
    """Return a volume: as given, or a column of the file added up over the months of the window.

    RefusedError where a cell among them is empty, since what is missing is not 0.
    """
    if isinstance(given, int):
        return given
    counted = scope.volumes[given.sum]
    expected = "a number to add up; without it give the volume itself, as a number"
    empty = [line for line, month in counted.empty.items() if month in window]
    if empty:
        raise RefusedError(Fault(shown, line, given.sum, "nothing", expected) for line in empty)
    return sum(counted.contacts[month] for month in window)


def header_text(header: Header, name: str, site: int, assessed: int) -> str:
    """Write `dossier.yaml`."""
    about: dict[str, object] = {
        "scope": {"kind": header.kind.value, "name": name, "operation": header.operation.value},
        "timezone": header.timezone,
        "channels": list(header.channels),
        "volume": {"site": site, "assessed": assessed},
    }
    if header.as_of is not None:
        about["as_of"] = header.as_of.isoformat()
    return yaml.safe_dump(about, sort_keys=False, allow_unicode=True, width=1000)


def differences(there: str, new: str) -> Iterator[str]:
    """Say what a dossier's own `dossier.yaml` says otherwise than a new one would."""
    old, given = _leaves(there), _leaves(new)
    for key in dict.fromkeys((*old, *given)):
        if old.get(key) != given.get(key):
            yield f"{key} {old.get(key, 'not given')}, not {given.get(key, 'given')}"


def _leaves(text: str) -> dict[str, str]:
    """Return the values of a header by their path, as they are written."""
    found: dict[str, str] = {}
    for key, value in (yaml.load(text, Loader=yaml.BaseLoader) or {}).items():  # noqa: S506
        if isinstance(value, dict):
            found |= {f"{key}.{inner}": str(leaf) for inner, leaf in value.items()}
        else:
            found[key] = ", ".join(value) if isinstance(value, list) else str(value)
    return found
