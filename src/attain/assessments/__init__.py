"""Maturity models in use: assessments by several assessors, their moderation, and the gaps."""
