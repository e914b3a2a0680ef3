"""The addresses of plans, under that of the organisation."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
