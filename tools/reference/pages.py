"""The reference pages by file, each with what writes it."""

from collections.abc import Callable, Mapping

from attain.dossier.mapping_reference import mapping_page
from tools.reference.cases_page import cases_page
from tools.reference.commands_page import commands_page
from tools.reference.dossier_page import dossier_page
from tools.reference.metrics_page import metrics_page
from tools.reference.model_page import model_page
from tools.reference.scheme_page import scheme_page
from tools.reference.settings_page import settings_page

PAGES: Mapping[str, Callable[[], str]] = {
    "docs/reference/commands.md": commands_page,
    "docs/reference/dossier.md": dossier_page,
    "docs/reference/mapping.md": mapping_page,
    "docs/reference/scheme.md": scheme_page,
    "docs/reference/cases.md": cases_page,
    "docs/reference/model.md": model_page,
    "docs/reference/metrics.md": metrics_page,
    "docs/reference/settings.md": settings_page,
}
