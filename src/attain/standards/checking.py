"""The library checked: every definition loads, every golden case comes out as it says."""

from collections.abc import Callable
from pathlib import Path

from attain.measurement.faults import Fault, RefusedError
from attain.standards.cases import Cases
from attain.standards.golden import check_cases
from attain.standards.library import Library
from attain.standards.loader import load, read_definition, refuse
from attain.standards.metric_library import load_metrics, metric_paths
from attain.standards.model_cases import ModelCases, check_model_cases

CASES = ".cases.yaml"


def check_library(library: Library, path: Path | None) -> tuple[list[str], list[Fault]]:
    """Check a definition, a folder like the library, or the whole library.

    Returns a line for each definition that holds, and every fault of those that do not.
    """
    checked: list[str] = []
    faults: list[Fault] = []
    if path is not None and path.is_dir():
        library, path = Library((path, *library.roots)), None
        roots = library.roots[:1]
    else:
        roots = library.roots
        if path is not None and path.absolute().parent.parent not in roots:
            # Its sources and models lie in the folder that it belongs to.
            library = Library((path.absolute().parent.parent, *roots))
    for check, file in _checks(library, roots, path):
        try:
            checked.append(check(library, file))
        except RefusedError as refused:
            faults += refused.faults
    return checked, faults


Check = Callable[[Library, Path], str]


def _checks(
    library: Library, roots: tuple[Path, ...], path: Path | None
) -> list[tuple[Check, Path]]:
    if path is not None:
        return [(_check_of(path), path)]
    models = [p for p in library.paths("model") if p.parents[1] in roots]
    schemes = [p for p in library.paths("scheme") if p.parents[1] in roots]
    lists = [p for p in metric_paths(library) if p.parents[1] in roots]
    return [
        *((_check_model, p) for p in models),
        *((_check_scheme, p) for p in schemes),
        *((_check_metrics, p) for p in lists),
    ]


def _check_of(path: Path) -> Check:
    data = read_definition(path).data
    said = data if isinstance(data, dict) else {}
    if "metrics" in said:
        return _check_metrics
    return _check_model if "model" in said else _check_scheme


def _check_model(library: Library, path: Path) -> str:
    model = library.load_model(path)
    beside = path.with_name(path.stem + CASES)
    number = 0
    if beside.is_file():
        document = read_definition(beside)
        cases = load(document, ModelCases)
        number = len(cases.cases)
        refuse(check_model_cases(cases, document, model))
    items = f"{len(model.items)} items"
    return f"{path.name}: model {model.model}, {items}, {number} golden cases"


def _check_scheme(library: Library, path: Path) -> str:
    scheme = library.load_scheme(path)
    beside = path.with_name(path.stem + CASES)
    number = 0
    if beside.is_file():
        document = read_definition(beside)
        cases = load(document, Cases)
        number = len(cases.cases)
        refuse(check_cases(cases, document, scheme, library.models_of(scheme)))
    return f"{path.name}: scheme {scheme.scheme}, {len(scheme.tiers)} tiers, {number} golden cases"


def _check_metrics(library: Library, path: Path) -> str:
    listed = load_metrics(library, path)
    return f"{path.name}: list {listed.metrics}, {len(listed.listed)} metrics"
