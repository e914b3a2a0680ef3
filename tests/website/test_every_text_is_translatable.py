"""Every page of the workplace in a made-up language: what is not in it, no translator ever saw."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django_scopes import scope, scopes_disabled

import pseudo_locale
from access.access_matrix import addresses, read_matrix
from access.access_world import World, make_world
from assessed import MODEL
from attain.organisations.errors import ChangedMeanwhileError, ForbiddenError, RefusedActionError
from attain.organisations.models import Account
from attain.organisations.rules import Permission, Role
from attain.standards.library import default_library
from attain.standards.metric_library import metrics_of
from attain.website import refusals
from certified import NOW
from estate import Estate, make_account, make_member

VISITED = (
    "account_login", "account_reset_password", "certification-verify-ask", "preferences",
    "account_change_password", "mfa_index", "account_logout",
)  # fmt: skip
# A state that nobody declared; the page of components shows what becomes of one.
INVENTED = {"A state of its own"}
Pages = Iterable[tuple[str, Any]]


@pytest.fixture
def world(db: None, tmp_path: Path, settings: Any) -> Iterator[World]:
    settings.DATA, settings.LAKE = tmp_path, tmp_path / "lake"
    settings.EVIDENCE = tmp_path / "evidence"
    with time_machine.travel(NOW, tick=False):
        made = make_world(tmp_path)
        # Names of people, and not of roles, which would hide the names of roles.
        for account in Account.objects.all():
            account.name = f"Kim {account.pk}"
            account.save()
        with pseudo_locale.spoken(), translation.override(pseudo_locale.LANGUAGE):
            yield made


def _speaker(estate: Estate) -> Client:
    """Return the browser of somebody who may do everything, and speaks the made-up language."""
    account = make_account(f"sam@{estate.organisation.key}.example", "Sam Speaker")
    account.language = pseudo_locale.LANGUAGE
    account.save()
    with scope(organisation=estate.organisation):
        for role in Role:
            make_member(estate.organisation, account, role)
    client = Client()
    client.force_login(account, "django.contrib.auth.backends.ModelBackend")
    return client


def _bare(pages: Pages) -> dict[str, list[str]]:
    """Return what stands on pages and is neither a text for translators nor data, and where."""
    library = default_library()
    with scopes_disabled():
        data = pseudo_locale.data_of_the_database() | INVENTED
    data |= {library.scheme(key).title for key in library.keys("scheme")}
    data |= {metric.title for metric in metrics_of(library).values()}
    models = [MODEL, *(library.model(key) for key in library.keys("model"))]
    data |= {item.title for model in models for item in model.items}
    data |= {model.title for model in models} | {item.question for item in MODEL.items}
    data |= {part.title for part in MODEL.parts.values()}
    for model in models:
        data |= {model.model, model.licence, *(level.title for level in model.scale)}
        named = [f"{level.level} {level.title}" for level in model.scale]
        data |= {*named, *(f"{level} → {to}" for level, to in pairwise(named))}
        data |= set(_texts_in(model.as_json()))
    found: dict[str, list[str]] = defaultdict(list)
    for title, response in pages:
        if response["Content-Type"].startswith("text/html") and response.content:
            html = response.content.decode()
            assert "⟦" in html, f"{title} is in another language"
            for text in pseudo_locale.untranslated(html, data):
                found[text].append(title)
    return dict(found)


def _texts_in(told: Any) -> Iterator[str]:
    """Yield each text of a model: its author's words, which no translator of attain sees."""
    if isinstance(told, dict):
        told = [*told, *told.values()]
    if isinstance(told, list):
        for each in told:
            yield from _texts_in(each)
    elif isinstance(told, str):
        yield from (told, f"({told})")


def _pages_of(world: World, client: Client) -> Iterator[tuple[str, Any]]:
    arguments = {address.name: set(address.arguments) for address in addresses()}
    for line in read_matrix().lines:
        if line.method not in ("GET", "POST") or ":" in line.name:
            continue
        named = world.arguments(arguments[line.name], line.variant)
        path = reverse(line.name, kwargs=named)
        with transaction.atomic():
            # Nothing is filled in, so that forms say what they ask for.
            response = client.get(path) if line.method == "GET" else client.post(path, {})
            transaction.set_rollback(True)
            if response.streaming:
                response.getvalue()  # which closes the file
        assert response.status_code < 500, line.title
        yield f"{line.title}: {response.status_code}", response


def test_every_text_of_every_page_is_for_translators(world: World) -> None:
    pages = list(_pages_of(world, _speaker(world.estate)))
    read = [page for _title, page in pages if page.status_code == 200]
    assert len(read) > 100
    assert _bare(pages) == {}


def test_pages_of_an_organisation_without_figures_are_for_translators(world: World) -> None:
    client, key = _speaker(world.elsewhere), world.elsewhere.organisation.key
    pages = []
    for address in addresses():
        if address.arguments == {"organisation"} and not address.is_of_the_api:
            path = reverse(address.name, kwargs={"organisation": key})
            pages.append((address.name, client.get(path)))
        if address.arguments == {"organisation", "centre"}:
            path = reverse(address.name, kwargs={"organisation": key, "centre": "leeds"})
            pages.append((address.name, client.get(path)))
    assert len(pages) > 40
    assert _bare(pages) == {}


def test_pages_of_an_upload_are_for_translators(world: World) -> None:
    client = _speaker(world.estate)
    named = {"organisation": "northwind"}
    start = reverse("performance-import-start", kwargs=named | {"centre": "leeds"})
    files = (
        "metric,month,numerator,denominator\nforecast,2023-01,9,10\nnobody,x,y,\n",
        "a,b\n1,2\n",
    )
    pages: list[tuple[str, Any]] = []
    for text in files:
        file = SimpleUploadedFile("own.csv", text.encode())
        pages.append((text, client.post(start, {"table": "readings", "file": file})))
    for text in ("region,site,programme,team\nNorth,Bath,,Gold\n", "site\nBath\n"):
        file = SimpleUploadedFile("structure.csv", text.encode())
        upload = reverse("structure-upload", kwargs=named)
        pages.append((text, client.post(upload, {"file": file})))
    assert {page.status_code for _title, page in pages} <= {200, 422}
    assert set(_bare(pages)) <= {"a", "b"}  # the columns of the file


def test_pages_of_visitors_and_of_preferences_are_for_translators(world: World) -> None:
    sam = _speaker(world.estate)
    unknown = reverse("certification-verify", args=["0000-0000-0000-0"])
    known = reverse("certification-verify", args=[world.named["number"]])
    invited = reverse("invitation", args=[world.named["secret"]])
    paths = [*map(reverse, VISITED), unknown, known, invited, "/nowhere"]
    pages = [(path, browser.get(path)) for path in paths for browser in (Client(), sam)]
    assert _bare(pages) == {}


def test_pages_of_refusals_are_for_translators(world: World, rf: Any) -> None:
    asked = rf.get("/")
    pages: list[tuple[str, Any]] = [
        (str(status), refusals.page(status)) for status in (400, 403, 404, 413, 500)
    ]
    pages.append(("csrf", refusals.csrf_failure(asked)))
    stopped = (
        ForbiddenError(Permission.CLOSE_MONTHS),
        ChangedMeanwhileError("⟦the metric⟧", {"name": "Kim"}, {"name": "Sam"}),
        RefusedActionError("⟦Not now.⟧"),
    )
    pages.extend((type(each).__name__, refusals.answer(asked, each)) for each in stopped)
    assert set(_bare(pages)) <= {"Name", "Kim", "Sam"}


def test_a_text_that_no_translator_saw_is_found() -> None:
    html = (
        '<html lang="qps"><p>⟦Hello⟧, <bdi>Pat</bdi> of Leeds, 3 hours</p><code>key</code>'
        '<a title="Open" aria-label="⟦Close⟧">⟦Read <b>this</b> now⟧</a><p>Bare.</p>'
        '<p lang="en">By contract</p><img alt="A picture"><script>var word;</script></html>'
    )
    found = pseudo_locale.untranslated(html, {"Leeds"})
    assert found == {"of Leeds", "3 hours", "Open", "Bare.", "A picture"}
