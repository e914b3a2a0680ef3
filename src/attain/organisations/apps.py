"""The room as a part of the Django project."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """The organisations room."""

    name = "attain.organisations"
    label = "organisations"
