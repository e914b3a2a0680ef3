"""The workplace measured: how it starts, how it answers, and what an estate costs to judge anew.

    python -m benchmarks.workplace [--sites 200] [--readings 5000000] [--users 200]
                                   [--seconds 10] [--runs 3]

Requests are asked for by wrk (Debian's package of that name) from the same machine; what counts is
the processor time of the server for each. They are of all users in turn; the first answer is what
one waits for after a write. The database is that of ATTAIN_DATABASE_URL, or SQLite.
"""

import argparse
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from urllib.request import Request, urlopen

import psutil

from benchmarks.measure import HEAD, measured, row, script

CONNECTIONS = 8
PAGES = {
    "home": "",
    "estate": "certification",
    "metrics of the estate": "performance/metrics",
    "metrics of a site": "performance/metrics/site-0000",
    "structure": "structure",
}


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def _served(*command: str) -> Iterator[tuple[psutil.Process, int, float]]:
    """Start a server of attain and wait for its first page; yield it, its port and the seconds."""
    port, began = _free_port(), time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "attain", *command, "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _first_page(process, port)
        yield psutil.Process(process.pid), port, time.perf_counter() - began
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)


def _first_page(process: "subprocess.Popen[bytes]", port: int) -> None:
    while process.poll() is None:
        try:
            with urlopen(f"http://127.0.0.1:{port}/accounts/login/", timeout=5) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"the server ended with status {process.returncode}")


def starts(folder: Path, runs: int) -> None:
    """Print how long the demonstration takes to its first page, the first time and later."""
    _say(f"\n(d) the demonstration to its first page; later starts are medians of {runs}")
    data = ("demo", "--data", str(folder))
    with _served(*data) as (_, _, first):
        pass
    later = []
    for _ in range(runs):
        with _served(*data) as (_, _, seconds):
            later.append(seconds)
    loaded = "import django; django.setup()"
    os.environ["DJANGO_SETTINGS_MODULE"] = "attain.website.settings"
    peer = measured([["-c", loaded]], runs)[0].wall
    _say(f"  the first time {first:6.1f} s")
    _say(f"  later          {median(later):6.2f} s, {median(later) / peer:.1f} x loading Django")


def estate(folder: Path, runs: int) -> None:
    """Print what judging an estate from its records costs, against its dossiers by certify."""
    _say(f"\n(e) judging the whole estate anew, median of {runs}\n{HEAD}")
    dossiers = folder / "dossiers"
    command = [sys.executable, script("records_as_dossiers"), str(dossiers)]
    subprocess.run(command, check=True)
    judged, certify = measured(
        [[script("judge_records")], ["-m", "attain", "certify", "--estate", str(dossiers)]], runs
    )
    _say(row("attain certify --estate, from dossiers", certify))
    _say(row("from records, as the estate page does", judged, certify))


def requests(cookies: Path, seconds: int) -> None:
    """Print how many pages a second the server answers, and what each costs it."""
    if not shutil.which("wrk"):
        _say("\n(f) left out: wrk is not installed (Debian's package wrk)")
        return
    users = len(cookies.read_text().splitlines())
    _say(f"\n(f) pages of {users} users in turn over {CONNECTIONS} connections for {seconds} s")
    _say(f"{'':<28}{'first':>10}{'a second':>10}{'p95':>10}{'processor each':>17}{'failed':>8}")
    with _served("serve") as (server, port, _):
        for name, path in PAGES.items():
            address = f"http://127.0.0.1:{port}/o/measured/{path}"
            _say(_asked(server, name, address, cookies, seconds))


def _asked(server: psutil.Process, name: str, address: str, cookies: Path, seconds: int) -> str:
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", "--latency", "--timeout", "60s"]
    command += ["-s", str(Path(__file__).parent / "peers" / "percentiles.lua")]
    told = os.environ | {"COOKIES": str(cookies)}
    # Each process of the server reads its templates once, and what it keeps of the estate.
    first = _first_answer(address, cookies.read_text().splitlines()[0])
    subprocess.run([*command, "-d3s", address], check=True, capture_output=True, env=told)
    before = _busy(server)
    said = subprocess.run(
        [*command, f"-d{seconds}s", address], check=True, capture_output=True, text=True, env=told
    ).stdout
    found = re.search(r"answered=(\d+) p95=(\d+) failed=(\d+)", said)
    assert found, said
    answered, late, failed = (int(each) for each in found.groups())
    cost = (_busy(server) - before) / max(answered, 1)
    return (
        f"  {name:<26}{first:>8.2f} s{answered / seconds:>10.1f}{late / 1000:>7.0f} ms"
        f"{cost * 1000:>14.1f} ms{failed:>8}"
    )


def _first_answer(address: str, cookie: str) -> float:
    """Return the seconds of the first answer, which works out what later ones find."""
    began = time.perf_counter()
    with urlopen(Request(address, headers={"Cookie": cookie}), timeout=600) as answer:
        assert b"/logout/" in answer.read()
    return time.perf_counter() - began


def _busy(server: psutil.Process) -> float:
    processes = [server, *server.children(recursive=True)]
    times = [each.cpu_times() for each in processes]
    return float(sum(each.user + each.system for each in times))


def main() -> None:
    """Measure in a data folder of its own, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, default=200, help="how many sites the estate has")
    parser.add_argument("--readings", type=int, default=5_000_000, help="how many readings")
    parser.add_argument("--users", type=int, default=200, help="how many users ask in turn")
    parser.add_argument("--seconds", type=int, default=10, help="how long each page is asked for")
    parser.add_argument("--runs", type=int, default=3, help="how many runs a median is of")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ATTAIN_DATA"] = folder
        if "ATTAIN_DATABASE_URL" not in os.environ:
            starts(Path(folder, "demonstration"), given.runs)
        cookies = Path(folder, "cookies.txt")
        filling = [sys.executable, script("fill_records")]
        sizes = [str(each) for each in (given.sites, given.readings, given.users)]
        with cookies.open("w") as file:
            subprocess.run([*filling, *sizes], check=True, stdout=file)
        estate(Path(folder), given.runs)
        requests(cookies, given.seconds)


if __name__ == "__main__":
    main()
