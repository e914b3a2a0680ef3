"""What holds for every test."""

import os
import tempfile

from hypothesis import settings

# Each process of the tests has a data folder of its own, made before Django reads where it is.
os.environ["ATTAIN_DATA"] = tempfile.mkdtemp(prefix="attain-tests-")

# A machine that does something else meanwhile is slow, which is no fault of what is tried. What
# must be fast has a test of its own that says how fast.
settings.register_profile("attain", parent=settings(), deadline=None)
settings.load_profile("attain")
