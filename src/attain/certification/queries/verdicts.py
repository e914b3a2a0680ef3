"""Verdicts on centres from their records, by the same rules that `attain certify` asks."""

import os
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from attain.certification.rules.proofs import requirement_key
from attain.certification.rules.watching import Models
from attain.measurement.periods import Month, last_full_month
from attain.organisations.errors import RefusedActionError, UnknownError
from attain.organisations.pages import Centre
from attain.organisations.sentences import told
from attain.performance import queries as performance
from attain.standards.figures import Figures, ScopeKind
from attain.standards.library import default_library
from attain.standards.scheme import Scheme
from attain.standards.thresholds import NotInForceError
from attain.standards.verdicts import Verdict, certify

DEFAULT_SCHEME = "performance-tiers"


def find_law(key: str) -> tuple[Scheme, Models]:
    """Return a scheme of the library with the models that it names; UnknownError otherwise.

    Its texts are in the language of who asks, where it is translated: no verdict changes by that.
    """
    return _law(key, os.environ.get("ATTAIN_LIBRARY_PATHS", ""), _language())


@lru_cache(maxsize=32)
def _law(key: str, paths: str, language: str) -> tuple[Scheme, Models]:  # noqa: ARG001
    library = default_library()
    try:
        scheme = library.scheme(key)
    except KeyError as error:
        raise UnknownError from error
    return scheme.told_in(language), library.models_of(scheme)


def _language() -> str:
    return (get_language() or "en").partition("-")[0]


def language_of(scheme: str) -> str:
    """Return the language in which the texts of a scheme are told to who asks."""
    law, _models = find_law(scheme)
    return _language() if _language() in law.translations else "en"


def title_of(scheme: str) -> tuple[str, str]:
    """Return the title of a scheme to who asks, and in which language it is told."""
    law, _models = find_law(scheme)
    return law.title, language_of(scheme)


def titled(scheme: str, keys: Iterable[str]) -> list[str]:
    """Return requirements by their titles, each with how it is written: its tier and its key."""
    wanted = list(keys)
    pairs = zip(titles(scheme, wanted), wanted, strict=True)
    return [title if title == key else f"{title} ({key})" for title, key in pairs]


def titles(scheme: str, keys: Iterable[str]) -> list[str]:
    """Return requirements, written with their tiers, by the titles that the scheme gives them.

    One that the scheme no longer has is returned as it is written.
    """
    law, _models = find_law(scheme)
    known = {
        requirement_key(tier.tier, key): each.title
        for tier in law.tiers
        for key, each in tier.requirements.items()
    }
    return [known.get(key, key) for key in keys]


def titles_in_line(scheme: str, keys: Iterable[str]) -> str:
    """Return requirements by their titles in one line."""
    return "; ".join(titles(scheme, keys))


def scheme_choices(kind: str | None = None) -> list[tuple[str, str]]:
    """Return the published schemes by key and title; of a kind of centre, those that cover it."""
    schemes = [find_law(key)[0] for key in default_library().keys("scheme")]
    published = (each for each in schemes if each.status == "published")
    return [(s.scheme, s.title) for s in published if kind is None or kind in s.applies_to]


def judge(figures: Figures, scheme: str, as_of: date) -> Verdict:
    """Judge figures by a scheme; RefusedActionError where the scheme does not cover them."""
    law, models = find_law(scheme)
    if figures.scope.kind not in law.applies_to:
        raise RefusedActionError(_not_covered(figures.scope.kind) % {"scheme": law.title})
    try:
        return certify(figures, law, as_of, models)
    except NotInForceError as error:
        raise RefusedActionError(
            _("Choose another date: %(expected)s.") % {"expected": told(error.args[0])}
        ) from error


def _not_covered(kind: ScopeKind) -> str:
    if kind is ScopeKind.SITE:
        return _("%(scheme)s does not cover a site.")
    return _("%(scheme)s does not cover a programme.")


def decisive_since(scheme: str, as_of: date) -> Month | None:
    """Return the first month whose readings a scheme looks at; None where none decides yet."""
    law, _models = find_law(scheme)
    try:
        return last_full_month(as_of).plus(1 - law.longest_window(as_of))
    except NotInForceError:
        return None


def verdict_of(centre: Centre, as_of: date, scheme: str = DEFAULT_SCHEME) -> Verdict:
    """Return the verdict on a centre from its records as of a date."""
    return judge(performance.figures_of(centre, as_of), scheme, as_of)
