"""The files that bear out what a centre has in writing, by their hashes."""

from collections.abc import Mapping

from django.db.models import QuerySet

from attain.organisations.pages import Centre
from attain.performance.models import Document, Metric, Practice
from attain.standards import figures


def hashes_of_practices(centre: Centre) -> Mapping[str, str]:
    """Return the SHA-256 of the file of each practice that has one, by its item."""
    found = Practice.objects.filter(centre=centre, is_current=True, withdrawn=False)
    return dict(found.exclude(file=None).values_list("item", "file__sha256"))


def hashes_of_documents(centre: Centre) -> Mapping[tuple[str, str], str]:
    """Return the SHA-256 of the file of each document that has one, by its kind and title."""
    found = Document.objects.filter(centre=centre, is_current=True, withdrawn=False)
    rows = found.exclude(file=None).values_list("kind", "title", "file__sha256")
    return {(kind, title): sha256 for kind, title, sha256 in rows}


def practices_on_record(centre: Centre) -> dict[str, tuple[int, figures.Practice]]:
    """Return what a centre has on record of each practice, with its revision, by item."""
    rows = Practice.objects.filter(centre=centre, is_current=True, withdrawn=False)
    return {row.item: (row.revision, _practice(row)) for row in rows}


def _practice(row: Practice) -> figures.Practice:
    documented = figures.Documented(row.documented)
    return figures.Practice(row.item, documented, row.why_not or None, row.evidence or None)


def documents_on_record(centre: Centre) -> QuerySet[Document]:
    """Return the documents that a centre has on record, by title."""
    found = Document.objects.filter(centre=centre, is_current=True, withdrawn=False)
    return found.order_by("title")


def metrics_on_record(centre: Centre) -> QuerySet[Metric]:
    """Return the metrics of a centre, by name."""
    return Metric.objects.filter(centre=centre, withdrawn=False).order_by("name")
