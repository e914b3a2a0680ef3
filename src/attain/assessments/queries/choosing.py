"""What may be chosen where an assessment is opened, and who may be given a part."""

from functools import lru_cache

from django.db.models import QuerySet

from attain.assessments.models import Assessment, ModelEdition
from attain.assessments.queries.finding import place_of
from attain.organisations.pages import Centre, Member, Team
from attain.organisations.queries import may, visible_centres, visible_sites, who_may
from attain.organisations.rules import Permission
from attain.standards.library import default_library

_LEAD = Permission.LEAD_ASSESSMENTS


def centres_to_assess(member: Member) -> list[Centre]:
    """Return the centres whose assessments a member may lead."""
    found = visible_centres(member, _LEAD).order_by("name")
    return [centre for centre in found if may(member, _LEAD, centre)]


def teams_to_assess(member: Member) -> list[Team]:
    """Return the teams whose assessments a member may lead."""
    found = Team.objects.filter(site__in=visible_sites(member, _LEAD)).select_related("site")
    return [team for team in found.order_by("site__name", "name") if may(member, _LEAD, team)]


def published_editions() -> list[ModelEdition]:
    """Return the editions of an organisation's own models that may be assessed with."""
    own = ModelEdition.objects.filter(status="published", is_of_the_library=False)
    return list(own.defer("text"))


@lru_cache(maxsize=1)
def library_models() -> tuple[tuple[str, str], ...]:
    """Return the key of each model of attain's library that may be used, and its name."""
    library = default_library()
    models = [library.model(key) for key in library.keys("model")]
    return tuple((m.model, f"{m.title}, {m.edition}") for m in models if m.status == "published")


def who_may_rate(assessment: Assessment) -> QuerySet[Member]:
    """Return the members who may be given a part of an assessment, and have none yet, by name."""
    able = who_may(Permission.ASSESS, place_of(assessment))
    return able.exclude(pk__in=assessment.parts.values("assessor"))
