"""Benchmarks: each row a ratio within one run, to a named peer. `make bench` prints them."""
