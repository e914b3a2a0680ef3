"""The command line. Each command is a small file, imported only when it is called."""

import os
import sys
from collections.abc import Iterable
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

from attain.measurement.faults import Fault, RefusedError

_COMMANDS = {
    "audit": "attain.commands.audit",
    "backup": "attain.commands.backup",
    "certificate": "attain.commands.certificate",
    "certify": "attain.commands.certify",
    "check": "attain.commands.check",
    "demo": "attain.commands.demo",
    "dossier": "attain.commands.dossier",
    "import": "attain.commands.imports",
    "lake": "attain.commands.lake",
    "library": "attain.commands.library",
    "migrate": "attain.commands.migrate",
    "organisation": "attain.commands.organisation",
    "restore": "attain.commands.restore",
    "serve": "attain.commands.serve",
    "worker": "attain.commands.worker",
}


class _Commands(TyperGroup):
    """The commands by name, each imported when it is asked for."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002
        return list(_COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        command = typer.main.get_command(import_module(_COMMANDS[cmd_name]).app)
        command.name = cmd_name
        return command


app = typer.Typer(
    cls=_Commands,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Tell how mature a contact centre is, and prove it from the centre's own data.",
)


@app.callback()
def attain() -> None:
    """Tell how mature a contact centre is, and prove it from the centre's own data."""


def main() -> None:
    """Run the command line: exit status 2 and a line for each fault where input is refused."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    status = run(sys.argv[1:])
    sys.stdout.flush()
    sys.stderr.flush()
    # Everything is written and closed. To take figures and engines apart, piece by piece, would
    # make an estate wait for what the system does at once.
    os._exit(status)


def run(arguments: list[str]) -> int:
    """Run one command and return its exit status."""
    try:
        status = app(arguments or ["--help"], standalone_mode=False, prog_name="attain")
    except RefusedError as refused:
        return _refuse(refused.faults)
    except typer.TyperException as error:
        return _refuse([_usage_fault(error)])
    return status if isinstance(status, int) else 0


def _refuse(faults: Iterable[Fault]) -> int:
    for fault in faults:
        sys.stderr.write(f"{fault}\n")
    return 2


def _usage_fault(error: typer.TyperException) -> Fault:
    # The parser names an option by its spelling, or holds the parameter that it stumbled over.
    parameter = getattr(error, "param", None)
    named = getattr(error, "option_name", None) or getattr(parameter, "name", None)
    column = str(named or "arguments").replace(":", "")
    message = error.format_message().rstrip(".")
    return Fault("command line", 1, column, message, "the arguments that “attain --help” lists")
