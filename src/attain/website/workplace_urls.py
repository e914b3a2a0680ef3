"""The addresses of an organisation, each room's under its name."""

from django.urls import include, path

from attain.website import views

urlpatterns = [
    path("", include("attain.organisations.urls")),
    path("", views.overview, name="overview"),
    path("components", views.components, name="components"),
]
