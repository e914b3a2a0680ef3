"""The room as a part of the Django project."""

from django.apps import AppConfig


class PerformanceConfig(AppConfig):
    """The performance room."""

    name = "attain.performance"
    label = "performance"
