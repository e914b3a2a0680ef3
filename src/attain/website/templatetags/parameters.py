"""The parameters of an address, as a page repeats them in a form of its own."""

from collections.abc import Iterable

from django import template
from django.http import HttpRequest

register = template.Library()


@register.filter
def parameters(request: HttpRequest) -> Iterable[tuple[str, list[str]]]:
    """Return what an address asks for, each name with its values.

    `request.GET.lists` would be the value of a parameter of that name, where an address has one.
    """
    return request.GET.lists()
