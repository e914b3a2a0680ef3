"""Print everything that the installation of ATTAIN_DATA keeps, and whether its trail holds."""

import os
import sys
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).parent.parent))
django.setup()

from attain.organisations import trail  # noqa: E402
from frame import canonical  # noqa: E402

print(canonical.of_database())
print(canonical.of_files(Path(os.environ["ATTAIN_DATA"])))
print([str(one.broken) for one in trail.verify()])
