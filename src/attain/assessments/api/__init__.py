"""The API of the room: the library of maturity models."""

from ninja import Router

from attain.assessments.api import library

routers: tuple[Router, ...] = (library.router,)
