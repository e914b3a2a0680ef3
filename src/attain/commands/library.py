"""`attain library`: show, check and describe the definitions."""

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from attain.commands.faults import refuse_option
from attain.measurement.faults import Fault, RefusedError
from attain.standards.checking import check_library
from attain.standards.json_schema import json_schema
from attain.standards.library import Library, default_library
from attain.standards.maturity_model import MaturityModel
from attain.standards.metric_library import MetricList, list_keys, metric_list
from attain.standards.outline import outline_metrics, outline_model, outline_scheme
from attain.standards.scheme import Scheme

app = typer.Typer(add_completion=False, help="Show and check schemes, models and lists of metrics.")


@app.command()
def check(
    path: Annotated[
        Path | None, typer.Argument(help="A definition, or a folder like the library.")
    ] = None,
) -> None:
    """Check definitions and run their golden cases: exit status 2 and a line for each fault."""
    library = default_library()
    if path is not None and not path.exists():
        raise refuse_option("PATH", path, "a definition or a folder of definitions")
    checked, faults = check_library(library, path)
    if faults:
        raise RefusedError(faults)
    if not checked:
        raise RefusedError(
            [Fault(str(path), 1, "file", "no definition", "schemes, models or lists of metrics")]
        )
    for line in checked:
        sys.stdout.write(line + "\n")


@app.command()
def schema(
    kind: Annotated[str, typer.Argument(help="scheme, model or metrics")] = "scheme",
) -> None:
    """Print the JSON Schema of a scheme, a model or a list of metrics, for editors."""
    shapes: dict[str, Any] = {"scheme": Scheme, "model": MaturityModel, "metrics": MetricList}
    if kind not in shapes:
        raise refuse_option("KIND", kind, "scheme, model or metrics")
    _print_json(json_schema(shapes[kind]))


@app.command()
def show(
    key: Annotated[str, typer.Argument(help="The key of a scheme, a model or a list of metrics.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
) -> None:
    """Show a scheme with its tiers, a model with its levels, or a list with its metrics."""
    definition = _definition(default_library(), key)
    if as_json:
        _print_json(definition.as_json())
    elif isinstance(definition, Scheme):
        sys.stdout.write(outline_scheme(definition))
    elif isinstance(definition, MetricList):
        sys.stdout.write(outline_metrics(definition))
    else:
        sys.stdout.write(outline_model(definition))


def _definition(library: Library, key: str) -> Scheme | MaturityModel | MetricList:
    if key in library.keys("scheme"):
        return library.scheme(key)
    if key in library.keys("model"):
        return library.model(key)
    lists = list_keys(library)
    if key in lists:
        return metric_list(library, key)
    known = ", ".join([*library.keys("scheme"), *library.keys("model"), *lists])
    raise refuse_option("KEY", key, f"one of {known}")


def _print_json(value: object) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")
