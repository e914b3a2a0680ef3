"""The sentences of findings as they are kept beside the findings' JSON, and put back into it.

The JSON of a finding is English by contract and has each sentence as a text. What is kept beside it
says of each text its template and its figures; a text that nothing is kept of stays as it is.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from attain.measurement.numbers import write_exact
from attain.measurement.periods import Month
from attain.standards.findings import Finding
from attain.standards.sentences import Exact, Figure, Listing, OwnText, Sentence, Share

Kept = Mapping[str, Any]
_MONTH = re.compile(r"\d{4}-\d{2}", re.ASCII)
_OF_A_FINDING = ("measured", "threshold", "missing", "left_out")


def keep_sentences(findings: Iterable[Finding]) -> dict[str, Any]:
    """Return the sentences of findings by their English texts, and what each asks by its place."""
    told = list(findings)
    texts = {text: as_kept(text) for found in told for text in _texts_of(found.as_json())}
    asked = {place: as_kept(found.asked) for place, found in _placed(told) if _is_worth(found)}
    return {"texts": texts, "asked": asked}


def with_sentences(findings: Iterable[Kept], kept: Kept | None) -> list[dict[str, Any]]:
    """Return the JSON of findings with their sentences in place of texts, as far as kept."""
    return _with(findings, kept or {"texts": {}, "asked": {}}, ())


def _with(findings: Iterable[Kept], kept: Kept, above: tuple[int, ...]) -> list[dict[str, Any]]:
    told = []
    for number, finding in enumerate(findings):
        place = (*above, number)
        own = {name: _put_back(finding[name], kept["texts"]) for name in _OF_A_FINDING}
        asked = kept["asked"].get(_written(place))
        own |= {"asked": sentence_of(asked)} if asked else {}
        told.append({**finding, **own, "children": _with(finding["children"], kept, place)})
    return told


def _put_back(text: Any, texts: Kept) -> Any:
    if isinstance(text, list):
        return [_put_back(each, texts) for each in text]
    return sentence_of(texts[text]) if text in texts else text


def _texts_of(found: Kept) -> Iterator[Sentence]:
    for name in _OF_A_FINDING:
        texts = found[name] if isinstance(found[name], list) else [found[name]]
        yield from (text for text in texts if isinstance(text, Sentence))
    for child in found["children"]:
        yield from _texts_of(child)


def _placed(
    findings: Sequence[Finding], above: tuple[int, ...] = ()
) -> Iterator[tuple[str, Finding]]:
    for number, finding in enumerate(findings):
        yield _written((*above, number)), finding
        yield from _placed(finding.children, (*above, number))


def _written(place: tuple[int, ...]) -> str:
    return "/".join(map(str, place))


def _is_worth(found: Finding) -> bool:
    # A month says by its key what is asked; most of a tree are months.
    return isinstance(found.asked, Sentence) and not _MONTH.fullmatch(found.key)


def as_kept(figure: Figure) -> Any:
    """Return a sentence or a figure of it as JSON that says what it is."""
    match figure:
        case Sentence():
            figures = {name: as_kept(each) for name, each in figure.figures.items()}
            return {"say": figure.template, "with": figures}
        case Month():
            return {"month": str(figure)}
        case date():
            return {"day": figure.isoformat()}
        case Exact():
            return {"number": write_exact(figure.value)}
        case Share():
            return {"share": str(figure.value)}
        case OwnText():
            return {"text": figure.text, "in": dict(figure.translations)}
        case Listing():
            return {"parts": [as_kept(part) for part in figure.parts], "between": figure.between}
    return figure


def sentence_of(kept: Kept) -> Sentence:
    """Return the sentence that was kept."""
    return Sentence(kept["say"], {name: figure_of(each) for name, each in kept["with"].items()})


def figure_of(kept: Any) -> Figure:
    """Return the figure of a sentence that was kept."""
    match kept:
        case {"say": _}:
            return sentence_of(kept)
        case {"month": text}:
            return Month.parse(text)
        case {"day": text}:
            return date.fromisoformat(text)
        case {"number": text}:
            return Exact(Fraction(text))
        case {"share": text}:
            return Share(Fraction(text))
        case {"text": text, "in": translations}:
            return OwnText(text, translations)
        case {"parts": parts, "between": between}:
            return Listing(tuple(map(figure_of, parts)), between)
    figure: Figure = kept
    return figure
