"""Proofs as kept: a verdict's tree as text, its hash, what failed in it, what two differ in."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from attain.measurement.outcomes import Outcome
from attain.standards.findings import Finding
from attain.standards.kept_sentences import keep_sentences, with_sentences
from attain.standards.verdicts import TierFinding, Verdict

Tree = Mapping[str, Any]


@dataclass(frozen=True)
class FoundBefore:
    """A requirement whose finding is another than before; None where it was or is not there."""

    tier: int
    requirement: str
    before: str | None
    after: str | None
    parts: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The requirement with its tier."""
        return requirement_key(self.tier, self.requirement)

    def as_json(self) -> dict[str, Any]:
        """Return the difference as it is kept with a decision."""
        return {
            "key": self.key,
            "before": self.before,
            "after": self.after,
            "parts": list(self.parts),
        }


def requirement_key(tier: int, requirement: str) -> str:
    """Write a requirement with its tier, such as `2/uptime`."""
    return f"{tier}/{requirement}"


def write_tree(verdict: Verdict) -> str:
    """Write the whole tree of a verdict, byte for byte as `attain certify --json` prints it."""
    return json.dumps(verdict.as_json(), ensure_ascii=False, indent=2) + "\n"


def sentences_kept(verdict: Verdict) -> dict[str, Any]:
    """Return the sentences of a verdict as they are kept beside its tree, by tier."""
    return {str(tier.tier): keep_sentences(tier.requirements) for tier in verdict.tiers}


def told_tiers(tree: str, sentences: Tree | None) -> list[dict[str, Any]]:
    """Return the tiers of a tree that was kept, with its sentences as far as they were kept."""
    return [
        {
            **tier,
            "requirements": with_sentences(
                tier["requirements"], (sentences or {}).get(str(tier["tier"]))
            ),
        }
        for tier in json.loads(tree)["tiers"]
    ]


def findings_up_to(verdict: Verdict, tier: int) -> Iterator[tuple[TierFinding, Finding]]:
    """Yield the requirements that decide a tier: its own, and those of the tiers beneath it."""
    wanted = _beneath(verdict, tier)
    for found in verdict.tiers:
        if found.tier in wanted:
            yield from ((found, finding) for finding in found.requirements)


def _beneath(verdict: Verdict, tier: int) -> set[int]:
    wanted, ahead = {tier}, [tier]
    while ahead:
        for lower in verdict.tiers[ahead.pop() - 1].builds_on:
            if lower not in wanted:
                wanted.add(lower)
                ahead.append(lower)
    return wanted


def lacking(verdict: Verdict, tier: int) -> tuple[str, ...]:
    """Return the requirements that keep a centre from a tier: not met, or undetermined."""
    return tuple(
        requirement_key(found.tier, finding.key)
        for found, finding in findings_up_to(verdict, tier)
        if finding.outcome.is_lacking and _decides(verdict, found.tier, finding.key)
    )


def _decides(verdict: Verdict, tier: int, key: str) -> bool:
    return verdict.scheme.tiers[tier - 1].requirements[key].strength == "must"


def outcome_of(verdict: Verdict, key: str) -> Outcome | None:
    """Return the outcome of a requirement written with its tier, None where there is none."""
    for found in verdict.tiers:
        for finding in found.requirements:
            if requirement_key(found.tier, finding.key) == key:
                return finding.outcome
    return None


def differences(before: Tree | None, after: Tree) -> tuple[FoundBefore, ...]:
    """Return the requirements whose outcome, or that of a part, is another than before."""
    then, now = _requirements(before), _requirements(after)
    found = [_difference(key, then.get(key), now.get(key)) for key in {**now, **then}]
    return tuple(each for each in found if each.before != each.after or each.parts)


def _requirements(tree: Tree | None) -> dict[tuple[int, str], Tree]:
    return {
        (tier["tier"], finding["key"]): finding
        for tier in (tree or {}).get("tiers", ())
        for finding in tier["requirements"]
    }


def _difference(key: tuple[int, str], then: Tree | None, now: Tree | None) -> FoundBefore:
    old, new = _parts(then), _parts(now)
    changed = sorted(part for part in {**old, **new} if old.get(part) != new.get(part))
    return FoundBefore(
        *key, then["outcome"] if then else None, now["outcome"] if now else None, tuple(changed)
    )


def _parts(finding: Tree | None) -> dict[str, str]:
    children: Sequence[Tree] = finding["children"] if finding else ()
    return {child["key"]: child["outcome"] for child in children}
