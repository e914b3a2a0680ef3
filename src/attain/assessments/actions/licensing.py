"""Loading texts that the organisation has a licence for into an edition of its own."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from attain.assessments.actions.editions import (
    LONGEST,
    enter_library_model,
    publish,
    withdraw,
    write_draft,
)
from attain.assessments.models import LicensedTextsFile, ModelEdition
from attain.assessments.queries.editions import model_of
from attain.assessments.queries.licensing import is_licensed
from attain.assessments.rules import drafting
from attain.assessments.rules.licensing import edition_with_texts, with_texts
from attain.measurement.hashes import sha256_of
from attain.organisations.actions import audit
from attain.organisations.errors import RefusedActionError
from attain.organisations.pages import Member
from attain.standards.licensed_texts import LicensedTexts, texts_faults
from attain.standards.loader import load, refuse
from attain.standards.yaml_nodes import Document, read_yaml

FILE = "texts.yaml"


@transaction.atomic
def load_licensed_texts(
    *, by: Member, base: ModelEdition, text: str, now: datetime
) -> LicensedTextsFile:
    """Load licensed texts for items that an edition names alone, and publish it with them.

    The edition that they make is the organisation's own, follows the other, and takes the place of
    the one that was made of an earlier file. RefusedError with each fault of the text, by line.
    """
    # Nobody else loads texts for it until this is done.
    base = ModelEdition.objects.select_for_update().get(pk=base.pk)
    _demand_base(base)
    document = _read(text)
    texts = load(document, LicensedTexts)
    refuse(texts_faults(texts, document, model_of(base)))
    earlier = base.texts_loaded.filter(is_current=True).select_related("made").first()
    number = earlier.number + 1 if earlier else 1
    made = _made(by, base, document, number, now)
    if earlier:
        LicensedTextsFile.objects.filter(pk=earlier.pk).update(is_current=False)
        if earlier.made.status == "published":
            withdraw(by=by, edition=earlier.made, seen=earlier.made.version, now=now)
    loaded = LicensedTextsFile.objects.create(
        organisation=by.organisation,
        base=base,
        made=made,
        number=number,
        text=text,
        sha256=sha256_of(text),
        licence=texts.licence,
        uploaded_by=by,
        uploaded_at=now,
    )
    _record(by, loaded, texts, now)
    return loaded


@transaction.atomic
def load_into_library_model(*, by: Member, key: str, text: str, now: datetime) -> LicensedTextsFile:
    """Load licensed texts for a model of attain's library, which is entered if it is new."""
    base = enter_library_model(by=by, key=key, now=now)
    return load_licensed_texts(by=by, base=base, text=text, now=now)


def _demand_base(base: ModelEdition) -> None:
    if base.status != "published":
        raise RefusedActionError(_("Licensed texts are loaded into a published edition."))
    if is_licensed(base):
        raise RefusedActionError(_("Load them into the edition without texts, again and whole."))
    if all(item.is_rated for item in model_of(base).items):
        raise RefusedActionError(_("Every item of this edition has its texts."))


def _read(text: str) -> Document:
    if len(text) > LONGEST:
        raise RefusedActionError(_("A model has at most 2,000,000 characters."))
    return read_yaml(text, FILE)


def _made(
    by: Member, base: ModelEdition, document: Document, number: int, now: datetime
) -> ModelEdition:
    name = edition_with_texts(base.edition, number)
    data = with_texts(drafting.data_of(base.text), document.data, edition=name)
    draft = write_draft(by=by, text=drafting.text_of(data), now=now)
    return publish(by=by, edition=draft, seen=draft.version, now=now)


def _record(by: Member, loaded: LicensedTextsFile, texts: LicensedTexts, now: datetime) -> None:
    audit.record(
        by=by,
        action="assessments.load_licensed_texts",
        kind="model",
        key=f"{loaded.made.key} {loaded.made.edition}",
        details={
            "sha256": loaded.sha256,
            "licence": loaded.licence,
            "items": sorted(texts.items),
            "number": loaded.number,
        },
        now=now,
    )
