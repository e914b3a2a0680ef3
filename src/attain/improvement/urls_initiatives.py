"""The addresses of initiatives, under that of the organisation."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
