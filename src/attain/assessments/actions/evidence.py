"""Evidence of items: files, links, documents on record and live figures; added, or withdrawn."""

from datetime import date, datetime
from typing import Any, BinaryIO
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from attain.assessments.actions.assessing import demand_open
from attain.assessments.actions.recording import record_of
from attain.assessments.models import Assessment, ItemEvidence
from attain.assessments.queries.editions import model_of
from attain.organisations.actions.changing import change
from attain.organisations.errors import RefusedActionError
from attain.organisations.pages import Centre, Member
from attain.performance.actions.evidence import store_evidence
from attain.performance.queries.evidence import documents_on_record, metrics_on_record


@transaction.atomic
def add_file(
    *,
    by: Member,
    assessment: Assessment,
    item: str,
    file: BinaryIO,
    name: str,
    title: str,
    expires_on: date | None,
    now: datetime,
) -> ItemEvidence:
    """Add a file as evidence of an item, stored under its hash at the centre that is assessed."""
    stored = store_evidence(centre=_centre(assessment), file=file, name=name, by=by, now=now)
    given = {"kind": "file", "file": stored, "expires_on": expires_on}
    return _added(by, assessment, item, title or name, now, **given)


@transaction.atomic
def add_link(
    *,
    by: Member,
    assessment: Assessment,
    item: str,
    link: str,
    title: str,
    expires_on: date | None,
    now: datetime,
) -> ItemEvidence:
    """Add a link as evidence of an item; it begins with https:// or http://."""
    if not link.startswith(("https://", "http://")):
        raise RefusedActionError(_("A link begins with https:// or http://."))
    given = {"kind": "link", "link": link, "expires_on": expires_on}
    return _added(by, assessment, item, title or link[:200], now, **given)


@transaction.atomic
def add_document(
    *, by: Member, assessment: Assessment, item: str, document: UUID, now: datetime
) -> ItemEvidence:
    """Add a document that the centre has on record, as it stands now, as evidence of an item."""
    found = documents_on_record(_centre(assessment)).filter(uuid=document).first()
    if found is None:
        raise RefusedActionError(_("The centre has no such document on record."))
    return _added(by, assessment, item, found.title, now, kind="document", document=found)


@transaction.atomic
def add_figure(
    *, by: Member, assessment: Assessment, item: str, metric: UUID, now: datetime
) -> ItemEvidence:
    """Add a metric of the centre as evidence of an item, to be read whenever it is shown."""
    found = metrics_on_record(_centre(assessment)).filter(uuid=metric).first()
    if found is None:
        raise RefusedActionError(_("The centre has no such metric."))
    return _added(by, assessment, item, found.name, now, kind="figure", metric=found)


@transaction.atomic
def withdraw_evidence(
    *, by: Member, evidence: ItemEvidence, seen: int, now: datetime
) -> ItemEvidence:
    """Withdraw evidence of an open assessment; it stays on record, and is not shown as such."""
    demand_open(evidence.assessment)
    if evidence.withdrawn_at is not None:
        raise RefusedActionError(_("The evidence is withdrawn already."))
    change(evidence, seen=seen, what=_("the evidence"), withdrawn_at=now, withdrawn_by=by)
    details = {"item": evidence.item, "evidence": evidence.title}
    record_of(by, "assessments.withdraw_evidence", evidence.assessment, now, **details)
    return evidence


def _added(
    by: Member, assessment: Assessment, item: str, title: str, now: datetime, **given: Any
) -> ItemEvidence:
    demand_open(assessment)
    if item not in {each.key for each in model_of(assessment.edition).items}:
        raise RefusedActionError(_("The model has no such item."))
    added = ItemEvidence.objects.create(
        organisation=assessment.organisation,
        assessment=assessment,
        item=item,
        title=title,
        added_by=by,
        added_at=now,
        **given,
    )
    details = {"item": item, "evidence": title, "kind": added.kind}
    if added.file is not None:
        details["sha256"] = added.file.sha256
    record_of(by, "assessments.add_evidence", assessment, now, **details)
    return added


def _centre(assessment: Assessment) -> Centre:
    if assessment.centre is None:
        raise RefusedActionError(_("Files and records are kept by a centre. Add a link instead."))
    return assessment.centre
