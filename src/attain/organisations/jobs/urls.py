"""The addresses of the pages of jobs."""

from django.urls import path

from attain.organisations.jobs import views

urlpatterns = [
    path("", views.jobs, name="jobs"),
    path("<uuid:uuid>/", views.job, name="jobs-job"),
    path("<uuid:uuid>/again/", views.try_again, name="jobs-try-again"),
]
