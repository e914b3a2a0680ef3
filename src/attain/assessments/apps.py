"""The room as a part of the Django project."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """The assessments room."""

    name = "attain.assessments"
    label = "assessments"
