"""The texts of pages, gathered from the code, and their translations: `python -m tools.messages`.

Gathers into src/attain/website/locale/<language>/LC_MESSAGES/django.po, keeps the translations that
are there, drops what nobody says any longer, and compiles django.mo, which the wheel holds as it
is. It needs no GNU gettext. The texts of the command line are English by contract and stay out;
the sentences of findings are English there too, and gathered for the pages.
"""

import io
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
ROOMS = ROOT / "src" / "attain"
LOCALE = ROOMS / "website" / "locale"
LANGUAGES = ("de",)
PROJECT = "attain"

# Which arguments of a call are texts, or the context of one, as Babel writes it.
_ONE, _MANY = (1,), (1, 2)
CALLS: dict[str, tuple[int | tuple[int, int] | tuple[int, str], ...] | None] = {
    "_": _ONE,
    "gettext": _ONE,
    "gettext_lazy": _ONE,
    "gettext_noop": _ONE,
    "ngettext": _MANY,
    "ngettext_lazy": _MANY,
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
    # A sentence of the rules, which stay without Django; see attain.standards.sentences.
    "say": _ONE,
}
# Attributes that cotton works out: :title="_('Months')"; Django's reader sees tags alone.
_DYNAMIC = re.compile(r""":[\w-]+="(_\((?:'[^']*'|\\"[^"]*\\")\))\"""")

# The same texts are the same file, whenever it is written.
_ONCE = datetime(2026, 1, 1, tzinfo=UTC)

Text = str | tuple[str, str]


def gather() -> Catalog:
    """Return every text of the code, with the files that say it and without a translation."""
    found = Catalog(project=PROJECT, header_comment="# The texts of attain.", fuzzy=False)
    for path in sorted(ROOMS.rglob("*")):
        if path.suffix in {".py", ".html", ".txt"} and "static" not in path.parts:
            for text, context in _texts_of(path):
                found.add(text, locations=[(str(path.relative_to(ROOT)), 0)], context=context)
    return found


def _texts_of(path: Path) -> Iterator[tuple[Text, str | None]]:
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        source = _calls_in_template(source, str(path))
    for _line, call, said, _comments in extract_python(
        io.BytesIO(source.encode()), CALLS, [], {"encoding": "utf-8"}
    ):
        texts = [said] if isinstance(said, str) else list(said or ())
        yield from _named(str(call), texts)


def _named(call: str, texts: Sequence[object]) -> Iterator[tuple[Text, str | None]]:
    asked = CALLS[call] or _ONE
    has_context = isinstance(asked[0], tuple)
    said = [text for text in texts[has_context : len(asked)] if isinstance(text, str) and text]
    if len(said) < len(asked) - has_context:  # a name, and no text: whoever made it wrapped it
        return
    context = str(texts[0]) if has_context else None
    yield ((said[0], said[1]) if len(said) == 2 else said[0]), context


def _calls_in_template(source: str, origin: str) -> str:
    # Django writes a template as calls between rows of X; indentation would mean something here.
    from django.utils.translation.template import templatize

    calls = f"{templatize(source, origin=origin)}\n" + "\n".join(_DYNAMIC.findall(source))
    return "\n".join(line.strip() for line in calls.splitlines()) + "\n"


def file_of(language: str, suffix: str) -> Path:
    """Return where the texts of a language lie."""
    return LOCALE / language / "LC_MESSAGES" / f"django.{suffix}"


def translated(language: str) -> Catalog:
    """Return the texts as the committed file of a language has them."""
    with file_of(language, "po").open("rb") as file:
        return read_po(file, locale=language)


def renewed(language: str) -> Catalog:
    """Return the texts of the code with the translations that are known; a new one has none."""
    known, found = translated(language), gather()
    whole = Catalog(locale=language, project=PROJECT, header_comment=found.header_comment,
                    fuzzy=False)  # fmt: skip
    for message in sorted((m for m in found if m.id), key=lambda m: (str(m.id), m.context or "")):
        old = known.get(message.id, message.context)
        whole.add(
            message.id,
            string=old.string if old else None,
            locations=message.locations,
            context=message.context,
        )
    return whole


def as_po(catalog: Catalog) -> bytes:
    """Write texts and translations for people, the same texts as the same file."""
    file = io.BytesIO()
    write_po(file, catalog, width=100, include_lineno=False, omit_header=True)
    head = (
        f'msgid ""\nmsgstr ""\n"Language: {catalog.locale}\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {catalog.plural_forms}\\n"\n\n'
    )
    return head.encode() + file.getvalue()


def as_mo(catalog: Catalog) -> bytes:
    """Write texts and translations for gettext."""
    catalog.creation_date = catalog.revision_date = _ONCE
    file = io.BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


def is_translated(message: Message) -> bool:
    """Say whether a text has its translation, and each of its plurals."""
    said = message.string
    return all(said) if isinstance(said, tuple | list) and said else bool(said)


def main() -> None:
    """Gather, keep, drop, compile; say what has no translation yet."""
    for language in LANGUAGES:
        catalog = renewed(language)
        file_of(language, "po").write_bytes(as_po(catalog))
        file_of(language, "mo").write_bytes(as_mo(translated(language)))
        missing = [message.id for message in catalog if message.id and not is_translated(message)]
        print(f"{language}: {len(catalog)} texts, {len(missing)} without a translation")


if __name__ == "__main__":
    main()
