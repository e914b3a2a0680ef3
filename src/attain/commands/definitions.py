"""How the commands find a definition of the library, with all that it names."""

from collections.abc import Mapping

from attain.commands.faults import refuse_option
from attain.standards.library import default_library
from attain.standards.maturity_model import MaturityModel
from attain.standards.scheme import Scheme


def find_scheme(key: str) -> tuple[Scheme, Mapping[str, MaturityModel]]:
    """Return a scheme of the library, and the maturity models that its requirements name.

    RefusedError where there is none, or where it has a fault.
    """
    library = default_library()
    try:
        path = library.find("scheme", key)
    except KeyError as error:
        raise refuse_option("--scheme", key, str(error.args[0])) from error
    scheme = library.load_scheme(path)
    return scheme, library.models_of(scheme)
