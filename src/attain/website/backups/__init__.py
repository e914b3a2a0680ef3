"""Backups: everything that an installation keeps as one file, which is verified before it is used.

A backup holds the database, the lake, the evidence and the keys: keep it as safe as them.
"""
