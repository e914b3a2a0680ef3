"""What a PDF says, for tests of what is printed."""

import io

from pypdf import PdfReader


def words_of(pdf: bytes) -> str:
    """Return what a PDF says, without its spaces: a printed line breaks wherever it is full."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    return "".join("".join(page.extract_text().split()) for page in pages)
