"""The API of the room, a router for each noun."""

from ninja import Router

from attain.improvement.api import (
    goals,
    initiative_parts,
    initiatives,
    plans,
    ranking,
    roadmaps,
    steps,
)

routers: tuple[Router, ...] = (
    goals.router,
    roadmaps.router,
    steps.router,
    ranking.router,
    plans.router,
    initiatives.router,
    initiative_parts.router,
)
