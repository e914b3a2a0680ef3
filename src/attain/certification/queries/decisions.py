"""Decisions, and what changed from one to the next."""

import json
from collections.abc import Mapping
from typing import Any

from attain.certification.models import Application, Decision
from attain.certification.rules.applications import ApplicationState
from attain.certification.rules.proofs import FoundBefore, Tree, differences
from attain.certification.rules.resubmission import Flagged, document_key, flag_changes


def previous_decision(application: Application) -> Decision | None:
    """Return the last decision on the same centre and scheme before that of an application."""
    rows = Decision.objects.filter(centre=application.centre_id, scheme=application.scheme)
    return rows.exclude(application=application).order_by("-at").first()


def changes_since(application: Application, tree: Tree) -> tuple[FoundBefore, ...]:
    """Return the findings that are others than at the decision before; none for the first."""
    previous = previous_decision(application)
    return differences(json.loads(previous.tree), tree) if previous else ()


def practices_flagged(application: Application) -> tuple[Flagged, ...]:
    """Return the practices that are submitted otherwise than the last time; none the first time."""
    before = _submitted_before(application)
    return flag_changes(_items(before), _items(application)) if before else ()


def documents_flagged(application: Application) -> tuple[Flagged, ...]:
    """Return the documents that are others than at the last submission; none the first time."""
    before = _submitted_before(application)
    return flag_changes(_documents(before), _documents(application)) if before else ()


def _submitted_before(application: Application) -> Application | None:
    rows = Application.objects.filter(
        centre=application.centre_id, scheme=application.scheme, state=ApplicationState.DECIDED
    )
    return rows.exclude(pk=application.pk).order_by("-closed_at").first()


def _items(application: Application) -> Mapping[str, Any]:
    return {
        each.item: (each.documented, each.reason, each.evidence, each.hashes)
        for each in application.items.all()
    }


def _documents(application: Application) -> Mapping[str, Any]:
    return {document_key(each): each for each in application.documents}
