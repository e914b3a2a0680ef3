"""The parameters of a request: each is one that its operation has, and comes once.

What is misspelt would otherwise be dropped without a word, and of two values one be taken.
"""

import re
from collections.abc import Mapping
from functools import cache

from django.http import HttpRequest
from django.urls import Resolver404, resolve

from attain.website.api.v1 import api

_PART = re.compile(r"<(?:\w+:)?(\w+)>")


def stray_parameter(request: HttpRequest) -> str | None:
    """Say which parameter of a request is unknown or comes twice; None where all are in order."""
    known = _known().get((str(request.method).lower(), _path(request)))
    if known is None:
        return None
    for name, values in request.GET.lists():
        if name not in known:
            return f"{name}: there is no such parameter; these are: {', '.join(sorted(known))}"
        if len(values) > 1 and not known[name]:
            return f"{name}: it comes {len(values)} times, and may come once"
    return None


def _path(request: HttpRequest) -> str:
    """Return the address of an operation, as the description of the API writes it."""
    try:
        route = resolve(request.path_info).route
    except Resolver404:
        return ""
    return "/" + _PART.sub(r"{\1}", route)


@cache
def _known() -> Mapping[tuple[str, str], Mapping[str, bool]]:
    """Return the parameters of each operation, and whether each may come several times."""
    paths = api.get_openapi_schema()["paths"]
    return {
        (method, path): {
            parameter["name"]: parameter["schema"].get("type") == "array"
            for parameter in operation.get("parameters", ())
            if parameter["in"] == "query"
        }
        for path, operations in paths.items()
        for method, operation in operations.items()
    }
