"""The reference of the environment variables."""

from attain.website import environment
from tools.reference.shapes import row

_HEAD = """\
# The settings

Attain is told by environment variables how it runs. It needs none of them: without any, it keeps
its data in a folder of its own and answers on this machine alone. Where a command has an option
for one, such as `--data`, the option goes before it.

`attain check` says whether what they name can be used. What they hold is never shown on a page.

This page is written from the code by `make docs`.
"""
# Where the folder of the data lies by itself, each system decides.
_OWN_WORDS = {
    environment.DATA.name: "the folder `attain` among the data of applications, such as "
    "`~/.local/share/attain`"
}
_PLAIN_WORDS = {environment.DATABASE.name, environment.SECRET.name, environment.MAIL.name,
                environment.LIBRARY_PATHS.name}  # fmt: skip


def settings_page() -> str:
    """Return the reference page of the settings."""
    begin = [_HEAD, row(["variable", "without it", "meaning"]), "|---|---|---|"]
    rows = (row([f"`{v.name}`", _without(v), v.meaning]) for v in environment.VARIABLES)
    return "\n".join([*begin, *rows, ""])


def _without(variable: environment.Variable) -> str:
    if variable.name in _PLAIN_WORDS:
        return variable.default
    return _OWN_WORDS.get(variable.name) or f"`{variable.default}`"
