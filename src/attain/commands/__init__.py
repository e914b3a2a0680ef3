"""The command line. Each command is a small file, imported only when it is called."""

import sys
from importlib import import_module
from typing import Any

import click
import typer
from typer.core import TyperGroup

from attain.measurement.faults import Fault, RefusedError

_COMMANDS = {
    "certify": ("attain.commands.certify", "Decide a centre's tier from its figures, with proof."),
    "dossier": ("attain.commands.dossier", "Write a new dossier, or check one."),
    "import": ("attain.commands.imports", "Bring your own spreadsheet into a dossier."),
    "lake": ("attain.commands.lake", "Add intervals to the lake of an estate."),
    "library": ("attain.commands.library", "Show and check schemes and models."),
}


class _Commands(TyperGroup):
    """The commands by name; listing them imports none of them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> Any:
        if cmd_name not in _COMMANDS:
            return None
        module, summary = _COMMANDS[cmd_name]
        if ctx.resilient_parsing or not ctx.args and "--help" in sys.argv[1:2]:
            return click.Command(cmd_name, short_help=summary)
        command = typer.main.get_command(import_module(module).app)
        command.name = cmd_name
        return command


app = typer.Typer(
    cls=_Commands,
    no_args_is_help=True,
    add_completion=False,
    help="Tell how mature a contact centre is, and prove it from the centre's own data.",
)


@app.callback()
def attain() -> None:
    """Tell how mature a contact centre is, and prove it from the centre's own data."""


def main() -> None:
    """Run the command line: exit status 2 and a line for each fault where input is refused."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command and return its exit status."""
    try:
        status = app(arguments, standalone_mode=False, prog_name="attain")
    except RefusedError as refused:
        return _refuse(refused.faults)
    except click.UsageError as error:
        return _refuse([_usage_fault(error)])
    except click.exceptions.Abort:
        return 130
    return status if isinstance(status, int) else 0


def _refuse(faults: Any) -> int:
    for fault in faults:
        print(fault, file=sys.stderr)  # noqa: T201
    return 2


def _usage_fault(error: click.UsageError) -> Fault:
    name = getattr(error, "param_hint", None) or getattr(error, "option_name", None)
    parameter = getattr(error, "param", None)
    column = name or (parameter.name if parameter is not None else None) or "arguments"
    message = error.format_message().rstrip(".")
    expected = "the arguments that `attain --help` lists"
    return Fault("command line", 1, str(column).strip("'\" ").replace(":", ""), message, expected)
