"""The API of the room: the library of maturity models, and assessments by them."""

from ninja import Router

from attain.assessments.api import assessments, assessors, evidence, library, ratings, results

routers: tuple[Router, ...] = (
    library.router,
    assessments.router,
    assessors.router,
    ratings.router,
    evidence.router,
    results.router,
)
