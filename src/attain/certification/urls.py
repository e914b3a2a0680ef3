"""The addresses of the room, under that of the organisation."""

from django.urls import path

from attain.certification.views import (
    applications,
    centres,
    certificates,
    corrective,
    estate,
    reviews,
    what_if,
)

_E = "certification/centres/<slug:centre>"
_A = "certification/applications/<uuid:application>"
_R = "certification/reviews/<uuid:review>"
_C = "certification/certificates/<str:number>"
_KS = "certification/corrective-actions"
_K = f"{_KS}/<uuid:corrective>"

urlpatterns = [
    path("certification", estate.show, name="certification-estate"),
    path(_E, centres.show, name="certification-centre"),
    path(f"{_E}/proof", centres.proof, name="certification-proof"),
    path(f"{_E}/road", centres.road, name="certification-road"),
    path(f"{_E}/what-if", what_if.show, name="certification-what-if"),
    path(f"{_E}/apply", applications.apply, name="certification-apply"),
    path("certification/applications", applications.index, name="certification-applications"),
    path(_A, applications.show, name="certification-application"),
    path(f"{_A}/proof", applications.proof, name="certification-decided-proof"),
    path(f"{_A}/submit", applications.submit, name="certification-submit"),
    path(f"{_A}/withdraw", applications.withdraw, name="certification-withdraw-application"),
    path(f"{_A}/decide", applications.decide, name="certification-decide"),
    path(f"{_A}/reviews/open", reviews.open_one, name="certification-review-open"),
    path(_R, reviews.show, name="certification-review"),
    path(f"{_R}/answers/record", reviews.answer, name="certification-review-answer"),
    path(f"{_R}/finish", reviews.finish, name="certification-review-finish"),
    path("certification/certificates", certificates.index, name="certification-certificates"),
    path(_C, certificates.show, name="certification-certificate"),
    path(f"{_C}/pdf", certificates.pdf, name="certification-certificate-pdf"),
    path(f"{_C}/sealed", certificates.sealed, name="certification-certificate-json"),
    path(f"{_C}/suspend", certificates.suspend, name="certification-suspend"),
    path(f"{_C}/withdraw", certificates.withdraw, name="certification-withdraw"),
    path(f"{_C}/reinstate", certificates.reinstate, name="certification-reinstate"),
    path(f"{_C}/raise", corrective.raise_one, name="certification-corrective-raise"),
    path(
        "certification/corrective-actions",
        corrective.index,
        name="certification-corrective-actions",
    ),
    path(_K, corrective.show, name="certification-corrective"),
    path(f"{_K}/assign", corrective.assign, name="certification-corrective-assign"),
    path(f"{_K}/answer", corrective.answer, name="certification-corrective-answer"),
    path(f"{_K}/evidence", corrective.add_evidence, name="certification-corrective-evidence"),
    path(f"{_K}/milestones", corrective.add_milestone, name="certification-milestone-add"),
    path(
        f"{_K}/milestones/<uuid:milestone>/done",
        corrective.finish_milestone,
        name="certification-milestone-done",
    ),
    path(f"{_K}/retest", corrective.retest, name="certification-retest"),
]
