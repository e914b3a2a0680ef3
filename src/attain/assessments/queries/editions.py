"""Reading maturity models: those of attain's library, and an organisation's own editions."""

from functools import lru_cache
from uuid import UUID

from django.db.models import QuerySet

from attain.assessments.models import ModelEdition
from attain.organisations.errors import UnknownError
from attain.organisations.pages import Member
from attain.organisations.queries import demand, demand_somewhere
from attain.organisations.rules import Permission
from attain.standards.library import default_library
from attain.standards.loader import load, refuse
from attain.standards.maturity_model import MaturityModel
from attain.standards.references import unresolved_names
from attain.standards.yaml_nodes import read_yaml


@lru_cache(maxsize=64)
def loaded_from(text: str, name: str) -> MaturityModel:
    """Return the model that a text states; RefusedError with each fault, by line and column."""
    document = read_yaml(text, name)
    model = load(document, MaturityModel)
    # An own model may rest on what attain's library does not list.
    known = default_library().source_keys() | set(model.sources)
    refuse(unresolved_names(model, document, known, {}))
    return model


def model_of(edition: ModelEdition) -> MaturityModel:
    """Return the model of an edition as it was written."""
    return loaded_from(edition.text, f"{edition.key}.yaml")


def editions(member: Member) -> QuerySet[ModelEdition]:
    """Return the editions that an organisation has entered; ForbiddenError without the right."""
    demand_somewhere(member, Permission.READ_ASSESSMENTS)
    return ModelEdition.objects.select_related("written_by__account")


def find_edition(
    member: Member, uuid: UUID, permission: Permission = Permission.READ_ASSESSMENTS
) -> ModelEdition:
    """Return an edition for somebody who may read models anywhere, or write them everywhere."""
    found = ModelEdition.objects.filter(uuid=uuid).first()
    if found is None:
        raise UnknownError
    demand_somewhere(member, Permission.READ_ASSESSMENTS)
    if permission is not Permission.READ_ASSESSMENTS:
        demand(member, permission)
    return found
