"""The addresses of an organisation, each room's under its name."""

from django.urls import include, path

from attain.website import gallery, views

urlpatterns = [
    path("", include("attain.organisations.urls")),
    path("", include("attain.certification.urls")),
    path("", views.overview, name="overview"),
    path("components", gallery.components, name="components"),
    path("components/progress", gallery.progress, name="components_progress"),
]
