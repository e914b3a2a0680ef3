"""Writing maturity models: drafts, clones, publishing, and entering those of attain's library."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from attain.assessments.models import ModelEdition
from attain.assessments.queries.editions import loaded_from, model_of
from attain.assessments.rules.editions import lost_items
from attain.measurement.hashes import sha256_of
from attain.organisations.actions import audit
from attain.organisations.actions.changing import change
from attain.organisations.errors import RefusedActionError
from attain.organisations.pages import Member
from attain.standards.library import default_library
from attain.standards.maturity_model import MaturityModel

LONGEST = 2_000_000
# What the row of an edition holds.
_LONGEST_OF = {"model": 100, "edition": 40, "title": 200}


@transaction.atomic
def enter_library_model(*, by: Member, key: str, now: datetime) -> ModelEdition:
    """Return an edition of attain's library as it stands now, entering it if it is new.

    RefusedActionError where the library has no such model, or it may not be used.
    """
    try:
        path = default_library().find("model", key)
    except KeyError as error:
        raise RefusedActionError(_("The library has no model of this name.")) from error
    text = path.read_text(encoding="utf-8")
    model = loaded_from(text, path.name)
    if model.status != "published":
        raise RefusedActionError(_("This model may not be used for an assessment."))
    known = ModelEdition.objects.filter(key=model.model, edition=model.edition).first()
    if known is not None:
        return known
    entered = _created(by, model, text, now, is_of_the_library=True)
    change(entered, seen=1, what=_("the model"), status="published", published_at=now)
    return entered


@transaction.atomic
def write_draft(*, by: Member, text: str, now: datetime) -> ModelEdition:
    """Enter a model as a draft; RefusedError with each fault of its text."""
    model = _checked(text)
    if ModelEdition.objects.filter(key=model.model, edition=model.edition).exists():
        raise RefusedActionError(
            _("There is an edition %(edition)s of %(key)s already.")
            % {"edition": model.edition, "key": model.model}
        )
    return _created(by, model, text, now)


@transaction.atomic
def change_draft(
    *, by: Member, edition: ModelEdition, seen: int, text: str, now: datetime
) -> ModelEdition:
    """Change the text of a draft; RefusedError with each fault of it. A published one is frozen."""
    _demand_draft(edition)
    model = _checked(text)
    if (model.model, model.edition) != (edition.key, edition.edition):
        raise RefusedActionError(_("A draft keeps its key and its edition. Write another draft."))
    written = change(
        edition,
        seen=seen,
        what=_("the model"),
        text=text,
        title=model.title,
        sha256=sha256_of(text),
    )
    if written:
        _record(by, "assessments.change_model", edition, now)
    return edition


@transaction.atomic
def publish(*, by: Member, edition: ModelEdition, seen: int, now: datetime) -> ModelEdition:
    """Publish a draft, whose text nobody changes from then on.

    RefusedActionError where its item map loses an item of the edition before.
    """
    _demand_draft(edition)
    model = model_of(edition)
    _demand_no_item_is_lost(edition, model)
    change(edition, seen=seen, what=_("the model"), status="published", published_at=now)
    _record(by, "assessments.publish_model", edition, now)
    return edition


@transaction.atomic
def withdraw(*, by: Member, edition: ModelEdition, seen: int, now: datetime) -> ModelEdition:
    """Withdraw a published edition: what was assessed with it stays, nothing new is."""
    if edition.status != "published":
        raise RefusedActionError(_("Only a published model is withdrawn."))
    change(edition, seen=seen, what=_("the model"), status="withdrawn")
    _record(by, "assessments.withdraw_model", edition, now)
    return edition


def _demand_draft(edition: ModelEdition) -> None:
    if edition.status != "draft":
        raise RefusedActionError(_("The text of a published model is frozen. Clone it."))


def _demand_no_item_is_lost(edition: ModelEdition, model: MaturityModel) -> None:
    if model.follows is None:
        return
    before = ModelEdition.objects.filter(key=edition.key, edition=model.follows.edition).first()
    if before is None:
        raise RefusedActionError(
            _("There is no edition %(edition)s that this one could follow.")
            % {"edition": model.follows.edition}
        )
    lost = lost_items(model_of(before), model)
    if lost:
        raise RefusedActionError(
            _("The item map does not say what became of: %(items)s.") % {"items": ", ".join(lost)}
        )


def _checked(text: str) -> MaturityModel:
    if len(text) > LONGEST:
        raise RefusedActionError(_("A model has at most 2,000,000 characters."))
    model = loaded_from(text, "model.yaml")
    for name, longest in _LONGEST_OF.items():
        if len(getattr(model, name)) > longest:
            raise RefusedActionError(
                _("The %(name)s of a model has at most %(count)s characters.")
                % {"name": name, "count": longest}
            )
    return model


def _created(
    by: Member, model: MaturityModel, text: str, now: datetime, **further: bool
) -> ModelEdition:
    edition = ModelEdition.objects.create(
        organisation=by.organisation,
        key=model.model,
        edition=model.edition,
        title=model.title,
        text=text,
        sha256=sha256_of(text),
        written_by=by,
        written_at=now,
        **further,
    )
    _record(by, "assessments.write_model", edition, now)
    return edition


def _record(by: Member, action: str, edition: ModelEdition, now: datetime) -> None:
    audit.record(
        by=by,
        action=action,
        kind="model",
        key=f"{edition.key} {edition.edition}",
        details={"sha256": edition.sha256, "title": edition.title},
        now=now,
    )
