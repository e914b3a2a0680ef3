"""The audit trail, as a page to read and a file to keep."""

import csv
import json
from collections.abc import Iterator

from django.db.models import QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from attain.organisations import forms, queries
from attain.organisations.audit_queries import content_of, entries
from attain.organisations.exports import harmless
from attain.organisations.models import AuditEntry
from attain.organisations.pages import MemberRequest
from attain.organisations.rules import Permission

_PAGE = 50
_HEAD = ("sequence", "at", "by", "action", "kind", "object", "details", "hash")


class _Echo:
    """Hands a written line back, so that a file can leave line by line."""

    def write(self, line: str) -> str:
        """Return the line."""
        return line


@require_GET
def trail(request: MemberRequest) -> HttpResponse:
    """Show who did what, latest first, filtered by words and days."""
    queries.demand(request.member, Permission.READ_AUDIT)
    form = forms.AuditFilterForm(request.GET)
    page = queries.page_of(_entries(form), request.GET.get("page"), _PAGE)
    shown = [(entry, content_of(entry)) for entry in page]
    context = {"page": page, "entries": shown, "form": form}
    return render(request, "organisations/audit.html", context)


@require_GET
def export(request: MemberRequest) -> HttpResponseBase:
    """Send the trail as CSV, with the hash of each entry."""
    queries.demand(request.member, Permission.READ_AUDIT)
    found = list(_entries(forms.AuditFilterForm(request.GET)))
    response = StreamingHttpResponse(_lines(found), content_type="text/csv; charset=utf-8")
    name = f"audit-{request.member.organisation.key}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _lines(found: list[AuditEntry]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield writer.writerow(_HEAD)
    for entry in found:
        said = content_of(entry)
        by = said.pop("by", entry.actor)
        about = (entry.action, entry.object_kind, entry.object_key)
        told = json.dumps(said, ensure_ascii=False)
        yield writer.writerow(
            (entry.sequence, entry.at.isoformat(), harmless(by), *about, told, entry.entry_hash)
        )


def _entries(form: forms.AuditFilterForm) -> QuerySet[AuditEntry]:
    if not form.is_valid():
        return entries()
    said = form.cleaned_data
    return entries(said["words"], said["since"], said["until"])
