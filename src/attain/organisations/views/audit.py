"""The audit trail, as a page to read and a file to keep."""

import csv
import json
from collections.abc import Iterator

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from attain.organisations import forms, queries
from attain.organisations.audit_queries import content_of, entries
from attain.organisations.errors import RefusedActionError
from attain.organisations.exports import CSV, harmless
from attain.organisations.lists import AuditTable
from attain.organisations.models import AuditEntry
from attain.organisations.pages import MemberRequest
from attain.organisations.rules import Permission

MOST_IN_EXCEL = 100_000
_HEAD = (
    "sequence", "at", "by", "action", "kind", "object", "details", "hash", "previous_hash",
    "content_hash",
)  # fmt: skip


class _Echo:
    """Hands a written line back, so that a file can leave line by line."""

    def write(self, line: str) -> str:
        """Return the line."""
        return line


@require_GET
def trail(request: MemberRequest) -> HttpResponseBase:
    """Show who did what, latest first, filtered by words and days."""
    queries.demand(request.member, Permission.READ_AUDIT)
    form = forms.AuditFilterForm(request.GET or None)
    table = AuditTable(_entries(form))
    asked = request.GET.get(table.export_field)
    if asked == CSV:
        return export(request)
    if asked and _entries(form).count() > MOST_IN_EXCEL:
        raise RefusedActionError(
            _("Excel would not hold so many entries. Narrow the list by days, or take the CSV.")
        )
    context = {"form": form}
    return table.answer(request, "organisations/audit.html", context, exports=True)


@require_GET
def export(request: MemberRequest) -> HttpResponseBase:
    """Send the trail as CSV, with the hashes of each entry."""
    queries.demand(request.member, Permission.READ_AUDIT)
    found = list(_entries(forms.AuditFilterForm(request.GET or None)))
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
        hashes = (entry.entry_hash, entry.previous_hash, entry.content_hash)
        yield writer.writerow(
            (entry.sequence, entry.at.isoformat(), harmless(by), *about, told, *hashes)
        )


def _entries(form: forms.AuditFilterForm) -> QuerySet[AuditEntry]:
    asked = form.asked
    found = entries(asked.get("words", ""), asked.get("since"), asked.get("until"))
    return found.filter(actor=asked["by"]) if "by" in asked else found
