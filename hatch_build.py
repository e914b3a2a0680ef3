"""The build of the wheel: what the pages are drawn with is fetched, and packed with the rest."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).parent / "tools"))

import assets


class AssetsHook(BuildHookInterface[Any]):
    """Fetches the assets where they are not what the lock names."""

    def dependencies(self) -> list[str]:
        """Ask for Node where it will be needed and the machine has none."""
        return [] if assets.are_fresh() or assets.machine_has_npm() else [assets.NODE_PACKAGE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Fetch them, but for an editable install: `tools/setup.sh` does it there."""
        if version != "editable" and not assets.are_fresh():
            assets.fetch()
