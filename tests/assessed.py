"""A small model to assess with, in two editions, and entries for its items."""

from attain.assessments.rules.entries import Entry
from attain.standards.loader import load
from attain.standards.maturity_model import MaturityModel
from attain.standards.yaml_nodes import read_yaml

TEXT = """
model: small-centre
title: Small centre
edition: "1"
status: published
licence: Apache-2.0
sources: []
scale:
  - {level: 0, title: Not yet, text: nothing of it is there}
  - {level: 1, title: Adequate}
  - {level: 2, title: Superior}
  - {level: 3, title: Leading}
roll_up: {rule: lowest}
categories:
  planning:
    title: Planning
    items:
      forecast: {title: Forecast, question: How is it made?, levels: LEVELS}
      budget: {title: Budget, question: Who keeps it?, levels: LEVELS}
  people:
    title: People
    items:
      hiring: {title: Hiring, question: Who hires?, levels: LEVELS}
      outside: {title: Outside, structure_only: its text belongs to somebody else}
""".replace(
    "LEVELS",
    "[{level: 1, text: some, evidence: [a list]}, {level: 2, text: more}, {level: 3, text: most}]",
)
MODEL = load(read_yaml(TEXT, "small-centre.yaml"), MaturityModel)


def following(changes: str, items: str = "") -> MaturityModel:
    """Return a second edition with an item map, and further items of planning in flow style."""
    text = TEXT.replace(
        'edition: "1"', f'edition: "2"\nfollows: {{edition: "1", items: {changes}}}'
    )
    if items:
        start = text.index("      forecast:")
        text = text[:start] + items + text[start:]
    return load(read_yaml(text, "small-centre.yaml"), MaturityModel)


def entries(**levels: int) -> dict[str, Entry]:
    """Return entries of some levels, each with the highest level as its target."""
    return {item: Entry(level=level, target=3) for item, level in levels.items()}
