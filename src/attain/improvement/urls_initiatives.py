"""The addresses of initiatives, under that of the organisation."""

from django.urls import path

from attain.improvement.views import (
    benefits,
    initiative_moves,
    initiative_parts,
    initiatives,
    projects,
)

_IS = "improvement/initiatives"
_I = f"{_IS}/<uuid:initiative>"
_M = f"{_I}/milestones"
_B = f"{_I}/benefits"

urlpatterns = [
    path(_IS, initiatives.index, name="improvement-initiatives"),
    path(f"{_IS}/new", projects.new, name="improvement-initiative-new"),
    path(_I, initiatives.show, name="improvement-initiative"),
    path(f"{_I}/change", initiatives.change, name="improvement-initiative-change"),
    path(f"{_I}/start", initiative_moves.start, name="improvement-initiative-start"),
    path(f"{_I}/write-up", initiative_moves.write_up, name="improvement-initiative-write-up"),
    path(f"{_I}/complete", initiative_moves.complete, name="improvement-initiative-complete"),
    path(f"{_I}/drop", initiative_moves.drop, name="improvement-initiative-drop"),
    path(f"{_M}/add", initiative_parts.add_milestone, name="improvement-milestone-add"),
    path(
        f"{_M}/<uuid:initiative_milestone>/done",
        initiative_parts.finish_milestone,
        name="improvement-milestone-done",
    ),
    path(
        f"{_M}/<uuid:initiative_milestone>/undo",
        initiative_parts.take_up_milestone,
        name="improvement-milestone-undo",
    ),
    path(f"{_I}/comments", initiative_parts.comment, name="improvement-comment"),
    path(f"{_I}/documents/add", initiative_parts.add_document, name="improvement-document-add"),
    path(
        f"{_I}/documents/<uuid:document>/withdraw",
        initiative_parts.withdraw_document,
        name="improvement-document-withdraw",
    ),
    path(f"{_B}/add", benefits.add, name="improvement-benefit-add"),
    path(f"{_B}/<uuid:benefit>", benefits.change, name="improvement-benefit"),
    path(f"{_B}/<uuid:benefit>/remove", benefits.remove, name="improvement-benefit-remove"),
]
