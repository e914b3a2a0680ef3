"""Every read of the room, a file for each page or noun."""

from attain.performance.queries.exporting import export_dossier
from attain.performance.queries.figures import figures_of, figures_of_many, scope_of, scopes_of

__all__ = ["export_dossier", "figures_of", "figures_of_many", "scope_of", "scopes_of"]
