"""What a PDF says, for tests of what is printed."""

import re
import zlib


def words_of(pdf: bytes) -> str:
    """Return what a PDF says, by the tables of its fonts; spaces are not told from nothing."""
    streams = [
        zlib.decompress(raw)
        for raw in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
        if raw[:1] == b"x"
    ]
    letters: dict[str, str] = {}
    for stream in streams:
        for glyph, letter in re.findall(rb"<([0-9a-fA-F]{4})> <([0-9a-fA-F]{4,})>", stream):
            letters[glyph.decode().lower()] = bytes.fromhex(letter.decode()).decode("utf-16-be")
    said = []
    for stream in streams:
        for run in re.findall(rb"\[(.*?)\] ?TJ", stream, re.DOTALL):
            glyphs = "".join(part.decode() for part in re.findall(rb"<([0-9a-fA-F]+)>", run))
            said += [letters.get(glyphs[n : n + 4].lower(), "") for n in range(0, len(glyphs), 4)]
    return re.sub(r"\s+", "", "".join(said))
