"""A file that a worker holds locked while it lives, so that its end is known at once.

The lock tells of workers on this machine alone; of others tells their silence.
"""

import fcntl
import os
from pathlib import Path

from django.conf import settings


def _path(name: str) -> Path:
    folder: Path = settings.DATA / "workers"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder / name


def hold(name: str) -> int:
    """Lock a name until the process ends, and return what holds the lock."""
    descriptor = os.open(_path(name), os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return descriptor


def is_free(name: str) -> bool:
    """Say whether whoever held a lock is gone. Of a lock that is not here, nothing is known."""
    try:
        descriptor = os.open(_path(name), os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return True


def remove(name: str) -> None:
    """Take the file of a lock away."""
    _path(name).unlink(missing_ok=True)
