"""What other systems may be told, as pure rules: which entries of the trail are which events."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple


class Event(NamedTuple):
    """Something that happened, by its name, and the key of what it happened to."""

    name: str
    key: str


_OF_ACTIONS = {
    "certification.submit": "application.submitted",
    "certification.decide": "application.decided",
    "certification.suspend_certificate": "certificate.suspended",
    "certification.withdraw_certificate": "certificate.withdrawn",
    "certification.reinstate_certificate": "certificate.reinstated",
    "certification.expire_certificate": "certificate.expired",
    "certification.raise_corrective_action": "corrective_action.raised",
    "certification.answer_corrective_action": "corrective_action.answered",
    "certification.retest": "corrective_action.retested",
    "certification.overdue": "corrective_action.overdue",
    "improvement.plan_initiative": "initiative.planned",
    "improvement.start_initiative": "initiative.started",
    "improvement.complete_initiative": "initiative.done",
    "improvement.drop_initiative": "initiative.dropped",
    "performance.close_month": "month.closed",
    "performance.correct_reading": "reading.corrected",
    "performance.import": "import.finished",
    "performance.undo_import": "import.undone",
}
ISSUED, AT_RISK, LOST = "certificate.issued", "certificate.at_risk", "certificate.lost"
EVENTS = tuple(sorted({*_OF_ACTIONS.values(), ISSUED, AT_RISK, LOST}))


def events_of(action: str, key: str, details: Mapping[str, Any]) -> Iterator[Event]:
    """Yield the events that an entry of the trail tells of; most tell of none."""
    if action in _OF_ACTIONS:
        yield Event(_OF_ACTIONS[action], key)
    if action == "certification.decide" and details.get("certificate"):
        yield Event(ISSUED, str(details["certificate"]))
    if action == "certification.watch" and details.get("at_risk"):
        yield Event(AT_RISK, key)
    if action == "certification.watch" and details.get("outcome") == "lost":
        yield Event(LOST, key)
