"""Beginning a model from another: the next edition of it, or one under a key of its own."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from attain.assessments.actions.editions import enter_library_model, write_draft
from attain.assessments.models import ModelEdition
from attain.assessments.queries.library import ShelvedModel
from attain.assessments.rules import drafting
from attain.organisations.errors import RefusedActionError
from attain.organisations.pages import Member


@transaction.atomic
def clone_as_model(
    *, by: Member, found: ShelvedModel, key: str, title: str, edition: str, now: datetime
) -> ModelEdition:
    """Write a draft of its own with the texts of another model; it follows none.

    Licensed texts stay where they are: of their items the clone has the names alone.
    RefusedActionError where the key is that of a model of the library or an edition is there.
    """
    if key == found.model.model:
        raise RefusedActionError(_("A model of its own needs another key."))
    data = drafting.cloned(drafting.data_of(found.shared), key=key, title=title, edition=edition)
    return write_draft(by=by, text=drafting.text_of(data), now=now)


@transaction.atomic
def clone_as_edition(
    *, by: Member, found: ShelvedModel, title: str, edition: str, now: datetime
) -> ModelEdition:
    """Write a draft of the next edition, which names the one before, with an empty item map.

    A model of attain's library is entered first, as its edition is the one before. That which is
    not published has no next edition: RefusedActionError.
    """
    if found.status == "draft":
        raise RefusedActionError(_("A draft has no next edition. Change the draft."))
    key, before = found.model.model, found.model.edition
    if found.row is None:
        enter_library_model(by=by, key=key, now=now)
    data = drafting.cloned(
        drafting.data_of(found.shared), key=key, title=title, edition=edition, follows=before
    )
    return write_draft(by=by, text=drafting.text_of(data), now=now)
