"""The room as a part of the Django project."""

from django.apps import AppConfig


class ImprovementConfig(AppConfig):
    """The improvement room."""

    name = "attain.improvement"
    label = "improvement"
