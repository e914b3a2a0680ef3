"""Requirement kind: technology changes tied to a business requirement and the annual plan."""

from typing import ClassVar, Literal

from attain.measurement.outcomes import Outcome, met_if
from attain.standards.figures import TechnologyChange
from attain.standards.findings import Finding, joined, not_applicable
from attain.standards.kinds.base import Evidence, RequirementKind
from attain.standards.needs import Need, Step, all_needs
from attain.standards.sentences import Sentence, listed, say


class ChangeTiedToPlan(RequirementKind):
    """Every technology change refers to a business requirement and to the annual plan.

    Not applicable where nothing was changed.
    """

    can_be: ClassVar = frozenset({Outcome.MET, Outcome.NOT_MET, Outcome.NOT_APPLICABLE})
    kind: Literal["change_tied_to_plan"]

    def find(self, evidence: Evidence) -> Finding:
        """Judge every change."""
        asked = say("every technology change refers to a business requirement and the annual plan")
        children = [_of_change(change) for change in evidence.standing.changes]
        if not children:
            return not_applicable(self.kind, asked, say("no technology change was made"))
        return joined(self.kind, asked, children, threshold=say("every change"))

    def needs(self, evidence: Evidence, horizon: int) -> Need:
        """Give each change the references that it lacks."""
        return all_needs([_refer(c) for c in evidence.standing.changes if _lacks(c)])


def _lacks(change: TechnologyChange) -> list[Sentence]:
    parts = (
        (say("business_requirement"), change.business_requirement),
        (say("annual_plan_reference"), change.annual_plan_reference),
    )
    return [name for name, value in parts if value is None]


def _refer(change: TechnologyChange) -> Step:
    name = f"technology_changes {change.change}"
    lacks = listed(*_lacks(change))
    text = say("give change %(change)s its %(what)s", change=change.change, what=lacks)
    return Step(name, text, 1, (name, "technology_changes"))


def _of_change(change: TechnologyChange) -> Finding:
    lacks = _lacks(change)
    asked = say(
        "%(change)s refers to a business requirement and the annual plan", change=change.change
    )
    return Finding(
        key=change.change,
        outcome=met_if(not lacks),
        asked=asked,
        measured=say("lacks %(what)s", what=listed(*lacks)) if lacks else say("both references"),
        threshold=say("business_requirement, annual_plan_reference"),
    )
