"""Taking the ratings of a workbook over: all of it in one transaction, with one entry of it."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from attain.assessments.actions.rating import enter, told_of
from attain.assessments.actions.recording import record_of
from attain.assessments.models import AssessorPart
from attain.assessments.queries.workbook import ReadWorkbook
from attain.assessments.rules.workbook import WorkbookPlan
from attain.organisations.errors import RefusedActionError
from attain.organisations.pages import Member


@transaction.atomic
def import_workbook(
    *,
    by: Member,
    part: AssessorPart,
    read: ReadWorkbook,
    plan: WorkbookPlan,
    taken: Collection[str],
    good_rows_only: bool,
    now: datetime,
) -> dict[str, int]:
    """Enter what a workbook changes, and of its conflicts those items that are `taken` from it.

    Returns the counts of the plan with how many items were written. RefusedActionError where rows
    are refused and all were asked for; ChangedMeanwhileError, and nothing is written, where an item
    was changed since the plan was made.
    """
    if plan.refused and not good_rows_only:
        raise RefusedActionError(_("Some rows are refused. Mend them, or take the good rows only."))
    chosen = [*plan.changes, *(each for each in plan.conflicts if each.item in taken)]
    for each in chosen:
        enter(part=part, item=each.item, seen=each.seen, entry=each.after, now=now)
    counts = {**plan.counts, "written": len(chosen)}
    if chosen:
        record_of(
            by,
            "assessments.import_workbook",
            part.assessment,
            now,
            file=read.name,
            sha256=read.sha256,
            counts=counts,
            ratings={each.item: told_of(each.after) for each in chosen},
        )
    return counts
