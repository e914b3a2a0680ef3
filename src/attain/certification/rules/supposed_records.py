"""Records as they would be: with all that a scheme asks of them, or without it.

A record keeps what it has; what it is supposed to have, and has not, is filled in.
"""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from attain.standards.figures import Documented, Incident, Initiative, Practice, TechnologyChange

SUPPOSED = "supposed"


def practice_that_is(practice: Practice, documented: bool | None) -> Practice:
    """Return a practice that is documented or not; None leaves it as it is."""
    if documented is None:
        return practice
    return replace(practice, documented=Documented.YES if documented else Documented.NO)


def initiative_counts(initiative: Initiative) -> bool:
    """Say whether an initiative is structured, its analysis and outcome documented."""
    return initiative.structured and None not in (initiative.analysis, initiative.outcome)


def initiative_that_is(initiative: Initiative, counts: bool | None) -> Initiative:
    """Return an initiative that counts or does not; None leaves it as it is."""
    if not counts:
        return initiative if counts is None else replace(initiative, structured=False)
    analysis, outcome = initiative.analysis or SUPPOSED, initiative.outcome or SUPPOSED
    return replace(initiative, structured=True, analysis=analysis, outcome=outcome)


def counting_initiative(number: int) -> Initiative:
    """Return a further initiative, which counts."""
    name = f"{SUPPOSED} {number}"
    return Initiative(
        initiative=name,
        process=name,
        started=date.min,
        completed=None,
        structured=True,
        analysis=SUPPOSED,
        outcome=SUPPOSED,
    )


def incident_is_assessed(incident: Incident) -> bool:
    """Say whether an incident has its severity, response and cost."""
    return None not in (incident.severity, incident.responded_minutes, incident.cost_impact)


def incident_that_is(incident: Incident, assessed: bool | None) -> Incident:
    """Return an incident that is assessed or not; None leaves it as it is."""
    if not assessed:
        return incident if assessed is None else replace(incident, severity=None)
    minutes, cost = incident.responded_minutes, incident.cost_impact
    return replace(
        incident,
        severity=incident.severity or SUPPOSED,
        responded_minutes=Fraction(0) if minutes is None else minutes,
        cost_impact=Fraction(0) if cost is None else cost,
    )


def change_is_tied(change: TechnologyChange) -> bool:
    """Say whether a technology change refers to a business requirement and the annual plan."""
    return None not in (change.business_requirement, change.annual_plan_reference)


def change_that_is(change: TechnologyChange, tied: bool | None) -> TechnologyChange:
    """Return a technology change that has its references or not; None leaves it as it is."""
    if not tied:
        return change if tied is None else replace(change, business_requirement=None)
    return replace(
        change,
        business_requirement=change.business_requirement or SUPPOSED,
        annual_plan_reference=change.annual_plan_reference or SUPPOSED,
    )
