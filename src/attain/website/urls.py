"""The addresses of the workplace. Everything of an organisation lies under `/o/<its key>/`."""

from django.urls import include, path

from attain.website import views

urlpatterns = [
    path("", views.front_door, name="home"),
    path("accounts/", include("allauth.urls")),
    path("o/<slug:organisation>/", include("attain.website.workplace_urls")),
]
