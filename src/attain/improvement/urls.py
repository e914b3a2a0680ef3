"""The addresses of the room, under that of the organisation."""

from django.urls import include, path

urlpatterns = [
    path("", include("attain.improvement.urls_roadmaps")),
    path("", include("attain.improvement.urls_plans")),
    path("", include("attain.improvement.urls_initiatives")),
]
