"""A real Spark cluster of one master and two workers answers exactly as DuckDB does."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

import lake_answers
from attain.lake.duckdb_engine import DuckdbEngine
from project import ROOT

pytestmark = [
    pytest.mark.spark,
    pytest.mark.skipif(
        shutil.which("java") is None and "JAVA_HOME" not in os.environ,
        reason="no Java runtime: Apache Spark needs one (make test installs it)",
    ),
]
PATIENCE = 120
# So short a life is not worth optimising for.
JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
SETTINGS = f"""
spark.driver.memory 600m
spark.executor.memory 700m
spark.driver.extraJavaOptions {JAVA}
spark.executor.extraJavaOptions {JAVA}
spark.sql.shuffle.partitions 2
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(folder: Path) -> dict[str, str]:
    """Return the environment of the cluster and of those who ask it, all on loopback."""
    (folder / "spark-defaults.conf").write_text(SETTINGS)
    return {
        **os.environ,
        "SPARK_CONF_DIR": str(folder),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_DAEMON_MEMORY": "256m",
        "SPARK_DAEMON_JAVA_OPTS": JAVA,
        "PYSPARK_PYTHON": sys.executable,
        "PYTHONPATH": os.pathsep.join(map(str, (ROOT / "src", ROOT / "tests"))),
    }


@contextmanager
def running(log: Path, arguments: list[str], env: dict[str, str]) -> Iterator[None]:
    """Run a part of the cluster, and end it."""
    spark_home = Path(pytest.importorskip("pyspark").__file__).parent
    command = [str(spark_home / "bin" / "spark-class"), *arguments]
    with log.open("wb") as output:
        part = subprocess.Popen(command, env=env, stdout=output, stderr=subprocess.STDOUT)
        try:
            yield
        finally:
            part.terminate()
            part.wait(PATIENCE)


def wait_until(condition: Callable[[], bool], what: str) -> None:
    for _ in range(PATIENCE * 10):
        if condition():
            return
        time.sleep(0.1)
    raise TimeoutError(what)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Start a master and two workers, and stop them whatever happens."""
    env, port = environment(tmp_path), free_port()
    url, log = f"spark://127.0.0.1:{port}", tmp_path / "master.log"
    base = "org.apache.spark.deploy"
    at = ["--host", "127.0.0.1"]
    with ExitStack() as parts:
        master = [f"{base}.master.Master", *at, "--port", str(port), "--webui-port", "0"]
        parts.enter_context(running(log, master, env))
        wait_until(lambda: "Starting Spark master" in log.read_text(), "no master")
        for number in range(2):
            size = ["--cores", "1", "--memory", "1g", "--webui-port", "0"]
            work = ["--work-dir", str(tmp_path / f"work-{number}")]
            worker = [f"{base}.worker.Worker", *at, *size, *work, url]
            parts.enter_context(running(tmp_path / f"worker-{number}.log", worker, env))
        registered = re.compile("Registering worker")
        wait_until(lambda: len(registered.findall(log.read_text())) == 2, "no two workers")
        yield url, env


def test_spark_on_a_cluster_answers_as_duckdb_does(
    tmp_path: Path, cluster: tuple[str, dict[str, str]]
) -> None:
    url, env = cluster
    samples = tmp_path / "samples"
    samples.mkdir()
    lake_answers.write_samples(samples)
    asked = subprocess.run(
        [sys.executable, lake_answers.__file__, str(samples)],
        env={**env, "ATTAIN_ENGINE": url},
        capture_output=True,
        text=True,
        timeout=5 * PATIENCE,
    )
    assert asked.returncode == 0, asked.stderr[-5000:]
    expected = json.loads(json.dumps(lake_answers.answers(samples, DuckdbEngine())))
    assert json.loads(asked.stdout) == expected
    assert expected["delta"]["unnamed"] == ["a hull/1"]
    assert len(list((tmp_path).glob("work-*/app-*/*/stderr"))) == 2
