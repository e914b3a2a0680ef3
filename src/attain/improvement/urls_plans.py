"""The addresses of plans, under that of the organisation."""

from django.urls import path

from attain.improvement.views import carrying_out, comparing_plans, making_plans, plans, taking_away

_R = "improvement/roadmaps/<uuid:roadmap>"
_P = f"{_R}/plans"
_ONE = f"{_P}/<uuid:plan>"

urlpatterns = [
    path(f"{_R}/roadmap.pdf", taking_away.pdf, name="improvement-roadmap-pdf"),
    path(f"{_R}/roadmap.xlsx", taking_away.excel, name="improvement-roadmap-excel"),
    path(_P, plans.index, name="improvement-plans"),
    path(f"{_P}/new", making_plans.new, name="improvement-plan-new"),
    path(_ONE, plans.show, name="improvement-plan"),
    path(f"{_ONE}/rename", plans.rename, name="improvement-plan-rename"),
    path(f"{_ONE}/adopt", plans.adopt, name="improvement-plan-adopt"),
    path(f"{_ONE}/compare", comparing_plans.show, name="improvement-plan-compare"),
    path(f"{_ONE}/carry-out", carrying_out.show, name="improvement-plan-carry-out"),
]
