"""What the pages of corrective actions show."""

from datetime import date
from typing import Any

from attain.certification.models import CorrectiveAction
from attain.certification.queries.verdicts import language_of, titled
from attain.certification.rules.corrective import CorrectiveState, DueState, due_state
from attain.organisations.pages import Member
from attain.organisations.queries import visible_centres
from attain.organisations.rules import Permission


def corrective_seen(member: Member, today: date) -> list[tuple[CorrectiveAction, DueState]]:
    """Return the corrective actions that a member may see, the open and the earliest due first."""
    centres = visible_centres(member, Permission.READ_CERTIFICATION)
    rows = CorrectiveAction.objects.filter(centre__in=centres).select_related(
        "centre", "certificate", "owner__account"
    )
    shown = [(row, how_it_stands(row, today)) for row in rows]
    return sorted(shown, key=lambda pair: (pair[1] is DueState.DONE, pair[0].due_on))


def how_it_stands(corrective: CorrectiveAction, today: date) -> DueState:
    """Return how a corrective action stands to its date."""
    done = corrective.state == CorrectiveState.VERIFIED
    return due_state(corrective.due_on, today, done=done)


def corrective_page(corrective: CorrectiveAction, today: date) -> dict[str, Any]:
    """Return everything of a corrective action that its page shows."""
    milestones = [
        (step, due_state(step.due_on, today, done=step.done_on is not None))
        for step in corrective.milestones.all()
    ]
    return {
        "corrective": corrective,
        "centre": corrective.centre,
        "titles_in": language_of(corrective.certificate.scheme),
        "failed": titled(corrective.certificate.scheme, corrective.failed),
        "due": how_it_stands(corrective, today),
        "days_left": (corrective.due_on - today).days,
        "milestones": milestones,
        "evidence": corrective.evidence.select_related("added_by__account", "file"),
        "retests": corrective.retests.select_related("by__account"),
        "is_open": corrective.state != CorrectiveState.VERIFIED,
        "is_answered": corrective.state == CorrectiveState.ANSWERED,
    }
