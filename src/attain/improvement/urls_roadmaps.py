"""The addresses of goals and roadmaps, under that of the organisation."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
