"""Texts that have broken other programs, in addresses: their parameters, their parts, the cookies.

Which parameters a page reads is not told by hand: it is watched.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

import pytest
from django.http import QueryDict
from django.test import Client

from access.access_matrix import Address, addresses, read_matrix
from access.access_world import World
from access.asking import client_of, path_of, public_path
from naughty import Faults, fault, get, share, shows_as_own, worst

pytestmark = pytest.mark.django_db
ADDRESSES = {each.name: each for each in addresses()}
GROUPS = 2
# Drawn anew each time, which takes long and asks for nothing.
SLOW = ("-pdf",)


class _Watched(QueryDict):
    """Parameters of a request that remember which of them were read."""

    read: set[str]

    def __getitem__(self, name: str) -> Any:
        self.__dict__.setdefault("read", set()).add(name)
        return super().__getitem__(name)

    def __contains__(self, name: object) -> bool:
        self.__dict__.setdefault("read", set()).add(str(name))
        return super().__contains__(name)

    def getlist(self, name: str, default: Any = None) -> list[Any]:
        """Return every value of a parameter."""
        self.__dict__.setdefault("read", set()).add(name)
        return super().getlist(name, default)


@contextmanager
def watched() -> Iterator[None]:
    """Let requests remember which parameters of theirs were read."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.core.handlers.wsgi.QueryDict", _Watched)
        yield


def read_by(client: Client, path: str) -> list[str]:
    """Return the names of the parameters that a page reads, whatever they say."""
    known: set[str] = set()
    with watched():
        while True:
            answer = get(client, path, {name: ["1"] for name in known})
            read: set[str] = getattr(answer.wsgi_request.GET, "read", set())
            if read <= known:
                return sorted(known)
            known |= read


def pages(world: World) -> list[tuple[str, str]]:
    """Return the name and the path of every page."""
    ours = [
        (line.name, path_of(world, ADDRESSES[line.name], line))
        for line in read_matrix().lines
        if line.method == "GET"
    ]
    return ours + [
        (line.name, public_path(world, ADDRESSES[line.name]))
        for line in read_matrix().public
        if line.method == "GET" and line.name in ADDRESSES
    ]


@pytest.fixture(scope="module")
def client(world: World) -> Client:
    """Return the browser of somebody who may do everything."""
    return client_of(world.with_every_role())


@pytest.mark.parametrize("group", range(GROUPS))
def test_no_parameter_makes_a_page_fail(world: World, client: Client, group: int) -> None:
    faults, count = Faults(), 0
    for at, (name, path) in enumerate(pages(world)):
        if at % GROUPS != group or name.endswith(SLOW):
            continue
        names, texts = read_by(client, path), share(at, 100)
        asked = [
            {each: [texts[(turn + place) % len(texts)]] for place, each in enumerate(names)}
            for turn in range(len(texts) if names else 0)
        ]
        alone = worst(at, 9) if len(names) > 1 else ()
        asked += [{each: [text]} for each in names for text in alone]
        for said in asked:
            answer = get(client, path, said)
            count += 1
            where = f"{path} {said!a}"
            faults.note(fault(answer), where)
            faults.note(shows_as_own(name, answer, said), where)
    print(f"{count} questions were asked")
    faults.check()


def test_no_part_of_an_address_makes_a_page_fail(world: World, client: Client) -> None:
    faults = Faults()
    for at, (address, name) in enumerate(parts()):
        for text in share(at, 60):
            path = with_part(world, address, name, text)
            faults.note(fault(get(client, path, {})), path)
    faults.check()


def parts() -> list[tuple[Address, str]]:
    """Return each address of pages with each of its parts."""
    return [
        (address, name)
        for address in ADDRESSES.values()
        for name in sorted(address.arguments)
        if not address.is_of_the_api or "<path" in address.route
    ]


def with_part(world: World, address: Address, name: str, text: str) -> str:
    """Return an address, of whose parts one is a text."""
    named: dict[str, Any] = {"key": "k", "uidb36": "1", "rest": "r", "provider_id": "nobody"}
    named |= world.arguments(set(address.arguments))
    said = quote(text.encode("utf-8", "surrogatepass"), safe="")

    def part(found: re.Match[str]) -> str:
        return said if (found[1] or found[2]) == name else str(named[found[1] or found[2]])

    return "/" + re.sub(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>.*?\)", part, address.route)


@pytest.mark.parametrize("name", ["sessionid", "csrftoken", "django_language", "messages"])
def test_no_cookie_makes_a_page_fail(world: World, client: Client, name: str) -> None:
    faults = Faults()
    signed_in = client.cookies["sessionid"].value
    for text in share(0, 40):
        written = "".join(f"\\{byte:03o}" for byte in text.encode("utf-8", "surrogatepass"))
        cookies = {"sessionid": signed_in, name: f'"{written}"'}
        header = "; ".join(f"{key}={value}" for key, value in cookies.items())
        for path in ("/o/northwind/", "/accounts/login/"):
            answer = Client(raise_request_exception=False).get(path, headers={"cookie": header})
            faults.note(fault(answer), f"{path} {header}")
    faults.check()
