"""A roadmap to take away: on paper, and as a workbook."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from attain.improvement.printing import PDF_TYPE, file_of, roadmap_pdf
from attain.improvement.queries.finding import find_roadmap
from attain.improvement.queries.reporting import RoadmapReport, report_of
from attain.improvement.spreadsheet import roadmap_workbook
from attain.organisations.errors import UnknownError
from attain.organisations.exports import EXCEL_TYPE
from attain.organisations.pages import MemberRequest, now_and_today


@require_GET
def pdf(request: MemberRequest, roadmap: UUID) -> HttpResponse:
    """Return a roadmap as PDF, with the plan that the address names or the adopted one."""
    now, _today = now_and_today(request)
    return file_of(roadmap_pdf(_asked(request, roadmap), now), PDF_TYPE, "roadmap.pdf")


@require_GET
def excel(request: MemberRequest, roadmap: UUID) -> HttpResponse:
    """Return a roadmap as a workbook."""
    return file_of(roadmap_workbook(_asked(request, roadmap)), EXCEL_TYPE, "roadmap.xlsx")


def _asked(request: MemberRequest, roadmap: UUID) -> RoadmapReport:
    found = find_roadmap(request.member, roadmap)
    named = request.GET.get("plan", "")
    return report_of(found, _uuid(named) if named else None)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise UnknownError from None
