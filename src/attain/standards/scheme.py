"""Schemes: thresholds with dated values, and tiers of requirements."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from attain.standards.definition import Definition, Key
from attain.standards.figures import Scope
from attain.standards.findings import Finding, not_applicable
from attain.standards.kinds.base import AppliedThreshold, Evidence
from attain.standards.kinds.lower_tier import LowerTier
from attain.standards.needs import NOTHING, Need
from attain.standards.rule import Rule
from attain.standards.sentences import OwnText, series
from attain.standards.thresholds import Threshold, in_force_on
from attain.standards.translations import (
    Language,
    TranslatedReason,
    TranslatedRequirement,
    TranslatedTitle,
    reasons_in,
)


def _listed(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, numbers))


# What looks at months without saying how many looks at a year.
_USUAL_WINDOW = 12


class ScopeCondition(Definition):
    """When a requirement does not apply: every stated condition holds of the scope."""

    operation: Literal["internal", "third_party"] | None = None
    """The centre is run internally, or by a third party."""
    scope: Literal["site", "programme"] | None = None
    """What is assessed is a site, or a programme."""
    reason: str
    """Why it does not apply then."""
    translations: Mapping[Language, TranslatedReason] = {}
    """The reason in further languages."""

    @model_validator(mode="after")
    def _has_a_condition(self) -> Self:
        if self.operation is None and self.scope is None:
            raise ValueError("no condition; expected an operation or a scope")
        return self

    def holds(self, scope: Scope) -> bool:
        """Say whether every stated condition holds."""
        return self.operation in (None, scope.operation) and self.scope in (None, scope.kind)


class Requirement(Definition):
    """What a tier asks for: why, where it is laid down, how strictly, and the rule."""

    title: str
    """The requirement in a few words."""
    why: str
    """What good it does."""
    clause: str
    """Where in the source it is laid down."""
    strength: Literal["must", "should"] = "must"
    """A `should` is judged and shown, but does not decide the tier."""
    not_applicable_when: ScopeCondition | None = None
    """When it does not apply."""
    translations: Mapping[Language, TranslatedRequirement] = {}
    """The title and what good it does, in further languages."""
    rule: Rule
    """The rule that decides."""

    def told_in(self, language: str) -> Self:
        """Return the requirement with its texts in a language that it is translated into."""
        return self.model_copy(update=self.translations[language].model_dump())

    def find(self, key: str, evidence: Evidence) -> Finding:
        """Judge the requirement under its key."""
        excuse = self._excuse(evidence)
        if excuse:
            reason = OwnText(excuse.reason, reasons_in(excuse.translations))
            return not_applicable(key, self.title, series([reason]))
        return self.rule.find(evidence).named(key, self.title)

    def needs(self, evidence: Evidence, horizon: int) -> Need:
        """Return what the requirement needs, nothing where it does not decide or apply."""
        if self.strength == "should" or self._excuse(evidence):
            return NOTHING
        return self.rule.needs(evidence, horizon)

    def _excuse(self, evidence: Evidence) -> ScopeCondition | None:
        condition = self.not_applicable_when
        holds = condition is not None and condition.holds(evidence.standing.figures.scope)
        return condition if holds else None


class Tier(Definition):
    """A tier with its own requirements; a lower tier is one of them, of its own kind."""

    tier: int = Field(ge=1)
    """The number of the tier, from 1 for the lowest."""
    title: str
    """The name of the tier."""
    translations: Mapping[Language, TranslatedTitle] = {}
    """The name in further languages."""
    requirements: Mapping[Key, Requirement] = Field(min_length=1)
    """The requirements by key."""

    def told_in(self, language: str) -> Self:
        """Return the tier and its requirements in a language that they are translated into."""
        told = {key: each.told_in(language) for key, each in self.requirements.items()}
        title = self.translations[language].title
        return self.model_copy(update={"title": title, "requirements": told})

    @property
    def lower_tiers(self) -> tuple[int, ...]:
        """The lower tiers that the tier builds on."""
        rules = (requirement.rule for requirement in self.requirements.values())
        return tuple(rule.tier for rule in rules if isinstance(rule, LowerTier))


class Scheme(Definition):
    """A certification scheme in one edition."""

    scheme: Key
    """The key of the scheme."""
    title: str
    """The name of the scheme."""
    translations: Mapping[Language, TranslatedTitle] = {}
    """The name in further languages, into which every tier and requirement is then translated."""
    edition: str
    """The edition; the texts of a published one are frozen."""
    status: Literal["draft", "published", "withdrawn"]
    """Whether a centre can be certified by it."""
    applies_to: tuple[Literal["site", "programme"], ...] = Field(min_length=1)
    """What can be certified by it."""
    licence: str
    """Under which licence its text is published."""
    sources: tuple[str, ...] = Field(min_length=1)
    """What it rests on: keys of the library's sources."""
    thresholds: Mapping[Key, Threshold] = {}
    """The numbers that its requirements name."""
    tiers: tuple[Tier, ...] = Field(min_length=1)
    """The tiers, lowest first."""

    @model_validator(mode="after")
    def _tiers_ascend(self) -> Self:
        numbers = [tier.tier for tier in self.tiers]
        if numbers != list(range(1, len(numbers) + 1)):
            raise ValueError(f"tiers {_listed(numbers)}; expected 1, 2 and so on in order")
        for tier in self.tiers:
            if any(lower >= tier.tier or lower < 1 for lower in tier.lower_tiers):
                found = f"tier {tier.tier} on top of tier {_listed(tier.lower_tiers)}"
                raise ValueError(f"{found}; expected lower tiers")
        return self

    @model_validator(mode="after")
    def _is_translated_throughout(self) -> Self:
        wanted = set(self.translations)
        for place, found in self._translated_parts():
            if set(found) != wanted:
                into = ", ".join(sorted(found)) or "no language"
                asked = ", ".join(sorted(wanted)) or "none, as the scheme"
                raise ValueError(f"{place} translated into {into}; expected {asked}")
        return self

    def _translated_parts(self) -> Iterator[tuple[str, Iterable[str]]]:
        for tier in self.tiers:
            yield f"tier {tier.tier}", tier.translations
            for key, requirement in tier.requirements.items():
                yield f"{key} of tier {tier.tier}", requirement.translations
                if requirement.not_applicable_when:
                    place = f"the reason why {key} of tier {tier.tier} does not apply"
                    yield place, requirement.not_applicable_when.translations

    def told_in(self, language: str) -> Self:
        """Return the scheme with its texts in a language, as it is where it has none in it."""
        if language not in self.translations:
            return self
        tiers = tuple(tier.told_in(language) for tier in self.tiers)
        title = self.translations[language].title
        return self.model_copy(update={"title": title, "tiers": tiers})

    def thresholds_at(self, day: date) -> dict[str, AppliedThreshold]:
        """Return every threshold in force on a day; NotInForceError naming one that is not yet."""
        return in_force_on(self.thresholds, day)

    def longest_window(self, day: date) -> int:
        """Return how many of the last months its rules look at; NotInForceError as above."""
        applied = self.thresholds_at(day)
        months = [applied[key].whole for key, t in self.thresholds.items() if t.unit == "months"]
        return max([_USUAL_WINDOW, *months])

    def as_json(self) -> dict[str, Any]:
        """Return the scheme for another program, numbers as exact texts."""
        dumped: dict[str, Any] = self.model_dump(mode="json")
        return dumped
