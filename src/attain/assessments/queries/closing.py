"""What is kept of an assessment when it is closed: levels, roll-ups, claims and their hash."""

import json
from datetime import datetime
from typing import Any

from attain.assessments.models import Assessment
from attain.assessments.queries.claims import claims_of
from attain.assessments.queries.editions import model_of
from attain.assessments.queries.ratings import agreed_entries, ratings_of
from attain.measurement.hashes import sha256_of
from attain.measurement.numbers import write_exact
from attain.organisations.days import today_of
from attain.standards.kept_sentences import keep_sentences
from attain.standards.ratings import RolledUp, roll_up


def closing_of(assessment: Assessment, now: datetime) -> dict[str, Any]:
    """Return what an assessment is frozen with: nothing of it is worked out anew later."""
    model, agreed = model_of(assessment.edition), agreed_entries(assessment)
    ratings = ratings_of(agreed.items())
    as_of = today_of(assessment.organisation, now)
    standing = roll_up(model, ratings)
    found = claims_of(assessment, model, as_of)
    kept = {
        "as_of": as_of.isoformat(),
        "edition": {"key": model.model, "edition": model.edition},
        "text": assessment.edition.sha256,
        "items": {
            key: {"level": e.level, "target": e.target, "not_applicable": e.rating.not_applicable}
            for key, e in agreed.items()
        },
        "whole": _rolled(standing.whole),
        "categories": {key: _rolled(part) for key, part in standing.parts.items()},
        "claims": {
            item: [each.finding.as_json() for each in conditions]
            for item, conditions in found.items()
        },
        "sentences": {
            item: keep_sentences(each.finding for each in conditions)
            for item, conditions in found.items()
        },
    }
    written = json.dumps(kept, ensure_ascii=False, sort_keys=True)
    return {**kept, "sha256": sha256_of(written)}


def _rolled(rolled: RolledUp) -> dict[str, Any]:
    value = None if rolled.value is None else write_exact(rolled.value)
    return {
        "rule": rolled.rule,
        "value": value,
        "rated": rolled.rated,
        "not_applicable": rolled.not_applicable,
    }
