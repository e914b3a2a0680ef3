"""The forms of a page as a browser reads them, and what a person might type who is in a hurry."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

_FREE = {"text", "search", "password", "email", "url", "tel", "textarea"}
# What is sent by no browser unless somebody presses it.
_PRESSED = {"submit", "button", "reset", "image"}
_TYPED = {
    "date": "2026-10-01",
    "month": "2026-09",
    "datetime-local": "2026-10-01T09:15",
    "number": "1",
    "email": "zoe@northwind.example",
    "password": "a password of sixteen",
}
ORDINARY = "zebra"


@dataclass
class PageForm:
    """A form of a page: where it goes, what stands in it, of what kind each field is.

    `last` is the last choice of what is chosen.
    """

    method: str
    path: str
    has_files: bool
    said: dict[str, list[str]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    last: dict[str, str] = field(default_factory=dict)

    @property
    def typed(self) -> list[str]:
        """The fields into which a person types."""
        return [name for name, kind in self.kinds.items() if kind in _FREE]


class _Reader(HTMLParser):
    """Reads the forms of a page."""

    def __init__(self, at: str) -> None:
        super().__init__()
        self.at, self.forms = at, list[PageForm]()
        self._form: PageForm | None = None
        self._choosing, self._area = "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of a form, and of a field of it."""
        had = {name: value or "" for name, value in attrs}
        if tag == "form":
            path = urlsplit(urljoin(self.at, had.get("action", ""))).path
            files = had.get("enctype", "") == "multipart/form-data"
            self._form = PageForm(had.get("method", "get").upper(), path, files)
            self.forms.append(self._form)
        if self._form and tag in ("input", "select", "textarea", "option"):
            self._field(tag, had, self._form)

    def _field(self, tag: str, had: dict[str, str], form: PageForm) -> None:
        name = had.get("name", "")
        kind = had.get("type", "text") if tag == "input" else tag
        if tag == "option":
            self._option(had, form)
        elif name and kind not in _PRESSED and "disabled" not in had:
            form.kinds[name] = kind
            self._choosing, self._area = name, name if tag == "textarea" else ""
            is_chosen = kind not in ("checkbox", "radio") or "checked" in had
            if tag == "input" and is_chosen:
                said = had.get("value", "") or _TYPED.get(kind, ORDINARY)
                form.said.setdefault(name, []).append(said)
            elif kind in ("checkbox", "radio") and name not in form.said:
                form.said[name] = [had.get("value", "on")]

    def _option(self, had: dict[str, str], form: PageForm) -> None:
        form.last[self._choosing] = had.get("value", "")
        is_first = not form.said.get(self._choosing)
        if had.get("value") and ("selected" in had or is_first):
            form.said[self._choosing] = [had["value"]]

    def handle_data(self, data: str) -> None:
        """Keep what stands in a large field."""
        if self._form and self._area and data.strip():
            self._form.said[self._area] = [data.strip()]

    def handle_endtag(self, tag: str) -> None:
        """Leave a form, or a large field in which nothing stands."""
        if tag == "textarea" and self._form and self._area:
            self._form.said.setdefault(self._area, [ORDINARY])
            self._area = ""
        if tag == "form":
            self._form = None


def forms_of(page: str, at: str) -> list[PageForm]:
    """Return the forms of a page that lies at an address."""
    reader = _Reader(at)
    reader.feed(page)
    return reader.forms
