"""What holds for every test."""

from hypothesis import settings

# A machine that does something else meanwhile is slow, which is no fault of what is tried. What
# must be fast has a test of its own that says how fast.
settings.register_profile("attain", parent=settings(), deadline=None)
settings.load_profile("attain")
