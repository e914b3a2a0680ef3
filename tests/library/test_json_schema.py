"""The published JSON Schema agrees with the strict loader on what a definition may be."""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from attain.commands import run
from attain.measurement.faults import RefusedError
from attain.standards.definition import Definition
from attain.standards.json_schema import json_schema
from attain.standards.library import default_library
from attain.standards.maturity_model import MaturityModel
from attain.standards.metric_library import MetricList, load_metrics, metric_paths
from attain.standards.scheme import Scheme
from attain.standards.yaml_nodes import read_yaml

BAD = Path(__file__).parent / "bad"
SHIPPED = [
    pytest.param(shape, path, id=path.stem)
    for kind, shape in (("scheme", Scheme), ("model", MaturityModel))
    for path in default_library().paths(kind)  # type: ignore[arg-type]
] + [
    pytest.param(MetricList, path, id=f"metrics-{path.stem}")
    for path in metric_paths(default_library())
]
# Faults of shape, which an editor can show while one types; the loader finds the others too.
OF_SHAPE = [
    "empty",
    "a-list",
    "misspelt-key",
    "no-tiers",
    "quoted-number",
    "rule-without-kind",
    "unknown-key",
    "unknown-kind",
    "unknown-named-rule",
    "unknown-unit",
    "wrong-type",
    "yes-is-a-text",
    "model-one-level",
    "model-unknown-criticality",
    "model-with-groups-and-items",
    "metrics-none",
    "metrics-unknown-aspect",
    "metrics-without-why",
]


def plain(path: Path) -> Any:
    """Read a file as an editor does, exact numbers as numbers."""

    def as_json(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: as_json(part) for key, part in value.items()}
        if isinstance(value, list):
            return [as_json(part) for part in value]
        return value if isinstance(value, str | int | bool | None) else float(value)

    return as_json(read_yaml(path.read_text(encoding="utf-8"), path.name).data)


@pytest.mark.parametrize(("shape", "path"), SHIPPED)
def test_a_shipped_definition_keeps_to_the_schema(
    shape: type[Scheme] | type[MaturityModel] | type[MetricList], path: Path
) -> None:
    validator = Draft202012Validator(json_schema(shape))
    assert [error.message for error in validator.iter_errors(plain(path))] == []


@pytest.mark.parametrize("name", OF_SHAPE)
def test_a_definition_of_a_wrong_shape_breaks_the_schema_and_the_loader(name: str) -> None:
    library = default_library()
    shapes: dict[str, tuple[type[Definition], Callable[[Path], object]]] = {
        "model": (MaturityModel, library.load_model),
        "metrics": (MetricList, partial(load_metrics, library)),
    }
    shape, load = shapes.get(name.partition("-")[0], (Scheme, library.load_scheme))
    path = BAD / f"{name}.yaml"
    assert not Draft202012Validator(json_schema(shape)).is_valid(plain(path))
    with pytest.raises(RefusedError):
        load(path)


@pytest.mark.parametrize("shape", [Scheme, MetricList])
def test_every_key_of_a_definition_says_what_it_means(shape: type[Definition]) -> None:
    schema = json_schema(shape)
    described = {shape.__name__: schema, **schema["$defs"]}
    silent = [
        f"{name}.{key}"
        for name, part in described.items()
        for key, told in part.get("properties", {}).items()
        if key != "kind" and not told.get("description")
    ]
    assert silent == []


@pytest.mark.parametrize("kind", ["scheme", "model", "metrics"])
def test_the_command_prints_the_schema(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["library", "schema", kind]) == 0
    Draft202012Validator.check_schema(json.loads(capsys.readouterr().out))


def test_a_schema_of_something_else_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["library", "schema", "metric"]) == 2
    assert capsys.readouterr().out == ""
