"""The reference of a file of golden cases."""

from pydantic import BaseModel

from attain.standards import cases, model_cases
from tools.reference.shapes import sections

_HEAD = """\
# The file of golden cases

A golden case is a small centre written down beside a scheme or a maturity model, with what must be
found of it. The cases of `schemes/KEY.yaml` stand in `schemes/KEY.cases.yaml`, those of
`models/KEY.yaml` in `models/KEY.cases.yaml`, and `attain library check` runs them. They are how a
definition is tried before a centre is judged by it.

A case starts from a *base*, a centre that several cases share. `change` says what differs: entries
are put in place by table and name, and `null` takes an entry away.

Months are written as a *strip*, one sign each, which ends with the last month of the case: `+` on
target, `-` off target, `.` no reading, `?` a reading while no target was in force (these come
first). `"+++-..++"` is eight months, two of them without a reading. Write strips in quotation
marks.

The keys of the tables mean what the columns of [the dossier](dossier.md) mean. What a case leaves
out has the value of the column *without it*.

This page is written from the code by `make docs`.
"""

_SHAPES: dict[type[BaseModel], str] = {
    cases.Cases: "The file",
    cases.Case: "A case",
    cases.Expected: "What is expected",
    cases.Given: "A base",
    cases.CaseScope: "The scope of a case",
    cases.CaseMetric: "A metric of a case",
    cases.CaseSystem: "A system of a case",
    cases.CaseVolume: "A month of volume",
    cases.CaseInitiative: "An initiative of a case",
    cases.CaseAction: "An action of a case",
    cases.CasePractice: "A practice of a case",
    cases.CaseDocument: "A document of a case",
    cases.CaseSatisfaction: "Satisfaction of a case",
    cases.CaseIncident: "An incident of a case",
    cases.CaseChange: "A technology change of a case",
    model_cases.ModelCases: "The file of a model's cases",
    model_cases.ModelCase: "A case of a model",
    model_cases.CaseRating: "A rating of a case",
    model_cases.ModelExpected: "What is expected of a model",
}
_NOTES: dict[type[BaseModel], str] = {
    cases.Cases: "`bases` holds for each base [its tables](#a-base).",
    cases.Given: "`volumes` holds the months of each channel. `service_levels` lists the channels "
    "that have a target.",
    cases.Expected: "A requirement is named `tier/key`, such as `2/service-level`. Only what is "
    "stated is compared; `tier: null` expects that no tier is reached.",
}


def cases_page() -> str:
    """Return the reference page of golden cases."""
    return "\n".join([_HEAD, *sections(_SHAPES, _NOTES)])
