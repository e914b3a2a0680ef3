"""A roadmap on paper: A4, with its chart drawn from the same option as on the page."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from attain.improvement.drawing import chart_svg
from attain.improvement.plan_charts import cumulative
from attain.improvement.queries.reporting import RoadmapReport
from attain.improvement.report_words import report_in_words
from attain.organisations.errors import RefusedActionError

_STYLE = Path(__file__).parent / "templates" / "improvement" / "roadmap_pdf.css"
PDF_TYPE = "application/pdf"
_WIDTH, _HEIGHT = 660, 250


def roadmap_pdf(report: RoadmapReport, now: datetime) -> bytes:
    """Return a roadmap as PDF; RefusedActionError where the system cannot draw one."""
    try:
        from weasyprint import CSS, HTML  # heavy, and needs a library of the system
    except OSError as error:
        raise RefusedActionError(
            _(
                "PDF files need the Pango library. Install libpango-1.0-0, libpangoft2-1.0-0 and "
                "libharfbuzz-subset0, or print the page of the plan."
            )
        ) from error
    page = render_to_string("improvement/roadmap_pdf.html", _context(report, now))
    style = CSS(string=_STYLE.read_text("utf-8"), url_fetcher=_fetch_nothing)
    drawn: bytes = HTML(string=page, url_fetcher=_fetch_nothing).write_pdf(
        stylesheets=[style], pdf_variant="pdf/ua-1"
    )
    return drawn


def _context(report: RoadmapReport, now: datetime) -> dict[str, Any]:
    context = {**report_in_words(report), "printed_at": now}
    if report.plan is None:
        return context
    drawn = chart_svg({**cumulative(report.plan), "tooltip": {}}, _WIDTH, _HEIGHT)
    # It was drawn here from figures, and escapes what it writes.
    return {**context, "chart": mark_safe(drawn)}  # noqa: S308


def _fetch_nothing(url: str, *_: object, **__: object) -> dict[str, Any]:
    # A roadmap draws on nothing but itself, so that no text of it can reach into a network.
    raise ValueError(f"nothing is fetched for a roadmap: {url}")


def file_of(content: bytes, kind: str, name: str) -> HttpResponse:
    """Answer with a file to keep."""
    answer = HttpResponse(content, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
