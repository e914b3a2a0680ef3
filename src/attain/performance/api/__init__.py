"""The API of the room: centres and their figures, records, imports."""

from ninja import Router

from attain.performance.api import centres, definitions, evidence, imports, readings, records

routers: tuple[Router, ...] = (
    centres.router,
    definitions.router,
    readings.router,
    records.router,
    evidence.router,
    imports.router,
)
