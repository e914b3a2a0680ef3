"""The API of the room: verdicts, applications, reviews, certificates, corrective actions."""

from ninja import Router

from attain.certification.api import applications, certificates, corrective, reviews, verdicts

routers: tuple[Router, ...] = (
    verdicts.router,
    applications.router,
    reviews.router,
    certificates.router,
    corrective.router,
)
