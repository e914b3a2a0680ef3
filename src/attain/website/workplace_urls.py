"""The addresses of an organisation, each room's under its name."""

from django.urls import include, path

from attain.website import gallery, health_page, views

urlpatterns = [
    path("", include("attain.organisations.urls")),
    path("", include("attain.performance.urls")),
    path("", include("attain.certification.urls")),
    path("", include("attain.assessments.urls")),
    path("", include("attain.improvement.urls")),
    path("certification/calendar", views.calendar, name="certification-calendar"),
    path("", views.overview, name="overview"),
    path("search", views.search, name="search"),
    path("calendar.ics", views.calendar_feed, name="calendar-feed"),
    path("health", health_page.health, name="health"),
    path("jobs/", include("attain.organisations.jobs.urls")),
    path("components", gallery.components, name="components"),
    path("components/progress", gallery.progress, name="components_progress"),
]
