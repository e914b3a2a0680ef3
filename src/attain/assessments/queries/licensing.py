"""Reading licensed texts: whether an edition has some, and what of it may be handed on."""

from functools import lru_cache

from attain.assessments.models import LicensedTextsFile, ModelEdition
from attain.assessments.rules import drafting
from attain.assessments.rules.licensing import without_texts


def texts_of(edition: ModelEdition) -> LicensedTextsFile | None:
    """Return the licensed texts that an edition was made with; None where it has none."""
    try:
        return edition.licensed_texts
    except LicensedTextsFile.DoesNotExist:
        return None


def is_licensed(edition: ModelEdition) -> bool:
    """Say whether an edition was made with licensed texts."""
    return texts_of(edition) is not None


def loaded_for(edition: ModelEdition) -> list[LicensedTextsFile]:
    """Return every file of licensed texts that was loaded for an edition, the latest first."""
    rows = edition.texts_loaded.select_related("made", "uploaded_by__account")
    return list(rows.order_by("-number"))


def shared_text(edition: ModelEdition) -> str:
    """Return the text of an edition as others may have it: licensed items by their names alone."""
    loaded = texts_of(edition)
    if loaded is None:
        return edition.text
    return _without(edition.text, loaded.base.text, loaded.text)


@lru_cache(maxsize=16)
def _without(text: str, base: str, texts: str) -> str:
    model, plain, given = (drafting.data_of(each) for each in (text, base, texts))
    return drafting.text_of(without_texts(model, plain, given))
