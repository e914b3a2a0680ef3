"""Texts that have broken other programs, in every form, question and address of the pages.

Nothing makes attain fail, nothing that is refused is kept, and what is taken is taken whole and
shown without harm.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import resolve

from access.access_matrix import addresses, read_matrix
from access.access_world import World
from access.asking import client_of, path_of, public_path
from access.open_things import make_open_things
from access.page_forms import PageForm, forms_of
from assessed import TEXT as SMALL_MODEL
from naughty import ALL, WORST, Faults, encoded, fault, get, safe, share, shows_as_own, taken_back

pytestmark = pytest.mark.django_db
ADDRESSES = {each.name: each for each in addresses()}
FORM = "application/x-www-form-urlencoded"
GROUPS = 4
# What a person would type where a word is refused; of what is chosen, LAST is the last choice.
LAST = "(last)"
RIGHT: dict[str, dict[str, str]] = {
    "person-post": {"since": "2026-11-21"},
    "member-invite": {"region": "", "site": "", "team": ""},
    "role-give": {"region": "", "site": "", "team": ""},
    "programme-serve": {"programme": LAST},
    "webhook-register": {"address": "https://93.184.216.34/hook"},
    "token-make": {"until": "2026-12-31"},
    "performance-record-add": {"responded_minutes": "5", "cost_impact": "7"},
    "performance-record-change": {"responded_minutes": "5", "cost_impact": "7"},
    "performance-metric-add": {"seen": "", "library_key": ""},
    "performance-metric-change": {"library_key": ""},
    "performance-process-add": {"seen": ""},
    "performance-system-add": {"seen": ""},
    "improvement-plan-new": {
        f"{name}{quarter}": "12500"
        for name in ("budget", "capacity")
        for quarter in ("", *(f"_{number}" for number in range(20)))
    },
    "performance-target-add": {"target": "0.8"},
    "performance-service-level-add": {"target": "0.8"},
    "performance-import-start": {"table": "readings"},
    "performance-import-columns": {
        "column-metric": "", "value-month": "", "value-numerator": "", "value-denominator": "",
        "format-month": "%Y-%m",
    },
    "certification-milestone-add": {"due": "2026-12-31"},
    "assessments-evidence": {"link-link": "https://example.com/plan"},
    "improvement-initiative-change": {"cost": "1200"},
    "improvement-document-add": {"link": "https://example.com/plan"},
    # Items describe each level of the scale, and of the two that are offered none is written.
    "library-head": {
        "level": "",
        **{f"scale_{n}_text": "" for n in (1, 2, 3, 4, 5)},
        **{f"scale_{n}_{each}": "" for n in (4, 5) for each in ("number", "title")},
    },
    "library-add-item": {"structure_only": ""},
    "library-item": {"structure_only": ""},
    # The return is in money, or on the scale.
    "improvement-step": {
        "scale": "",
        **{
            f"{name}_{end}": "1"
            for name in ("one_off", "running", "benefit") for end in ("low", "likely", "high")
        },
    },
    "improvement-appraise-step": {"scale": "3"},
    # Closed on every day of the week.
    "site-hours": {
        f"{name}_{day}{again}": ""
        for name in ("opens", "closes") for day in range(7) for again in ("", "_again")
    },
    "certification-review-open": {"kind": LAST},
}  # fmt: skip
# Refused as things stand, whatever is typed: a re-test asks for a day alone, the assessment of this
# world is in rating, its model a draft, and there is no document to choose as evidence.
NOT_NOW = {
    "assessments-evidence",
    "certification-retest", "assessments-begin-moderation", "assessments-close",
    "assessments-reopen", "assessments-share", "library-withdraw", "library-move-assessment",
}  # fmt: skip
FILES = {
    "structure-upload": ("own.csv", b"site,region,timezone\nYork,North,Europe/London\n"),
    "performance-import-start": ("own.csv", b"m,when,n,d\nforecast,2024-02,9,10\n"),
    "assessments-evidence": ("plan.pdf", b"%PDF-1.7 plan"),
    "certification-corrective-evidence": ("plan.pdf", b"%PDF-1.7 plan"),
    "improvement-document-add": ("plan.pdf", b"%PDF-1.7 plan"),
    "library-upload": ("model.yaml", SMALL_MODEL.replace("small-centre", "handed-in").encode()),
}


@dataclass
class Asking:
    """A browser, and how it was when it signed in."""

    client: Client
    instead: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._signed_in = dict(self.client.cookies)

    def _sign_in(self) -> None:
        self.client.cookies = SimpleCookie()
        dict.update(self.client.cookies, self._signed_in)

    def get(self, path: str, said: dict[str, list[str]]) -> Any:
        """Ask for a page, signed in as at first."""
        self._sign_in()
        return get(self.client, path, said)

    def post(self, found: "Found", said: dict[str, list[str]], name: str = "") -> Any:
        """Hand in a form, its file under a name, signed in as at first."""
        self._sign_in()
        if not found.form.has_files:
            return self.client.post(found.form.path, encoded(said), content_type=FORM)
        words: dict[str, Any] = {key: [safe(value) for value in said[key]] for key in said}
        if found.name in FILES:
            own, content = FILES[found.name]
            words["file"] = SimpleUploadedFile(name or own, content)
        return self.client.post(found.form.path, words)


@dataclass
class Found:
    """A form that was found, filled in rightly, and which of its fields take any words."""

    name: str
    form: PageForm
    right: dict[str, list[str]]
    free: list[str] = field(default_factory=list)

    @property
    def bound(self) -> list[str]:
        """The fields that take no more than they offer, or than they can read."""
        return [name for name in self.right if name not in self.free]

    def said(self, fields: list[str], texts: list[str]) -> dict[str, list[str]]:
        """Return what is right, but for some fields: each has a text of its own."""
        return self.right | {name: [texts[at % len(texts)]] for at, name in enumerate(fields)}


@pytest.fixture(scope="module")
def asking(world: World) -> Iterator[Asking]:
    """Return the browser of somebody who may do everything, where everything can be done."""
    member = world.with_every_role()
    # Who asks too often is put off, which would hide what comes of the rest.
    with override_settings(ACCOUNT_RATE_LIMITS=False):
        yield Asking(client_of(member), make_open_things(world, member))


def pages(world: World, instead: dict[str, dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Yield the name and the path of every page."""
    for line in read_matrix().lines:
        if line.method == "GET":
            own = instead.get(line.name, {})
            yield line.name, path_of(world, ADDRESSES[line.name], line, **own)
    for public in read_matrix().public:
        if public.method == "GET" and public.name in ADDRESSES:
            yield public.name, public_path(world, ADDRESSES[public.name])


def found_forms(world: World, asking: Asking) -> Iterator[Found]:
    """Yield each form that posts: of each address one, of whichever page."""
    seen: set[str] = set()
    for _name, path in pages(world, asking.instead):
        answer = asking.get(path, {})
        waiting = [answer]
        while waiting:
            for form in posting(waiting.pop(), path):
                name = resolve(form.path).url_name or form.path
                # Each table of records has fields of its own.
                if f"{name} {sorted(form.kinds)}" in seen:
                    continue
                seen.add(f"{name} {sorted(form.kinds)}")
                found = filled_in(name, form)
                yield found
                with taken_back():
                    shown = asking.post(found, found.right)
                    # What an upload shows has the next form.
                    waiting += [shown] if form.has_files and shown.status_code == 200 else []


def posting(answer: Any, path: str) -> list[PageForm]:
    """Return the forms of an answer that post to an address that takes them."""
    if answer.streaming or "text/html" not in answer.get("Content-Type", ""):
        return []
    return [
        form
        for form in forms_of(answer.content.decode(), path)
        if form.method == "POST" and not form.path.endswith("/components")
    ]


def filled_in(name: str, form: PageForm) -> Found:
    """Fill in a form as a person would."""
    said = {key: value for key, value in form.said.items() if key != "csrfmiddlewaretoken"}
    for key, value in RIGHT.get(name, {}).items():
        if key in said:
            said[key] = [form.last[key] if value == LAST else value]
    # Of what is supposed, nothing is: a field for each figure of each month.
    supposed = {key for key in said if "|" in key and form.kinds[key] in ("text", "month")}
    right = {key: [""] if key in supposed else said[key] for key in said}
    if form.has_files:
        right = {key: value for key, value in right.items() if form.kinds[key] != "file"}
    return Found(name, form, right)


@pytest.fixture(scope="module")
def forms(world: World, asking: Asking) -> list[Found]:
    """Return every form, and find out which fields take any words."""
    every = list(found_forms(world, asking))
    for found in every:
        with taken_back():
            right = asking.post(found, found.right).status_code
        for name in found.form.typed:
            with taken_back():
                answer = asking.post(found, found.right | {name: ["Zebra & 7"]})
            if name in found.right and right == answer.status_code in (200, 302):
                found.free.append(name)
    return every


def test_every_form_can_be_handed_in(asking: Asking, forms: list[Found]) -> None:
    faults = Faults()
    for found in forms:
        with taken_back():
            answer = asking.post(found, found.right)
        is_ours = found.form.path.startswith("/o/") and found.name not in NOT_NOW
        if is_ours and answer.status_code not in (200, 302):
            shown = answer.context and answer.context.get("form")
            why = fault(answer) or (dict(shown.errors) if shown else "")
            faults.note(f"{found.name} is answered with {answer.status_code}", str(why))
    faults.check()


def tried(found: Found, at: int) -> Iterator[tuple[list[str], dict[str, list[str]]]]:
    """Yield what is typed into which fields of a form: where any words are taken, and elsewhere."""
    texts = share(at, 40)
    for turn in range(len(texts)):
        for fields in (found.free, found.bound):
            if fields:
                yield fields, found.said(fields, texts[turn:] + texts[:turn])
    for text in WORST if ALL else ():
        for name in found.right:
            yield [name], found.said([name], [text])


@pytest.mark.parametrize("group", range(GROUPS))
def test_what_is_typed_into_a_form_is_taken_whole_or_refused_whole(
    asking: Asking, forms: list[Found], group: int
) -> None:
    faults, count = Faults(), 0
    for at, found in enumerate(forms):
        if at % GROUPS != group:
            continue
        for fields, said in tried(found, at):
            with taken_back() as written:
                answer = asking.post(found, said)
            count += 1
            where = f"{found.form.path} {[(name, said[name]) for name in fields]!a}"
            faults.note(fault(answer), where)
            if answer.status_code >= 400 and written.kept:
                faults.note(f"{found.name} is refused and writes {written.kept[0][0][:60]}", where)
            # What the sign-in takes it keeps in its own way, and a model is kept as YAML, of which
            # tests of its own say that it reads as it was typed.
            is_ours = not found.form.path.startswith("/accounts/") and "/library/" not in (
                found.form.path
            )
            if is_ours and answer.status_code == 302 and fields is found.free:
                for name in fields:
                    faults.note(_lost(found, name, said[name][0], written.texts), where)
            faults.note(shows_as_own(found.name, answer, said), where)
    print(count, "forms were handed in")
    faults.check()


def _lost(found: Found, name: str, text: str, written: list[str]) -> str:
    """Say whether something that was taken is not kept as it was typed."""
    kept = safe(text).strip()
    is_kept = any(kept in each for each in written)
    return "" if is_kept else f"{found.name}: {name} is taken, and not kept as it was typed"


NAMES = (
    "a.csv", "../../a.csv", "a\0b.csv", "a.b\r\nc", "a." + "x" * 250, "a." + "\u0663" * 200,
    "a", "\ud800.csv", "\u202evsc.pdf", "con.csv", "a" * 300 + ".csv",
    "<script>alert(1)</script>.csv",
)  # fmt: skip


def test_no_name_of_a_file_makes_attain_fail(asking: Asking, forms: list[Found]) -> None:
    faults = Faults()
    for found in forms:
        for name in NAMES if found.name in FILES else ():
            with taken_back() as written:
                answer = asking.post(found, found.right, safe(name))
            faults.note(fault(answer), f"{found.name} {name!a}")
            faults.note(shows_as_own(found.name, answer, {"": [name]}), name)
            if answer.status_code >= 400 and written.kept:
                faults.note(f"{found.name} is refused and writes", name)
    faults.check()


@pytest.mark.parametrize("turn", range(40 if ALL else 1))
def test_what_was_taken_is_shown_on_every_page_without_harm(
    world: World, asking: Asking, forms: list[Found], turn: int
) -> None:
    faults = Faults()
    with taken_back():
        shown = [
            text for at, found in enumerate(forms) for text in typed_into(asking, found, at + turn)
        ]
        for name, path in pages(world, asking.instead):
            for said in ({}, {"export": ["csv"]}, {"export": ["xlsx"]}):
                answer = asking.get(path, said)
                faults.note(fault(answer), f"{path} {said}")
                faults.note(shows_as_own(name, answer, {"": shown}), path)
    assert len(shown) > 20
    faults.check()


def typed_into(asking: Asking, found: Found, turn: int) -> list[str]:
    """Hand in a form with texts in it until it is taken; return what was."""
    texts = share(turn, 40)
    # What was refused so often is refused for more than its texts; the next turn begins elsewhere.
    for at in range(min(len(texts), 20) if found.free else 0):
        start = (at * 5 + turn) % len(texts)
        chosen = texts[start:] + texts[:start]
        if asking.post(found, found.said(found.free, chosen)).status_code == 302:
            return chosen[: len(found.free)]
    return []
