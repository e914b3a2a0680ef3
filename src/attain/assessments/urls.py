"""The addresses of the room, under that of the organisation."""

from django.urls import include, path

from attain.assessments.views import (
    assessments,
    evidence,
    moderation,
    parts,
    rating,
    results,
    stating,
    workbook,
)

_A = "assessments/<uuid:assessment>"

urlpatterns = [
    path("", include("attain.assessments.urls_library")),
    path("", include("attain.assessments.urls_estate")),
    path("assessments", assessments.index, name="assessments"),
    path("assessments/open", assessments.open_one, name="assessments-open"),
    path(_A, assessments.show, name="assessments-one"),
    path(f"{_A}/name", parts.name, name="assessments-name"),
    path(f"{_A}/parts/<uuid:part>/delegate", parts.delegate, name="assessments-delegate"),
    path(f"{_A}/hand-in", parts.hand_in, name="assessments-hand-in"),
    path(f"{_A}/withdraw", assessments.withdraw, name="assessments-withdraw"),
    path(
        f"{_A}/moderation/begin",
        assessments.begin_moderation,
        name="assessments-begin-moderation",
    ),
    path(f"{_A}/moderation", moderation.show, name="assessments-moderation"),
    path(f"{_A}/moderation/settle", moderation.settle, name="assessments-settle"),
    path(f"{_A}/moderation/items/<slug:item>", moderation.save, name="assessments-agree"),
    path(f"{_A}/practices", stating.state, name="assessments-practices"),
    path(f"{_A}/result", results.show, name="assessments-result"),
    path(f"{_A}/compare", results.comparison, name="assessments-compare"),
    path(f"{_A}/close", assessments.close, name="assessments-close"),
    path(f"{_A}/reopen", assessments.reopen, name="assessments-reopen"),
    path(f"{_A}/result.xlsx", workbook.result_file, name="assessments-result-file"),
    path(f"{_A}/workbook", workbook.file, name="assessments-workbook"),
    path(f"{_A}/workbook/import", workbook.upload, name="assessments-workbook-import"),
    path(f"{_A}/workbook/confirm", workbook.confirm, name="assessments-workbook-confirm"),
    path(f"{_A}/rate", rating.show, name="assessments-rate"),
    path(f"{_A}/rate/<slug:item>", rating.save, name="assessments-save"),
    path(f"{_A}/items/<slug:item>/evidence", evidence.show, name="assessments-evidence"),
    path(
        f"{_A}/evidence/<uuid:evidence>/withdraw",
        evidence.withdraw,
        name="assessments-evidence-withdraw",
    ),
]
