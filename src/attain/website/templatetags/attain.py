"""The small drawn things of a page: icons, states, months one beside the other, lines."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from attain.organisations.sentences import Told, told
from attain.website.finding_nodes import Links, Node, nodes_of
from attain.website.sparklines import HEIGHT, WIDTH, Scale
from attain.website.states import look_of

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw an icon; without a label it says nothing to a screen reader."""
    address = f"{static('attain/vendor/icons.svg')}#{name}"
    said = format_html('role="img" aria-label="{}"', label) if label else 'aria-hidden="true"'
    return format_html(
        '<svg class="icon" {}><use href="{}"></use></svg>', SafeString(said), address
    )


@register.simple_tag
def status(state: object, word: str = "", is_short: bool = False) -> SafeString:
    """Draw a state: an icon, a word and a colour. The word may be another than the usual one."""
    look = look_of(state)
    shown = word or look.word
    if is_short:
        return format_html(
            '<span class="state state-{} state-short" title="{}">{}</span>',
            look.tone, shown, icon(look.icon, str(shown)),
        )  # fmt: skip
    return format_html(
        '<span class="state state-{}">{}{}</span>', look.tone, icon(look.icon), shown
    )


@register.simple_tag
def month_strip(months: Iterable[Mapping[str, Any]], label: str = "") -> SafeString:
    """Draw months one beside the other: each is `month`, `state`, and may have `text` and `url`.

    What is seen as colour and sign is also said: the month, the state, the text.
    """
    cells = format_html_join("", "<li>{}</li>", ((_month(m),) for m in months))
    return format_html('<ol class="strip" aria-label="{}">{}</ol>', label or _("Months"), cells)


def _month(month: Mapping[str, Any]) -> SafeString:
    look = look_of(month["state"])
    said = f"{month['month']}: {month.get('text') or look.word}"
    inside = format_html('<span class="visually-hidden">{}</span>{}', said, icon(look.icon))
    if month.get("url"):
        return format_html(
            '<a class="month month-{}" href="{}" title="{}">{}</a>',
            look.tone,
            month["url"],
            said,
            inside,
        )
    return format_html('<span class="month month-{}" title="{}">{}</span>', look.tone, said, inside)


@register.simple_tag
def finding_nodes(
    findings: Iterable[object], start: str, links: Links | Literal[""] = "", language: str = "en"
) -> tuple[Node, ...]:
    """Return findings as the entries of a tree; the outer ones ask in a language."""
    return nodes_of(findings, start, {} if links == "" else links, language=language)


@register.simple_tag
def said(text: str | Told) -> SafeString:
    """Write what the rules say in the reader's language, marked where it is in another."""
    words = told(text) if isinstance(text, str) else text
    if words.language:
        return format_html('<span lang="{}">{}</span>', words.language, words)
    return format_html("{}", words)


@register.simple_tag
def sparkline(
    values: Sequence[Decimal | int | None], label: str, target: Decimal | int | None = None
) -> SafeString:
    """Draw values as a line that breaks where one is missing, and the target as a dashed one."""
    scale = Scale.of([*values, target])
    parts = [format_html('<polyline class="spark-line" points="{}"/>', points)
             for points in scale.runs(values)]  # fmt: skip
    if target is not None:
        y = scale.y(target)
        parts.insert(0, format_html('<path class="spark-target" d="M0 {}H{}"/>', y, WIDTH))
    if last := scale.last(values):
        parts.append(format_html('<circle class="spark-last" cx="{}" cy="{}" r="2"/>', *last))
    return format_html(
        '<svg class="spark" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        WIDTH, HEIGHT, label, format_html_join("", "{}", ((part,) for part in parts)),
    )  # fmt: skip


@register.simple_tag
def heat_cell(cell: Mapping[str, Any], empty: str) -> SafeString:
    """Draw a cell of a heat map; `empty` says what one without a text means."""
    names = ("text", "sign", "small", "note", "url")
    text, sign, small, note, url = (str(cell.get(name) or "") for name in names)
    return _heat_cell(cell.get("level"), text, sign, small, note, url, str(empty))


@lru_cache(maxsize=4096)
def _heat_cell(
    level: int | None, text: str, sign: str, small: str, note: str, url: str, empty: str
) -> SafeString:
    """Draw a cell once: of the thousands of a map, most are alike."""
    inside = format_html('<span aria-hidden="true">{}</span> ', sign) if sign else SafeString()
    inside += (
        format_html("{}", text)
        if text
        else format_html(
            '<span class="visually-hidden">{}</span><span aria-hidden="true">·</span>', empty
        )
    )
    if small:
        inside += format_html("<small>{}</small>", small)
    if note:
        inside += format_html('<span class="visually-hidden">, {}</span>', note)
    if url:
        inside = format_html('<a href="{}">{}</a>', url, inside)
    title = format_html(' title="{}"', note) if note else ""
    return format_html('<td class="heat-{}"{}>{}</td>', level or "none", title, inside)
