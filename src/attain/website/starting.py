"""Making the workplace ready in this process, told by options that go before the environment."""

import os
import socket
import sys
from pathlib import Path

from attain.website import environment

SETTINGS = "attain.website.settings"


class CannotStartError(Exception):
    """Why attain does not start, in a sentence that says what to do."""


def tell(*, data: Path | None = None, port: int | None = None, address: str | None = None) -> None:
    """Put options in place of the variables of the environment that they stand for."""
    given = {environment.DATA: data, environment.PORT: port, environment.ADDRESS: address}
    for variable, value in given.items():
        if value is not None:
            os.environ[variable.name] = str(value)
    if told := os.environ.get(environment.PORT.name):
        # Certificates and mails lead to where this attain answers, unless another place is named.
        os.environ.setdefault(environment.PUBLIC_URL.name, f"http://localhost:{told}")


def ready() -> None:
    """Load the settings and every room. Files made from now on belong to their owner alone."""
    # Loaded when they are needed: a command that refuses its options does without Django.
    import django
    from django.core.exceptions import ImproperlyConfigured

    os.umask(0o077)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise CannotStartError(f"The settings cannot be used: {error}") from error
    except OSError as error:
        raise CannotStartError(_about_the_folder(error)) from error


def _about_the_folder(error: OSError) -> str:
    return (
        f"The data folder {environment.DATA.read()} cannot be used ({error.strerror}). "
        f"Name one that you may write to by --data or {environment.DATA.name}."
    )


def where() -> tuple[str, int]:
    """Return the address and the port to answer on; CannotStartError where that is no port."""
    text = environment.PORT.read()
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        raise CannotStartError(
            f"“{text}” is no port. Give one from 1 to 65535 by --port or {environment.PORT.name}."
        )
    return environment.ADDRESS.read(), int(text)


def demand_free(address: str, port: int) -> None:
    """Refuse an address and port on which something else answers."""
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(
            address, port, type=socket.SOCK_STREAM
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place)
    except OSError as error:
        raise CannotStartError(
            f"Cannot answer on {address}, port {port} ({error.strerror}). "
            "Choose another by --port and --address."
        ) from error


def reached_at(address: str, port: int) -> str:
    """Return how a browser on this machine reaches attain."""
    host = _host_of(address)
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def is_answered(address: str, port: int) -> bool:
    """Say whether something takes connections there."""
    try:
        with socket.create_connection((_host_of(address), port), timeout=1):
            return True
    except OSError:
        return False


def _host_of(address: str) -> str:
    """Return the host that a browser on this machine asks, where an address may be any of its."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(address, address)  # noqa: S104
    return host.removeprefix("[").removesuffix("]")


def program(*arguments: str) -> list[str]:
    """Return the command line that runs attain by this very Python."""
    return [sys.executable, "-m", "attain", *arguments]
