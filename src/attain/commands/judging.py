"""Certify figures that were read, or refuse what the scheme does not cover."""

from collections.abc import Mapping
from datetime import date

from attain.commands.faults import refuse_option
from attain.dossier import header
from attain.measurement.faults import Fault, RefusedError
from attain.standards.figures import Figures
from attain.standards.maturity_model import MaturityModel
from attain.standards.scheme import Scheme
from attain.standards.thresholds import NotInForceError
from attain.standards.verdicts import Verdict, certify


def judge(
    figures: Figures,
    scheme: Scheme,
    as_of: date,
    models: Mapping[str, MaturityModel],
    *,
    given: bool,
) -> Verdict:
    """Certify, or refuse a scope or a date that the scheme does not cover.

    `given` says that the date was given on the command line, and not by the dossier.
    """
    if figures.scope.kind not in scheme.applies_to:
        raise refuse_option("--scheme", scheme.scheme, f"a scheme for a {figures.scope.kind}")
    try:
        return certify(figures, scheme, as_of, models)
    except NotInForceError as error:
        if given:
            raise refuse_option("--as-of", as_of, str(error)) from error
        fault = Fault(header.FILE, 1, "as_of", as_of.isoformat(), str(error))
        raise RefusedError([fault]) from error
