"""The API of the room: the library of maturity models, assessments by them, and the estate."""

from ninja import Router

from attain.assessments.api import (
    assessments,
    assessors,
    estate,
    evidence,
    library,
    practices,
    ratings,
    results,
    stating,
    workbooks,
)

routers: tuple[Router, ...] = (
    library.router,
    assessments.router,
    assessors.router,
    ratings.router,
    evidence.router,
    results.router,
    estate.router,
    practices.router,
    stating.router,
    workbooks.router,
)
