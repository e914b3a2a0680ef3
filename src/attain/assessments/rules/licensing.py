"""Licensed texts put into an edition that names their items alone, and taken out of it again."""

from copy import deepcopy
from typing import Any

from attain.assessments.rules.drafting import Data, items_at, spot_of, with_item
from attain.standards.maturity_model import MaturityModel

_LEVELS_WITHOUT_SCALE = (1, 2)


def edition_with_texts(edition: str, number: int) -> str:
    """Return the name of an edition that has licensed texts of its own."""
    return f"{edition}+licensed-{number}"


def with_texts(model: Data, texts: Data, *, edition: str) -> Data:
    """Return the edition of a model in which items have the licensed texts; it follows the other.

    Everything else is as it was, so that an assessment by the one may move to the other.
    """
    changed = deepcopy(model)
    for key, given in texts["items"].items():
        own: Data = items_at(changed, spot_of(changed, key))[key]
        values: dict[str, Any] = {
            "structure_only": None,
            "question": given["question"],
            "licence": texts["licence"],
            "levels": given["levels"],
        }
        if given.get("title"):
            values |= {"title": given["title"], "translations": None}
        changed = with_item(changed, spot_of(changed, key), key, {**own, **values})
    follows = {"edition": changed["edition"], "items": {}}
    return {**changed, "edition": edition, "status": "draft", "follows": follows}


def without_texts(model: Data, base: Data, texts: Data) -> Data:
    """Return an edition with licensed texts as others may see it: their items by name alone."""
    changed = deepcopy(model)
    for key in texts["items"]:
        own: Data = items_at(base, spot_of(base, key))[key]
        items_at(changed, spot_of(changed, key))[key] = deepcopy(own)
    return changed


def texts_to_fill(model: MaturityModel) -> Data:
    """Return the file into which an owner writes the texts of items that are structure only."""
    described = [level.level for level in model.scale if not level.text]
    numbers = described or list(_LEVELS_WITHOUT_SCALE)
    levels = [{"level": number, "text": "", "evidence": []} for number in numbers]
    items = {
        item.key: {"title": item.title, "question": "", "levels": deepcopy(levels)}
        for item in model.items
        if not item.is_rated
    }
    return {"texts_for": model.model, "edition": model.edition, "licence": "", "items": items}
