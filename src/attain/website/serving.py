"""The web server: two processes of two threads, with assets out of the installed package."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

from django.db import connections
from django.urls import reverse
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.mp import MPServer

from attain.website.starting import is_answered, program

WORKERS, THREADS = 2, 2


class _Server(MPServer):
    """A server that says where it is once it answers there."""

    announcement = ""

    def startup(self, spawn_target: Any, target_loader: Any) -> None:
        """Start the processes that answer, and wait for the first of them beside the server."""
        super().startup(spawn_target, target_loader)  # type: ignore[no-untyped-call]
        # A thread of its own, begun now that the processes which are copies of this one are made.
        Thread(target=self._announce, daemon=True).start()

    def _announce(self) -> None:
        while not is_answered(self.bind_addr, self.bind_port):
            time.sleep(0.02)
        sys.stdout.write(self.announcement + "\n")
        sys.stdout.flush()


def serve(address: str, port: int, announcement: str) -> None:
    """Answer requests until the process is told to end; the announcement says where."""
    load_pages()
    server = _Server(
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
    server.announcement = announcement
    # The processes that answer begin as copies of this one, and a connection is nobody's copy.
    connections.close_all()
    server.serve()


def load_pages() -> None:
    """Load once what the processes that answer would each load; no engine, and so no thread."""
    # The rooms are ready by now, which this module may be loaded before.
    from attain.website import wsgi  # noqa: F401

    reverse("home")


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
