"""What two editions of a model differ by, the old beside the new."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.views.decorators.http import require_GET

from attain.assessments.library_words import CHANGES, DIFFERENCES
from attain.assessments.queries.editions import find_edition
from attain.assessments.queries.library import ShelvedModel, shelved
from attain.assessments.rules.editions import Difference, ItemDifference, differences
from attain.assessments.views.library_common import about
from attain.organisations.errors import UnknownError
from attain.organisations.pages import MemberRequest
from attain.standards.maturity_model import MaturityModel


@dataclass(frozen=True)
class ShownDifference:
    """An item that differs, with its title and what the item map says of it."""

    key: str
    title: str
    texts: tuple[tuple[str, str, str], ...]
    mapped: str | Promise
    to: tuple[str, ...]


@require_GET
def show(request: MemberRequest, edition: UUID, other: UUID) -> HttpResponse:
    """Show the items that were added, removed or changed, text by text."""
    found = shelved(find_edition(request.member, edition))
    there = shelved(find_edition(request.member, other))
    if found.model.model != there.model.model:
        raise UnknownError
    old, new = _in_order(found, there)
    met = differences(old.model, new.model)
    kinds = [(kind, DIFFERENCES[kind], _shown(met, kind, old.model, new.model))
             for kind in Difference]  # fmt: skip
    context = {**about(found), "old": old, "new": new, "kinds": kinds, "any": bool(met)}
    return render(request, "assessments/library_differences.html", context)


def _in_order(one: ShelvedModel, other: ShelvedModel) -> tuple[ShelvedModel, ShelvedModel]:
    """Return two editions, first the one that the other follows, or that was written first."""
    if one.model.follows and one.model.follows.edition == other.model.edition:
        return other, one
    if other.model.follows and other.model.follows.edition == one.model.edition:
        return one, other
    first, second = sorted((one, other), key=lambda each: str(each.row and each.row.written_at))
    return first, second


def _shown(
    met: Iterable[ItemDifference], kind: Difference, old: MaturityModel, new: MaturityModel
) -> list[ShownDifference]:
    titles = {item.key: item.title for item in (*new.items, *old.items)}
    follows = new.follows if new.follows and new.follows.edition == old.edition else None
    mapped = follows.items if follows else {}
    return [
        ShownDifference(
            each.item,
            titles[each.item],
            each.texts,
            CHANGES[mapped[each.item].change] if each.item in mapped else "",
            mapped[each.item].to if each.item in mapped else (),
        )
        for each in met
        if each.difference is kind
    ]
