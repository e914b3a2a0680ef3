"""Programs of attain that run beside a test, on its database, and end with it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any
from urllib.parse import quote

from django.db import connection

from project import ROOT

Process = subprocess.Popen[bytes]


def database_url() -> str:
    """Return the address of the database of the test."""
    told = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{told['NAME']}"
    user = quote(told["USER"], safe="")
    host = quote(told["HOST"], safe="")
    return f"postgres://{user}@{host}:{told['PORT'] or 5432}/{told['NAME']}"


def environment(**more: str) -> dict[str, str]:
    """Return the environment of a program that works on the database of the test."""
    return {
        **os.environ,
        "ATTAIN_DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "attain.website.settings",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT / 'tests'}",
        **more,
    }


@contextmanager
def beside(*arguments: str, **more: str) -> Iterator[Process]:
    """Run Python with arguments in a process group of its own, killed at the end."""
    process = subprocess.Popen(
        [sys.executable, *arguments], env=environment(**more), start_new_session=True
    )
    try:
        yield process
    finally:
        kill(process)


def kill(process: Process, how: int = signal.SIGKILL) -> None:
    """Signal a process and all that it started, and wait for its end."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, how)
    process.wait(timeout=30)


def wait_until(happened: Callable[[], Any], seconds: float = 30) -> Any:
    """Wait until something is so, and return it."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := happened():
            return found
        time.sleep(0.02)
    raise AssertionError(f"{happened} has not come true in {seconds} seconds")
