"""What a piece of a template becomes, components and all."""

import re

from django.template import engines
from django_cotton.compiler_regex import CottonCompiler


def drawn(template: str, **context: object) -> str:
    """Return what a template becomes, on one line."""
    compiled = CottonCompiler().process(template)
    made = engines["django"].from_string(compiled).render(context)
    return re.sub(r"\s+", " ", made).strip()


def words(template: str, **context: object) -> str:
    """Return what a person reads of it."""
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", drawn(template, **context))).strip()
