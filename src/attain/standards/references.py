"""References inside definitions: thresholds, sources and models that a scheme names must be."""

from collections.abc import Iterator, Mapping
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from attain.measurement.faults import Fault
from attain.standards.kinds.base import ModelReference, ThresholdReference
from attain.standards.maturity_model import MaturityModel
from attain.standards.scheme import Scheme
from attain.standards.yaml_nodes import Document, Path


def unresolved_names(
    named: Scheme | MaturityModel,
    document: Document,
    sources: set[str],
    models: Mapping[str, MaturityModel],
) -> Iterator[Fault]:
    """Yield a fault for each name in a definition that stands for nothing, or for a wrong unit."""
    yield from unresolved_sources(named.sources, document, sources)
    for key, threshold in named.thresholds.items():
        for day, dated in threshold.values.items():
            if dated.source not in named.sources:
                path: Path = ("thresholds", key, "values", day.isoformat(), "source")
                yield document.fault(path, dated.source, "one of the sources named above")
    for path, mark, name in _references(named, ()):
        if isinstance(mark, ModelReference) and name not in models:
            yield document.fault(path, f"the model {name}", "a model of the library")
        if isinstance(mark, ThresholdReference):
            yield from _threshold_faults(named, document, path, mark, name)


def unresolved_sources(
    named: tuple[str, ...], document: Document, sources: set[str]
) -> Iterator[Fault]:
    """Yield a fault for each source that the library does not list."""
    for number, source in enumerate(named):
        if source not in sources:
            yield document.fault(("sources", number), source, "a key of the library's sources")


def models_named(scheme: Scheme) -> set[str]:
    """Return the keys of the maturity models that a scheme names."""
    return {name for _, mark, name in _references(scheme, ()) if isinstance(mark, ModelReference)}


def _threshold_faults(
    named: Scheme | MaturityModel,
    document: Document,
    path: Path,
    mark: ThresholdReference,
    name: str,
) -> Iterator[Fault]:
    if name not in named.thresholds:
        yield document.fault(path, f"the threshold {name}", "a key of the thresholds above")
    elif named.thresholds[name].unit != mark.unit:
        found = f"the threshold {name} in {named.thresholds[name].unit}"
        yield document.fault(path, found, f"a threshold in {mark.unit}")


def _references(value: object, path: Path) -> Iterator[tuple[Path, Any, str]]:
    if isinstance(value, BaseModel):
        for name, info in type(value).model_fields.items():
            here, part = (*path, name), getattr(value, name)
            marks = [*info.metadata, *_marks_within(info.annotation)]
            yield from _marked(here, marks, part)
            yield from _references(part, here)
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from _references(part, (*path, str(key)))
    elif isinstance(value, tuple):
        for number, part in enumerate(value):
            yield from _references(part, (*path, number))


def _marked(path: Path, marks: list[Any], value: object) -> Iterator[tuple[Path, Any, str]]:
    for mark in marks:
        if isinstance(mark, ThresholdReference | ModelReference):
            if isinstance(value, Mapping):
                yield from (((*path, str(key)), mark, name) for key, name in value.items())
            elif isinstance(value, str):
                yield path, mark, value


def _marks_within(annotation: Any) -> list[Any]:
    if get_origin(annotation) is None:
        return []
    found = list(getattr(annotation, "__metadata__", ()))
    for argument in get_args(annotation):
        found += _marks_within(argument)
    return [mark for mark in found if isinstance(mark, ThresholdReference | ModelReference)]
