"""The API of the room, a router for each noun."""

from ninja import Router

routers: tuple[Router, ...] = ()
