"""What the people of the demonstration say of their centres' maturity: drawn, by site and round."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from attain.assessments.rules.entries import Entry
from attain.standards.maturity_model import MaturityModel
from attain.standards.model_items import ModelItem
from attain.website.demonstration.acting import chance_of

MODEL = "centre-performance"
# How far a site is of three levels, in the words of its own people, when it was assessed last.
STRENGTHS: Mapping[str, float] = {
    "sunderland": 2.4, "preston": 1.9, "halifax": 2.0, "dundee": 1.3, "carlisle": 0.7,
    "derby": 2.3, "stoke": 1.1, "corby": 2.6, "wrexham": 1.4, "telford": 1.6,
    "poole": 1.5, "exeter": 2.2, "chatham": 1.4, "swindon": 1.8, "hastings": 1.1,
    "galway": 2.4, "belfast": 1.8, "gdansk": 1.7, "porto": 1.0, "cebu": 1.8,
    "durban": 1.0, "pune": 0.9,
}  # fmt: skip
# What most sites lack, and what most have: the gaps that are one project for all.
_HARD = {
    "evaluator-calibration": -1.4,
    "knowledge-upkeep": -1.1,
    "contact-reasons": -0.9,
    "leader-development": -0.8,
    "improvement-plan": -0.7,
    "diversity-accessibility": -0.6,
}
_EASY = {
    "data-protection": 0.6,
    "scheduling": 0.5,
    "queue-rules": 0.5,
    "conduct-data-awareness": 0.4,
}
# What a site does better than its other items, and hands on to others.
GIVEN_ON: Mapping[tuple[str, str], str] = {
    ("galway", "evaluator-calibration"): (
        "All evaluators and two team leaders score the same three contacts on the first Tuesday. "
        "Whoever is more than five points off scores with a partner until the next session."
    ),
    ("sunderland", "knowledge-upkeep"): (
        "Each page names its owner and a date. A page that nobody has looked at for ninety days is "
        "hidden from search, and its owner's team leader is told."
    ),
    ("derby", "contact-reasons"): (
        "Eleven reasons in place of eighty, chosen by the agent in one click, checked on forty "
        "contacts a month against what was heard."
    ),
}
_GROWN = 0.4
_NOISE = 0.45
# How often an assessor is a level off what comes to be agreed on.
_OFF = {-1: 0.04, 1: 0.05}
_AIMED = 2
_HIGHEST = 3
_NOTES: Mapping[str, tuple[str, ...]] = {
    "evaluator-calibration": (
        "Evaluators met twice this year; nobody kept what they differed on.",
        "Each evaluator scores by their own reading of the form.",
    ),
    "knowledge-upkeep": (
        "Half of the pages are older than a year, and nobody is named on them.",
        "Teams keep their own notes beside the pages.",
    ),
    "contact-reasons": (
        "Four of ten contacts are filed under “other”.",
        "The list of reasons is from before the last change of system.",
    ),
    "leader-development": ("New team leaders learn from whoever had the team before.",),
    "volume-forecast": ("The forecast is made by day; the quarter-hours are last year's.",),
    "coaching": ("Coaching falls away in the busy months.",),
}
_WHY_NOT: Mapping[str, str] = {
    "outbound": "The centre places no outbound calls.",
    "messaging": "The centre is not contacted by messages.",
}


@dataclass(frozen=True)
class Opinions:
    """What was agreed of each item, and what each assessor had said alone."""

    agreed: Mapping[str, Entry]
    alone: tuple[Mapping[str, Entry], ...]


def opinions_of(
    site: str, channels: Sequence[str], model: MaturityModel, rounds_ago: int, assessors: int
) -> Opinions:
    """Return what is said of a site in a round, the same whenever it is drawn."""
    agreed = {item.key: _agreed(site, item, channels, rounds_ago) for item in model.rated_items}
    alone = tuple(
        {
            key: _alone(entry, chance_of(site, key, rounds_ago, number))
            for key, entry in agreed.items()
        }
        for number in range(assessors)
    )
    return Opinions(agreed, alone)


def _agreed(site: str, item: ModelItem, channels: Sequence[str], rounds_ago: int) -> Entry:
    if _has_no(item.key, channels):
        return Entry(is_applicable=False, reason=_WHY_NOT[item.key])
    level = _level(site, item.key, rounds_ago)
    random = chance_of(site, item.key, rounds_ago)
    return Entry(
        level=level,
        target=max(level, _AIMED if STRENGTHS[site] < _AIMED else _HIGHEST),
        note=_note(site, item.key, level, random),
    )


def _has_no(item: str, channels: Sequence[str]) -> bool:
    if item == "messaging":
        return not {"chat", "sms"} & set(channels)
    return item == "outbound" and "sms" not in channels


def _level(site: str, item: str, rounds_ago: int) -> int:
    if (site, item) in GIVEN_ON:
        return _HIGHEST
    # Drawn once for both rounds: a site that is weak at something stays so unless it grows.
    lasting = chance_of(site, item).gauss(0, _NOISE)
    growth = -_GROWN * rounds_ago * (1 + chance_of(item, site).random())
    drawn = STRENGTHS[site] + _HARD.get(item, 0) + _EASY.get(item, 0) + lasting + growth
    return min(_HIGHEST, max(0, round(drawn)))


def _note(site: str, item: str, level: int, random: Random) -> str:
    if note := GIVEN_ON.get((site, item)):
        return note
    return random.choice(_NOTES[item]) if item in _NOTES and level < _AIMED else ""


def _alone(agreed: Entry, random: Random) -> Entry:
    if agreed.level is None:
        return agreed
    drawn = random.random()
    off = -1 if drawn < _OFF[-1] else 1 if drawn < _OFF[-1] + _OFF[1] else 0
    level = min(_HIGHEST, max(0, agreed.level + off))
    return Entry(level=level, target=max(level, agreed.target or 0), note=agreed.note)
