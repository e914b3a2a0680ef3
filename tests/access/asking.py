"""Asking for an address as somebody, and what it came to."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from access.access_matrix import OPEN, Address, Line
from access.access_world import World
from attain.organisations.models import Member

_OWN = ("django_session", "account_emailaddress", "organisations_signin")
_WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")
SIGN_IN = "/accounts/login/"


def client_of(member: Member | None) -> Client:
    """Return the browser of a member, or of somebody who did not sign in."""
    client = Client(raise_request_exception=False)
    if member is not None:
        client.force_login(member.account, "django.contrib.auth.backends.ModelBackend")
    return client


def path_of(world: World, address: Address, line: Line, **instead: Any) -> str:
    """Return the address of a line, with the things of the organisation in it."""
    named = world.arguments(set(address.arguments), line.variant) | instead
    return reverse(line.name, kwargs=named)


_PUBLIC = {"key": "nothing", "uidb36": "1", "provider_id": "nobody", "sign_in": uuid4()}


def public_path(world: World, address: Address) -> str:
    """Return an address that belongs to no organisation; of the API, one of things that are not."""
    if address.is_of_the_api:
        return "/" + re.sub("<.*?>", str(uuid4()), address.route)
    if address.pattern.name is None:
        return "/" + address.route
    named = world.named | _PUBLIC
    return reverse(address.name, kwargs={name: named[name] for name in address.arguments})


def at(name: str, **named: Any) -> str:
    """Return the address of a page of the organisation; of its centre Leeds, where it has one."""
    return reverse(name, kwargs={"organisation": "northwind", **named})


def ask(client: Client, method: str, path: str) -> str:
    """Ask, and return `yes`, `sign-in` or the status; what was written is taken back."""
    if method in ("GET", "HEAD"):
        with only_reading(path):
            response = client.generic(method, path)
            if response.streaming:
                b"".join(response)
        return told(response)
    with transaction.atomic():
        response = client.generic(method, path)
        transaction.set_rollback(True)
    return told(response)


def told(response: Any) -> str:
    """Return what an answer means."""
    status = response.status_code
    if status == 302 and SIGN_IN in response["Location"]:
        return "sign-in"
    if status in (401, 403, 404, 405) or status >= 500:
        return str(status)
    return OPEN


@contextmanager
def only_reading(path: str) -> Iterator[None]:
    """Refuse a request that writes, apart from the session and the sign-in of who asks.

    The sign-in's own copy of an address of mail comes into being where it is looked at first.
    """
    written: list[str] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        is_own = any(f'"{table}"' in sql for table in _OWN)
        if sql.split(None, 1)[0].upper() in _WRITES and not is_own:
            written.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield
    assert not written, f"GET {path} writes: {written}"
