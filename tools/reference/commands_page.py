"""The reference of the command line: every command with its arguments and options."""

import inspect
from collections.abc import Iterator
from typing import Any

import typer

from attain.commands import app
from tools.reference.shapes import row

_HEAD = """\
# The commands

`make demo` and `make test` put `attain` into `.venv/bin`. `attain --help` and
`attain COMMAND --help` print what stands here.

This page is written from the code by `make docs`.

## What holds for every command

- **Exit status.** 0 where the command did its work: for `certify`, where a verdict was reached,
  whatever it is. 1 where `check` or `audit verify` found that something is wrong. 2 where the input
  or the command line is refused, or attain cannot start; a sentence says why and what to do.
- **Faults.** A refused input prints nothing on standard output. Each fault stands on one line of
  standard error, as `file:line: column: found ..., expected ...`. All faults come at once. (Of an
  estate, the sites that are sound are still certified.)
- **Dates** are arguments. No command of dossiers reads the clock to decide anything.
- **The environment** tells where the data lies and how attain is reached: see
  [the settings](settings.md).
"""


def commands_page() -> str:
    """Return the reference page of the command line."""
    parts = [_HEAD]
    for name, command in _commands():
        parts += _section(name, command)
    return "\n".join(parts)


def _commands() -> Iterator[tuple[str, Any]]:
    """Yield every command that can be called, under its whole name."""
    whole: Any = typer.main.get_command(app)
    for name in whole.list_commands(None):
        command = whole.get_command(None, name)
        inner = getattr(command, "commands", None)
        if inner is None:
            yield name, command
        else:
            yield from ((f"{name} {sub}", inner[sub]) for sub in inner)


def _section(name: str, command: Any) -> Iterator[str]:
    shown = [p for p in command.params if "completion" not in p.name]
    arguments = [p for p in shown if not p.opts[0].startswith("--")]
    options = [p for p in shown if p not in arguments]
    yield f"## `attain {name}`\n"
    usage = [f"attain {name}", *map(_in_usage, arguments)]
    usage += [f"{p.opts[0]} {_value(p)}" for p in options if p.required]
    yield f"```\n{' '.join([*usage, *(['[OPTIONS]'] if _has_free(options) else [])])}\n```\n"
    yield f"{_help(command)}\n"
    if shown:
        yield row(["argument or option", "without it", "meaning"])
        yield "|---|---|---|"
        yield from map(_row, [*arguments, *options])
        yield ""


def _has_free(options: list[Any]) -> bool:
    return any(not option.required for option in options)


def _help(command: Any) -> str:
    paragraphs = inspect.cleandoc(command.help or "").split("\n\n")
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


def _in_usage(argument: Any) -> str:
    return _named(argument) if argument.required else f"[{_named(argument)}]"


def _named(argument: Any) -> str:
    return str(argument.metavar or argument.name.upper())


def _value(option: Any) -> str:
    return str(option.metavar or option.opts[0].removeprefix("--").upper().replace("-", "_"))


def _row(parameter: Any) -> str:
    if parameter.opts[0].startswith("--"):
        spelt = (
            parameter.opts[0] if parameter.is_flag else f"{parameter.opts[0]} {_value(parameter)}"
        )
    else:
        spelt = _named(parameter)
    return row([f"`{spelt}`", _without(parameter), parameter.help or ""])


def _without(parameter: Any) -> str:
    if parameter.required:
        return "required"
    return f"`{parameter.default}`" if parameter.default not in (None, False) else ""
