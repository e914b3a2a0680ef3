"""Writes the reference pages from the code, so that they cannot fall behind: `make docs`."""
