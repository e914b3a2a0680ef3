"""Documents of initiatives: files and links; added, or withdrawn."""

from datetime import datetime
from typing import Any, BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from attain.improvement.actions.progress import demand_open
from attain.improvement.actions.recording import record_of
from attain.improvement.models import Initiative, InitiativeDocument
from attain.improvement.models.lists import DOCUMENTS
from attain.organisations.actions.changing import change
from attain.organisations.errors import RefusedActionError
from attain.organisations.pages import Member
from attain.performance.actions.evidence import store_evidence


@transaction.atomic
def add_file(
    *,
    by: Member,
    initiative: Initiative,
    kind: str,
    title: str,
    file: BinaryIO,
    name: str,
    now: datetime,
) -> InitiativeDocument:
    """Add a file as a document, stored under its hash at the centre of the initiative."""
    demand_open(initiative)
    if initiative.centre is None:
        raise RefusedActionError(_("Files are kept by a centre. Add a link instead."))
    stored = store_evidence(centre=initiative.centre, file=file, name=name, by=by, now=now)
    details = {"file": stored.name, "sha256": stored.sha256}
    return _added(by, initiative, kind, title or stored.name, now, details, file=stored)


@transaction.atomic
def add_link(
    *, by: Member, initiative: Initiative, kind: str, title: str, link: str, now: datetime
) -> InitiativeDocument:
    """Add a link as a document; it begins with https:// or http://."""
    demand_open(initiative)
    if not link.startswith(("https://", "http://")):
        raise RefusedActionError(_("A link begins with https:// or http://."))
    return _added(by, initiative, kind, title or link[:200], now, {"link": link}, link=link)


@transaction.atomic
def withdraw_document(
    *, by: Member, document: InitiativeDocument, seen: int, now: datetime
) -> InitiativeDocument:
    """Withdraw a document of an initiative that has not ended; it stays on record."""
    demand_open(document.initiative)
    if document.withdrawn_at is not None:
        raise RefusedActionError(_("The document is withdrawn already."))
    change(document, seen=seen, what=_("the document"), withdrawn_at=now)
    details = {"document": document.title}
    record_of(by, "improvement.withdraw_document", document.initiative, now, **details)
    return document


def _added(
    by: Member,
    initiative: Initiative,
    kind: str,
    title: str,
    now: datetime,
    details: dict[str, Any],
    **held: Any,
) -> InitiativeDocument:
    if kind not in DOCUMENTS:
        raise RefusedActionError(_("There is no such kind of document."))
    document = InitiativeDocument.objects.create(
        organisation=initiative.organisation,
        initiative=initiative,
        kind=kind,
        title=title[:200],
        added_by=by,
        added_at=now,
        **held,
    )
    details |= {"kind": kind, "document": document.title}
    record_of(by, "improvement.add_document", initiative, now, **details)
    return document
