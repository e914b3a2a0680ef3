"""Requirement kinds that combine others: all of, any of, at least n of, unless."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from attain.measurement.outcomes import Outcome, any_of, at_least
from attain.standards.definition import Definition
from attain.standards.findings import Finding, gather, joined, not_applicable
from attain.standards.kinds.base import CountThreshold, Evidence, RequirementKind
from attain.standards.needs import NOTHING, Need, all_needs, any_need, enough_needs
from attain.standards.sentences import OwnText, say, series
from attain.standards.translations import Language, TranslatedReason, reasons_in

if TYPE_CHECKING:
    from attain.standards.rule import Rule


def _possible(rules: Iterable[RequirementKind]) -> frozenset[Outcome]:
    return frozenset[Outcome]().union(*(rule.possible for rule in rules))


class AllOf(RequirementKind):
    """All of several rules hold; what is not applicable drops out."""

    kind: Literal["all_of"]
    of: tuple["Rule", ...] = Field(min_length=1)
    """The rules."""

    @property
    def possible(self) -> frozenset[Outcome]:
        """The outcomes of any of the rules."""
        return _possible(self.of)

    def find(self, evidence: Evidence) -> Finding:
        """Judge every rule and join them."""
        return joined(self.kind, say("all of these hold"), [r.find(evidence) for r in self.of])

    def needs(self, evidence: Evidence, horizon: int) -> Need:
        """Return what every rule needs."""
        return all_needs([rule.needs(evidence, horizon) for rule in self.of])


class AnyOf(RequirementKind):
    """At least one of several rules holds."""

    kind: Literal["any_of"]
    of: tuple["Rule", ...] = Field(min_length=1)
    """The rules."""

    @property
    def possible(self) -> frozenset[Outcome]:
        """The outcomes of any of the rules."""
        return _possible(self.of)

    def find(self, evidence: Evidence) -> Finding:
        """Judge every rule; one that is met suffices."""
        children = tuple(rule.find(evidence) for rule in self.of)
        outcome = any_of(child.outcome for child in children)
        return _whole(self.kind, say("one of these holds"), outcome, children)

    def needs(self, evidence: Evidence, horizon: int) -> Need:
        """Return the need of any one of the rules that apply."""
        applicable = _applicable(self.of, evidence)
        needs = [rule.needs(evidence, horizon) for rule in applicable]
        return any_need(needs) if applicable else NOTHING


class AtLeastNOf(RequirementKind):
    """At least so many of several rules hold; what is not applicable does not count."""

    kind: Literal["at_least_n_of"]
    n: CountThreshold
    """How many must hold."""
    of: tuple["Rule", ...] = Field(min_length=1)
    """The rules."""

    def find(self, evidence: Evidence) -> Finding:
        """Judge every rule and count those that are met."""
        children = tuple(rule.find(evidence) for rule in self.of)
        n = evidence.thresholds[self.n].whole
        outcome = at_least(n, (child.outcome for child in children))
        return _whole(self.kind, say("%(n)s of these hold", n=n), outcome, children)

    def needs(self, evidence: Evidence, horizon: int) -> Need:
        """Return the need of enough of the rules that apply."""
        applicable = _applicable(self.of, evidence)
        needs = [rule.needs(evidence, horizon) for rule in applicable]
        lacking = evidence.thresholds[self.n].whole - needs.count(NOTHING)
        options = [(1, need) for need in needs if need != NOTHING]
        return enough_needs(lacking, options) if applicable else NOTHING


class ExceptionRule(Definition):
    """A named exception: where its rule is met, the requirement does not apply, for its reason."""

    reason: str
    """Why the requirement does not apply then; shown with the finding."""
    rule: "Rule"
    """What must be met for the exception to hold."""
    translations: Mapping[Language, TranslatedReason] = {}
    """The reason in further languages."""

    @property
    def told(self) -> OwnText:
        """The reason with its translations."""
        return OwnText(self.reason, reasons_in(self.translations))


class Unless(RequirementKind):
    """A rule, unless one of its named exceptions holds.

    A rule that is met needs no exception. Where it is not met, an exception that holds makes it
    not applicable with the exception's reason, and one that is undetermined leaves it open.
    """

    kind: Literal["unless"]
    rule: "Rule"
    """What must hold."""
    exceptions: tuple[ExceptionRule, ...] = Field(min_length=1)
    """What excuses from it."""

    @property
    def possible(self) -> frozenset[Outcome]:
        """The outcomes of the rule, and those that an exception adds."""
        exceptions = _possible(exception.rule for exception in self.exceptions)
        return self.rule.possible | {Outcome.NOT_APPLICABLE} | exceptions & {Outcome.UNDETERMINED}

    def find(self, evidence: Evidence) -> Finding:
        """Judge the rule, and the exceptions if it is not met."""
        base = self.rule.find(evidence)
        if base.outcome in (Outcome.MET, Outcome.NOT_APPLICABLE):
            return _whole(self.kind, base.asked, base.outcome, (base,))
        found = [(exception, exception.rule.find(evidence)) for exception in self.exceptions]
        children = (base, *(finding for _, finding in found))
        held = [e.told for e, finding in found if finding.outcome is Outcome.MET]
        if held:
            excused = not_applicable(self.kind, base.asked, series(held, between="; "))
            return replace(excused, children=children)
        open_ones = any(finding.outcome is Outcome.UNDETERMINED for _, finding in found)
        outcome = Outcome.UNDETERMINED if open_ones else base.outcome
        return _whole(self.kind, base.asked, outcome, children)

    def needs(self, evidence: Evidence, horizon: int) -> Need:
        """Return the need of the rule, or of an exception whose own rule applies."""
        exceptions = _applicable([e.rule for e in self.exceptions], evidence)
        return any_need([rule.needs(evidence, horizon) for rule in (self.rule, *exceptions)])


def _applicable(rules: Iterable["Rule"], evidence: Evidence) -> list["Rule"]:
    # What does not apply needs nothing, yet does not count among those that hold.
    return [r for r in rules if r.find(evidence).outcome is not Outcome.NOT_APPLICABLE]


def _whole(key: str, asked: str, outcome: Outcome, children: tuple[Finding, ...]) -> Finding:
    met = sum(child.outcome is Outcome.MET for child in children)
    return Finding(
        key=key,
        outcome=outcome,
        asked=asked,
        measured=say("%(part)s of %(whole)s", part=met, whole=len(children)),
        children=children,
        missing=gather(child.missing for child in children),
        left_out=gather(child.all_left_out for child in children),
    )
