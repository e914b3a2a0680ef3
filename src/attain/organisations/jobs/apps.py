"""The jobs as a part of the Django project."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    """The jobs of the organisations room."""

    name = "attain.organisations.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Load the `tasks.py` of each room, where its tasks and their schedules stand."""
        autodiscover_modules("tasks")
