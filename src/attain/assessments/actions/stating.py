"""Taking over what an assessment states of practices into the records that certification reads."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from attain.assessments.actions.recording import record_of
from attain.assessments.models import Assessment
from attain.assessments.queries.stating import practices_of
from attain.assessments.rules.stating import StatedPractice
from attain.organisations.errors import RefusedActionError
from attain.organisations.pages import Centre, Member
from attain.performance.actions.improving import document_practice


@transaction.atomic
def state_practices(
    *, by: Member, assessment: Assessment, seen: Mapping[str, int], now: datetime
) -> int:
    """Record what a closed assessment states of some practices; return how many were recorded.

    `seen` names their items, each with the revision of the record that stood beside it, 0 of none.
    What the records say already is left as it is. RefusedActionError where the assessment states
    nothing of one of them, ChangedMeanwhileError where a record was revised since.
    """
    stated = {each.item.key: each for each in practices_of(assessment)}
    if assessment.centre is None or not stated:
        raise RefusedActionError(_("Only a closed assessment of a centre states its practices."))
    if unknown := sorted(seen.keys() - stated.keys()):
        raise RefusedActionError(
            _("The assessment states nothing of %(items)s.") % {"items": ", ".join(unknown)}
        )
    chosen = [each for key, each in stated.items() if key in seen and each.differs]
    if not chosen:
        raise RefusedActionError(_("Choose at least one practice that the records say otherwise."))
    _record(by, assessment, assessment.centre, chosen, seen, now)
    return len(chosen)


def _record(
    by: Member,
    assessment: Assessment,
    centre: Centre,
    chosen: Collection[StatedPractice],
    seen: Mapping[str, int],
    now: datetime,
) -> None:
    for each in chosen:
        document_practice(
            centre=centre,
            practice=each.stated,
            by=by,
            seen=seen[each.item.key] or None,
            reason=assessment.title,
            now=now,
        )
    taken = [each.item.key for each in chosen]
    record_of(by, "assessments.state_practices", assessment, now, items=taken)
