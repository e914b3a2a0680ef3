"""The addresses of the estate's pages, under that of the organisation."""

from django.urls import path

from attain.assessments.views import estate, gaps, kinds, practices

_A = "assessments/<uuid:assessment>"
_E = "assessments/estate"

urlpatterns = [
    path(_E, estate.show, name="assessments-estate"),
    path(f"{_E}/categories/<slug:category>", estate.category, name="assessments-estate-category"),
    path(f"{_E}/items/<slug:item>", gaps.item, name="assessments-estate-item"),
    path(f"{_E}/items", gaps.index, name="assessments-gaps"),
    path(f"{_A}/kinds", kinds.show, name="assessments-kinds"),
    path(f"{_A}/items/<slug:item>/share", practices.share, name="assessments-share"),
    path(
        f"{_E}/practices/<uuid:practice>/withdraw",
        practices.withdraw,
        name="assessments-practice-withdraw",
    ),
]
