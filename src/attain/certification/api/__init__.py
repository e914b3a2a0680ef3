"""The API of the room: verdicts, what if, applications, reviews, certificates, corrections."""

from ninja import Router

from attain.certification.api import (
    applications,
    certificates,
    corrective,
    reviews,
    supposing,
    verdicts,
)

routers: tuple[Router, ...] = (
    verdicts.router,
    supposing.router,
    applications.router,
    reviews.router,
    certificates.router,
    corrective.router,
)
