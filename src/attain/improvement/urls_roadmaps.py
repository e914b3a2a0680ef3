"""The addresses of goals and roadmaps, under that of the organisation."""

from django.urls import path

from attain.improvement.views import appraising, goals, ranking, roadmaps

_G = "improvement/goals"
_RS = "improvement/roadmaps"
_R = f"{_RS}/<uuid:roadmap>"
_STEP = "<str:place>/<slug:item>/<int:to>"

urlpatterns = [
    path(_G, goals.index, name="improvement-goals"),
    path(f"{_G}/add", goals.add, name="improvement-goal-add"),
    path(f"{_G}/<uuid:goal>", goals.change, name="improvement-goal"),
    path(f"{_G}/<uuid:goal>/retire", goals.retire, name="improvement-goal-retire"),
    path(_RS, roadmaps.index, name="improvement-roadmaps"),
    path(f"{_RS}/open", roadmaps.open_one, name="improvement-roadmap-open"),
    path(_R, roadmaps.show, name="improvement-roadmap"),
    path(f"{_R}/settings", roadmaps.change, name="improvement-roadmap-settings"),
    path(f"{_R}/archive", roadmaps.archive, name="improvement-roadmap-archive"),
    path(f"{_R}/sources/<uuid:source>/later", roadmaps.take_later, name="improvement-source-later"),
    path(f"{_R}/steps", appraising.index, name="improvement-steps"),
    path(f"{_R}/steps/{_STEP}", appraising.show, name="improvement-step"),
    path(f"{_R}/steps/{_STEP}/take-over", appraising.take_over, name="improvement-take-over"),
    path(f"{_R}/appraise", appraising.many, name="improvement-appraise"),
    path(f"{_R}/appraise/{_STEP}", appraising.save, name="improvement-appraise-step"),
    path(f"{_R}/ranking", ranking.show, name="improvement-ranking"),
]
