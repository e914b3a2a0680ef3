"""Everything is said in German as well, and figures, dates and times follow who reads them."""

import gettext
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from django.test import Client
from django.urls import reverse
from django.utils import formats, timezone, translation
from django_scopes import scope

from attain.dossier.tables import TABLES
from attain.organisations.actions import notices
from attain.organisations.models import Account
from attain.organisations.rules import Permission, Role
from attain.organisations.tables import NumberColumn
from attain.organisations.words import PERMISSIONS, ROLES
from attain.performance.forms import RowForm, initial_of
from attain.performance.queries.exporting import written
from attain.performance.words import expected_words, figure_words
from estate import Estate, make_estate
from tools import messages

PLACEHOLDER = re.compile(r"%\(\w+\)[#0\- +]?[\d.]*[a-zA-Z]|%%|%[sd]|\{\w*\}|</?\w+>")
WHAT_TO_DO = "is not what the code says: run `python -m tools.messages`, and translate what is new"


@pytest.fixture(autouse=True)
def _english_before_and_after() -> Iterator[None]:
    """Leave no language behind: that of a request stays active until the next one."""
    with translation.override("en"):
        yield


@pytest.fixture
def estate(db: None) -> Estate:
    return make_estate()


def _all(language: str) -> Iterator[Message]:
    return (message for message in messages.translated(language) if message.id)


def _pair(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def _put_in(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_the_texts_of_a_language_are_those_of_the_code(language: str) -> None:
    said = {(message.context, message.id) for message in messages.gather() if message.id}
    kept = {(message.context, message.id) for message in _all(language)}
    assert said == kept, f"{messages.file_of(language, 'po')} {WHAT_TO_DO}"


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_no_text_of_a_language_lacks_its_translation(language: str) -> None:
    assert [m.id for m in _all(language) if m.fuzzy or not messages.is_translated(m)] == []


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_both_numbers_of_a_plural_are_translated(language: str) -> None:
    plurals = [m for m in _all(language) if not isinstance(m.id, str)]
    assert plurals
    assert [m.id for m in plurals if len(m.string or ()) != 2] == []


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_a_translation_keeps_what_is_put_into_its_text(language: str) -> None:
    pairs = [(_pair(m.id)[-1], said) for m in _all(language) for said in _pair(m.string or "")]
    assert len(pairs) > 1000
    assert [pair for pair in pairs if _put_in(pair[0]) != _put_in(pair[1])] == []


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_what_is_compiled_is_what_was_translated(language: str) -> None:
    with messages.file_of(language, "mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for message in _all(language):
        ids, said = _pair(message.id), _pair(message.string or "")
        if len(ids) == 2:
            assert (compiled.ngettext(*ids, 1), compiled.ngettext(*ids, 2)) == said
        elif message.context:
            assert compiled.pgettext(message.context, ids[0]) == said[0]
        else:
            assert compiled.gettext(ids[0]) == said[0]


def test_every_kind_of_text_is_gathered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "words.py").write_text(
        'a = _("Months")\nb = ngettext("%s day", "%s days", n) % n\n'
        'c = pgettext_lazy("verb", "Set")\nd = _(name)\n'
    )
    (tmp_path / "page.html").write_text(
        '<p>{% translate "Here" %} {{ word|default:_("There") }}</p>\n'
        "  <c-card title=\"{% translate 'Card' %}\" :label=\"_('Label')\">\n"
        "{% blocktranslate count n=n %}{{ n }} row{% plural %}{{ n }} rows{% endblocktranslate %}\n"
        '{% blocktranslate trimmed with a=b context "odd" %}\n  One {{ a }}\n'
        "{% endblocktranslate %}\n"
    )
    monkeypatch.setattr(messages, "ROOMS", tmp_path)
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    found = {(m.context, m.id) for m in messages.gather() if m.id}
    assert found == {
        (None, "Months"), (None, ("%s day", "%s days")), ("verb", "Set"), (None, "Here"),
        (None, "There"), (None, "Card"), (None, "Label"),
        (None, ("%(n)s row", "%(n)s rows")), ("odd", "One %(a)s"),
    }  # fmt: skip


def test_a_role_a_right_and_a_cell_have_their_words_in_each_language() -> None:
    assert set(ROLES) == set(Role)
    assert set(PERMISSIONS) == set(Permission)
    assert [str(words) for words in ROLES.values()] == [role.words for role in Role]
    assert [str(words) for words in PERMISSIONS.values()] == [each.value for each in Permission]
    with translation.override("de"):
        assert str(ROLES[Role.SITE_LEAD]) == "Standortleitung"
        assert str(PERMISSIONS[Permission.CLOSE_MONTHS]) == "einen Monat abschließen"
        assert str(expected_words("yes or no")) == "ja oder nein"
    assert expected_words("service or quality") == "service or quality"


def test_figures_are_written_as_the_reader_writes_them() -> None:
    shown = {}
    for language in ("en", "de"):
        with translation.override(language):
            shown[language] = (
                figure_words(Fraction(8412, 10000), "share"),
                figure_words(Fraction(12345678, 1000), "seconds"),
                NumberColumn(unit="€").render(Decimal("1234.5")),
                formats.date_format(date(2026, 10, 31)),
            )
    assert shown["en"] == ("84.12 %", "12,345.67", "1,234.5 €", "31 October 2026")
    assert shown["de"] == ("84,12 %", "12.345,67", "1.234,5 €", "31. Oktober 2026")


def test_an_input_keeps_the_writing_of_the_contract_in_every_language(estate: Estate) -> None:
    table, centre = TABLES["targets"], estate.centre
    with translation.override("de"), scope(organisation=estate.organisation):
        shown = RowForm(
            table=table, centre=centre, initial=initial_of({"target": Fraction(4, 5)}, "UTC")
        )
        assert 'value="0.8"' in str(shown["target"])
        typed = RowForm({"target": "0,8"}, table=table, centre=centre)
        assert "Erwartet wird eine Zahl wie 12 oder -0.5" in str(typed.errors["target"])
        assert written(Fraction(4, 5)) == "0.8"


def test_a_person_reads_their_own_language_whatever_the_browser_asks_for(estate: Estate) -> None:
    client = _client_of(estate, language="de")
    page = client.get(_overview(estate), headers={"Accept-Language": "en"}).content.decode()
    assert '<html lang="de"' in page
    assert "Was auf Sie wartet" in page
    assert "What waits for you" not in page


def test_a_person_without_a_choice_reads_the_language_of_the_browser(estate: Estate) -> None:
    client = _client_of(estate, language="")
    german = client.get(_overview(estate), headers={"Accept-Language": "de-AT,de;q=0.9,en;q=0.5"})
    french = client.get(_overview(estate), headers={"Accept-Language": "fr"})
    assert '<html lang="de"' in german.content.decode()
    assert '<html lang="en"' in french.content.decode()


@pytest.mark.django_db
def test_a_visitor_reads_the_language_of_the_browser() -> None:
    client, sign_in = Client(), reverse("account_login")
    german = client.get(sign_in, headers={"Accept-Language": "de"}).content.decode()
    english = client.get(sign_in, headers={"Accept-Language": "en"}).content.decode()
    assert "Anmelden" in german
    assert "Anmelden" not in english
    assert "Sign in" in english


def test_the_language_of_one_person_is_not_that_of_the_next(estate: Estate) -> None:
    german = _client_of(estate, language="de")
    english = _client_of(estate, Role.AUDITOR, language="en")
    assert "Start" in german.get(_overview(estate)).content.decode()
    assert "What waits for you" in english.get(_overview(estate)).content.decode()


@pytest.mark.parametrize(
    ("zone", "shown"),
    [("Asia/Tokyo", "1. Juli 2026 08:30"), ("America/New_York", "30. Juni 2026 19:30")],
)
def test_an_instant_is_shown_in_the_zone_of_who_reads(
    estate: Estate, zone: str, shown: str
) -> None:
    member = estate.member(Role.SITE_LEAD)
    at = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    notices.tell(members=[member], subject="figures", key="k", text="Now", link="/", now=at)
    client = _client_of(estate, Role.SITE_LEAD, language="de", timezone=zone)
    page = client.get(reverse("notices", kwargs={"organisation": "northwind"})).content.decode()
    assert shown in page
    assert timezone.get_current_timezone_name() == "UTC"


def _overview(estate: Estate) -> str:
    return reverse("overview", kwargs={"organisation": estate.organisation.key})


def _client_of(estate: Estate, role: Role = Role.PROGRAMME_LEAD, **preferred: str) -> Client:
    account = estate.member(role).account
    Account.objects.filter(pk=account.pk).update(**preferred)
    client = Client()
    client.force_login(account, "django.contrib.auth.backends.ModelBackend")
    return client
