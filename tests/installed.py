"""Installations of attain in folders, worked by commands, on the database that is tried.

On SQLite the folder holds all of it. On PostgreSQL each has a database of its own on the server of
ATTAIN_DATABASE_URL, which goes by the folder, so that whoever knows the folder finds it.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Self

from project import ROOT

SERVER = os.environ.get("ATTAIN_DATABASE_URL", "").rpartition("/")[0]


class Installation:
    """An installation in a folder; on PostgreSQL with a database of its own."""

    def __init__(self, data: Path) -> None:
        self.data = data
        named = hashlib.sha256(str(data).encode()).hexdigest()[:16]
        self.database = f"installation_{named}" if SERVER else ""

    def environment(self) -> dict[str, str]:
        """Return the environment of a program that works on it, and names nothing else."""
        given = {k: v for k, v in os.environ.items() if not k.startswith("ATTAIN_")}
        if self.database:
            given["ATTAIN_DATABASE_URL"] = f"{SERVER}/{self.database}"
        path = f"{ROOT / 'src'}{os.pathsep}{ROOT / 'tests'}"
        given |= {"ATTAIN_DATA": str(self.data), "PYTHONPATH": path}
        return {**given, "DJANGO_SETTINGS_MODULE": "attain.website.settings"}

    def make_database(self) -> None:
        """Make its database, with nothing in it."""
        self._tell(f"CREATE DATABASE {self.database}")

    def drop_database(self) -> None:
        """Take its database away, whoever is connected."""
        self._tell(f"DROP DATABASE IF EXISTS {self.database} WITH (FORCE)")

    def copied_to(self, data: Path) -> Self:
        """Return another like it, in another folder; nothing may be at work in this one."""
        other = type(self)(data)
        shutil.copytree(self.data, data)
        self._tell(f"CREATE DATABASE {other.database} TEMPLATE {self.database}")
        return other

    def destroy(self) -> None:
        """Lose all of it."""
        self.drop_database()
        shutil.rmtree(self.data)

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run Python in it to its end."""
        return subprocess.run(
            [sys.executable, *arguments],
            env=self.environment(),
            capture_output=True,
            text=True,
            cwd=ROOT,
        )

    def attain(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        """Run a command of attain in it to its end."""
        return self.run("-m", "attain", *map(str, arguments))

    def _tell(self, statement: str) -> None:
        if self.database:
            # Only where PostgreSQL is tried is there certainly something to speak to it with.
            import psycopg

            with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as server:
                server.execute(statement)
