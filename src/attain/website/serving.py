"""The web server: two processes of two threads, with assets out of the installed package."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections

from attain.website.starting import program

WORKERS, THREADS = 2, 2


def serve(address: str, port: int, announcement: str) -> None:
    """Answer requests until the process is told to end; the announcement says where."""
    # Brings loops and threads of its own, which no other command needs.
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    server = Server(
        "attain.website.wsgi:application",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        workers=WORKERS,
        blocking_threads=THREADS,
        log_level=LogLevels.warning,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
    )
    server.on_startup(lambda: _say(announcement))
    # The processes that answer begin as copies of this one, and a connection is nobody's copy.
    connections.close_all()
    server.serve()


def _say(announcement: str) -> None:
    sys.stdout.write(announcement + "\n")
    sys.stdout.flush()


@contextmanager
def beside_a_worker() -> Iterator[None]:
    """Have a worker do the long work meanwhile; it ends with this process, however that ends."""
    command = program("worker", "--parent", str(os.getpid()))
    worker = subprocess.Popen(command)  # noqa: S603
    try:
        yield
    finally:
        worker.terminate()
        try:
            worker.wait(timeout=15)
        except subprocess.TimeoutExpired:
            worker.kill()
