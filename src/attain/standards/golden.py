"""Golden cases checked: what a scheme finds of each case against what the case expects."""

from collections.abc import Iterator, Mapping

from pydantic import ValidationError

from attain.measurement.faults import Fault
from attain.standards.cases import Case, Cases
from attain.standards.findings import Finding
from attain.standards.maturity_model import MaturityModel
from attain.standards.scheme import Scheme
from attain.standards.verdicts import Verdict, certify
from attain.standards.yaml_nodes import Document


def check_cases(
    cases: Cases, document: Document, scheme: Scheme, models: Mapping[str, MaturityModel]
) -> Iterator[Fault]:
    """Yield a fault at each case whose expectation the scheme does not fulfil."""
    for number, case in enumerate(cases.cases):
        try:
            verdict = verdict_of(cases, case, scheme, models)
        except (ValidationError, KeyError, ValueError) as error:
            found = " ".join(str(error).split())
            yield document.fault(("cases", number), found, "a base and entries of its tables")
            continue
        for found, expected in differences(case, verdict):
            yield document.fault(("cases", number), f"{found} ({case.name})", expected)


def verdict_of(
    cases: Cases, case: Case, scheme: Scheme, models: Mapping[str, MaturityModel]
) -> Verdict:
    """Certify the centre of a case."""
    return certify(cases.figures_of(case), scheme, case.as_of, models)


def findings_by_name(verdict: Verdict) -> dict[str, Finding]:
    """Return every requirement's finding as `tier/requirement`."""
    return {
        f"{tier.tier}/{found.key}": found for tier in verdict.tiers for found in tier.requirements
    }


def differences(case: Case, verdict: Verdict) -> Iterator[tuple[str, str]]:
    """Yield what was found and what was expected, wherever the two differ."""
    expect, found = case.expect, findings_by_name(verdict)
    if "tier" in expect.model_fields_set and expect.tier != verdict.tier:
        yield f"tier {verdict.tier}", f"tier {expect.tier}"
    asked = {
        "outcome": expect.outcomes,
        "measured": expect.measured,
        "missing": expect.missing,
        "all_left_out": expect.left_out,
    }
    for aspect, expectations in asked.items():
        for name, expected in expectations.items():
            seen = getattr(found[name], aspect) if name in found else "no such requirement"
            if seen != expected:
                yield f"{name} {aspect} {seen}", f"{expected}"
