"""Schemes with their tiers and requirements, and the findings that prove a tier."""
