"""What the pages say of an entry: its levels in words, its faults, why it was not saved."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from attain.assessments import forms
from attain.assessments.rules.entries import Entry
from attain.organisations.errors import ChangedMeanwhileError, RefusedActionError
from attain.organisations.pages import MemberRequest
from attain.organisations.rows_saved import row_not_saved
from attain.standards.maturity_model import MaturityModel

Refusal = ChangedMeanwhileError | RefusedActionError
Stands = tuple[Entry, int]
"""What stands of an item, and its version; nothing yet under the version 0."""
NOTHING_STANDS: Stands = (Entry(), 0)


def faults_in(form: forms.EntryForm) -> list[str]:
    """Return what is wrong with what was typed, in words."""
    faults = [str(error) for errors in form.errors.values() for error in errors]
    return faults or [_("The page is out of date. Open it again.")]


def not_saved(
    request: MemberRequest,
    model: MaturityModel,
    item: str,
    form: forms.EntryForm,
    refusal: Refusal,
    stands: Stands,
) -> HttpResponse:
    """Answer into the line beneath an item; a conflict is shown with both sides of it."""
    theirs, current = stands
    changed = _("Not saved: this item was changed in another window meanwhile.")
    return row_not_saved(
        request,
        item,
        refusal,
        changed=changed,
        current=current,
        sides=lambda: sides(model, theirs, form.entry),
    )


def sides(model: MaturityModel, theirs: Entry, yours: Entry) -> list[tuple[str, str, str]]:
    """Return what differs between two entries of an item, in words: theirs, then yours."""
    said = [
        (_("Level"), level_words(model, theirs), level_words(model, yours)),
        (_("Target"), target_words(model, theirs), target_words(model, yours)),
        (_("Reason"), theirs.reason, yours.reason),
        (_("Note"), theirs.note, yours.note),
        (_("Needed for the next level"), theirs.needed, yours.needed),
    ]
    return [each for each in said if each[1] != each[2]]


def level_words(model: MaturityModel, entry: Entry) -> str:
    """Return the level of an entry in words, or that it does not apply, or is open."""
    if not entry.is_applicable:
        return _("Not applicable")
    return named_level(model, entry.level) if entry.level is not None else _("Not rated yet")


def target_words(model: MaturityModel, entry: Entry) -> str:
    """Return the target of an entry in words."""
    return "–" if entry.target is None else named_level(model, entry.target)


def named_level(model: MaturityModel, level: int) -> str:
    """Return the number of a level and its name, where it has one."""
    title = model.title_of(level)
    return str(level) if title == str(level) else f"{level} {title}"
