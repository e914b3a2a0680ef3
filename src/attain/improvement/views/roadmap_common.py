"""What the pages of goals and roadmaps have in common."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError

from attain.improvement.models import Roadmap
from attain.improvement.queries.finding import place_of
from attain.organisations.pages import Member, MemberRequest, address
from attain.organisations.queries import may
from attain.organisations.rules import Permission

CRUMBS = "improvement/roadmap_crumbs.html"


def page_of(request: MemberRequest, roadmap: Roadmap) -> str:
    """Return the address of a roadmap."""
    return address(request, "improvement-roadmap", roadmap=roadmap.uuid)


def may_plan(member: Member, roadmap: Roadmap) -> bool:
    """Say whether a member may change a roadmap, which an archived one nobody may."""
    is_open = roadmap.archived_at is None
    return is_open and may(member, Permission.PLAN_ROADMAPS, place_of(roadmap))


def about(request: MemberRequest, roadmap: Roadmap, current: str = "") -> dict[str, Any]:
    """Return what every page of a roadmap is given."""
    return {
        "roadmap": roadmap,
        "place": place_of(roadmap),
        "may_plan": may_plan(request.member, roadmap),
        "crumbs": CRUMBS,
        "current": current,
    }


def by_field(refusal: ValidationError, names: Mapping[str, str]) -> ValidationError:
    """Return a refusal with its fields as a form names them."""
    if not hasattr(refusal, "error_dict"):
        return refusal
    return ValidationError({names.get(n, n): e for n, e in refusal.error_dict.items()})
