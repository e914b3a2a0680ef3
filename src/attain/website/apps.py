"""The room as a part of the Django project."""

from django.apps import AppConfig


class WebsiteConfig(AppConfig):
    """The website room."""

    name = "attain.website"
    label = "website"
