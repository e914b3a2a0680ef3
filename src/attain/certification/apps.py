"""The room as a part of the Django project."""

from django.apps import AppConfig


class CertificationConfig(AppConfig):
    """The certification room."""

    name = "attain.certification"
    label = "certification"
