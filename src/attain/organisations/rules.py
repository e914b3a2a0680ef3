"""Who may do what, as pure rules: ten roles, what each permits, and where it holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Permission(StrEnum):
    """Something that a role may permit. The words are those of the page that explains roles."""

    READ_STRUCTURE = "see regions, sites, programmes and teams"
    CHANGE_STRUCTURE = "change regions, sites, programmes and teams"
    READ_PEOPLE = "see people and the teams that they were in"
    CHANGE_PEOPLE = "add people and post them to teams"
    MANAGE_MEMBERS = "invite members, give and take roles"
    READ_AUDIT = "read the audit trail"
    READ_FIGURES = "see metrics, readings, service levels and uptime"
    RECORD_FIGURES = "record and import figures, and correct them with a reason"
    CHANGE_METRICS = "change processes, metrics and targets"
    CLOSE_MONTHS = "close a month"
    READ_CERTIFICATION = "see tiers, applications, reviews and certificates"
    APPLY = "apply for certification and answer corrective actions"
    REVIEW = "review an application"
    DECIDE = "decide on an application"
    READ_ASSESSMENTS = "see maturity models, assessments and gaps"
    ASSESS = "rate the items of an assessment"
    LEAD_ASSESSMENTS = "open, moderate, close and reopen assessments"
    WRITE_MODELS = "write, publish and withdraw maturity models"
    READ_ROADMAPS = "see goals, roadmaps and initiatives"
    PLAN_ROADMAPS = "declare goals, appraise steps, plan roadmaps and run initiatives"
    ANALYSE = "export figures and use the API"


class Role(StrEnum):
    """What a member is. A member may hold several, each at a place of its own."""

    ADMINISTRATOR = "administrator"
    PROGRAMME_LEAD = "programme_lead"
    SITE_LEAD = "site_lead"
    ASSESSOR = "assessor"
    QA_MANAGER = "qa_manager"
    EVALUATOR = "evaluator"
    TEAM_LEADER = "team_leader"
    AGENT = "agent"
    ANALYST = "analyst"
    AUDITOR = "auditor"

    @property
    def words(self) -> str:
        """The name of the role."""
        return (
            "QA manager" if self is Role.QA_MANAGER else self.value.replace("_", " ").capitalize()
        )

    @property
    def permissions(self) -> frozenset[Permission]:
        """What the role permits."""
        return _PERMITTED[self]


P = Permission
_READING = frozenset(
    {P.READ_STRUCTURE, P.READ_FIGURES, P.READ_CERTIFICATION, P.READ_ASSESSMENTS, P.READ_ROADMAPS}
)
_PERMITTED: dict[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: _READING
    | {
        P.CHANGE_STRUCTURE,
        P.READ_PEOPLE,
        P.CHANGE_PEOPLE,
        P.MANAGE_MEMBERS,
        P.READ_AUDIT,
        P.ANALYSE,
    }
    | {P.CHANGE_METRICS, P.WRITE_MODELS},
    Role.PROGRAMME_LEAD: _READING
    | {P.CHANGE_STRUCTURE, P.READ_PEOPLE, P.CHANGE_PEOPLE, P.RECORD_FIGURES, P.CHANGE_METRICS}
    | {P.CLOSE_MONTHS, P.APPLY, P.DECIDE, P.ANALYSE, P.READ_AUDIT}
    | {P.ASSESS, P.LEAD_ASSESSMENTS, P.WRITE_MODELS, P.PLAN_ROADMAPS},
    Role.SITE_LEAD: _READING
    | {P.READ_PEOPLE, P.CHANGE_PEOPLE, P.RECORD_FIGURES, P.CHANGE_METRICS, P.CLOSE_MONTHS}
    | {P.APPLY, P.ANALYSE, P.ASSESS, P.LEAD_ASSESSMENTS, P.PLAN_ROADMAPS},
    Role.ASSESSOR: _READING | {P.REVIEW, P.DECIDE, P.READ_PEOPLE, P.ASSESS},
    Role.QA_MANAGER: _READING | {P.READ_PEOPLE, P.RECORD_FIGURES, P.ANALYSE, P.ASSESS},
    Role.EVALUATOR: frozenset({P.READ_STRUCTURE, P.READ_FIGURES}),
    Role.TEAM_LEADER: frozenset(
        {P.READ_STRUCTURE, P.READ_FIGURES, P.READ_PEOPLE, P.READ_ASSESSMENTS, P.ASSESS}
        | {P.READ_ROADMAPS}
    ),
    Role.AGENT: frozenset({P.READ_STRUCTURE}),
    Role.ANALYST: _READING | {P.ANALYSE},
    Role.AUDITOR: _READING | {P.READ_PEOPLE, P.READ_AUDIT, P.ANALYSE},
}


@dataclass(frozen=True)
class Position:
    """A place in an organisation by the ids of what it lies in; None where it is wider."""

    region: int | None = None
    site: int | None = None
    team: int | None = None


@dataclass(frozen=True)
class Grant:
    """A role and the place at which it is held; a grant without a place holds everywhere.

    `only` leaves of the role what a token permits.
    """

    role: Role
    region: int | None = None
    site: int | None = None
    team: int | None = None
    only: frozenset[Permission] | None = None

    @property
    def permissions(self) -> frozenset[Permission]:
        """What the grant permits at its place."""
        permitted = self.role.permissions
        return permitted if self.only is None else permitted & self.only

    def covers(self, position: Position) -> bool:
        """Say whether a position lies within the place of the grant."""
        if self.team is not None:
            return position.team == self.team
        if self.site is not None:
            return position.site == self.site
        return self.region is None or position.region == self.region


def permits(grants: Iterable[Grant], permission: Permission, position: Position) -> bool:
    """Say whether one of the grants permits something at a position."""
    return any(permission in g.permissions and g.covers(position) for g in grants)


def permits_somewhere(grants: Iterable[Grant], permission: Permission) -> bool:
    """Say whether one of the grants permits something anywhere, so that its page is shown."""
    return any(permission in grant.permissions for grant in grants)
