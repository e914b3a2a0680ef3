"""How the commands name a fault of the command line itself."""

from datetime import date

from attain.measurement.faults import Fault, RefusedError


def refuse_option(option: str, found: object, expected: str) -> RefusedError:
    """Return the refusal of an option."""
    return RefusedError([Fault("command line", 1, option, str(found), expected)])


def read_date(option: str, text: str | None) -> date | None:
    """Read a date given as an option; RefusedError where it is none."""
    if text is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise refuse_option(option, text, "a date such as 2026-10-31") from error
    if day.isoformat() != text:
        raise refuse_option(option, text, "a date such as 2026-10-31")
    return day
