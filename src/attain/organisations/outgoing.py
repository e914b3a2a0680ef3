"""Sending to an address that somebody typed: only into the open network, and never for long.

The name is looked up once, every address it has is checked, and the connection is made to the
checked one, so that a name that answers otherwise the next moment leads nowhere. Nothing is
followed, nothing is unpacked, and of the answer only its status is read.
"""

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Timer
from typing import NamedTuple
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

LONGEST_ADDRESS = 500
LONGEST_SECONDS = 10.0
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class NotPublicError(Exception):
    """An address is none to which attain sends; the message says why."""


class NotTakenError(Exception):
    """What was sent was not taken; the message says why, `status` how it was answered."""

    def __init__(self, why: str, status: int | None = None) -> None:
        self.status = status
        super().__init__(why)


class Destination(NamedTuple):
    """An address as it was checked: to whom to connect, and how to call them."""

    host: str
    port: int
    address: str
    target: str


def check(url: str) -> Destination:
    """Return where a url leads; NotPublicError unless it is https and all of it is public."""
    host, port, target = _parts(url)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NotPublicError(_("There is no address of the name %s.") % host[:100]) from error
    addresses = [str(sockaddr[0]) for *_, sockaddr in found]
    if not addresses or not all(is_public(address) for address in addresses):
        raise NotPublicError(_("%s lies in a private network.") % host[:100])
    return Destination(host, port, addresses[0], target)


def _parts(url: str) -> tuple[str, int, str]:
    if len(url) > LONGEST_ADDRESS or not url.isascii() or not url.isprintable() or " " in url:
        raise NotPublicError(_("An address has at most 500 plain characters, and no space."))
    try:
        parts = urlsplit(url)
        port = parts.port or 443
    except ValueError as error:
        raise NotPublicError(_("This is no address.")) from error
    if parts.scheme != "https" or not parts.hostname:
        raise NotPublicError(_("An address begins with https:// and the name of a host."))
    if parts.username is not None or parts.password is not None:
        raise NotPublicError(_("An address holds neither user nor password."))
    target = parts.path or "/"
    return parts.hostname, port, f"{target}?{parts.query}" if parts.query else target


def is_public(text: str) -> bool:
    """Say whether an address lies in the open network, also where it stands for another one."""
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    return all(each.is_global and not each.is_multicast for each in _meant(address))


def _meant(address: Address) -> Iterator[Address]:
    """Yield what an address means: itself and what it wraps; of a mapped one, that alone."""
    if isinstance(address, ipaddress.IPv4Address):
        yield address
        return
    if address.ipv4_mapped:
        yield address.ipv4_mapped
        return
    yield address
    if address.sixtofour:
        yield address.sixtofour
    if address.teredo:
        yield from address.teredo
    if address in _NAT64:
        yield ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)


class _Pinned(http.client.HTTPSConnection):
    """A connection to the address that was checked, under the name that the url gave."""

    def __init__(self, to: Destination, context: ssl.SSLContext) -> None:
        super().__init__(to.host, to.port, timeout=LONGEST_SECONDS, context=context)
        self._to, self._secured = to, context

    def connect(self) -> None:
        """Connect to the checked address; the certificate must be that of the name."""
        plain = socket.create_connection((self._to.address, self._to.port), LONGEST_SECONDS)
        with _ended_after(plain, LONGEST_SECONDS):
            self.sock = self._secured.wrap_socket(plain, server_hostname=self._to.host)


@contextmanager
def _ended_after(opened: socket.socket, seconds: float) -> Iterator[None]:
    """End a connection after some time, however often a little of an answer comes.

    What came until then may look like a whole answer, so that NotTakenError says otherwise.
    """
    over = Event()
    timer = Timer(seconds, _end, (opened, over))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
    if over.is_set():
        raise NotTakenError(f"It was not answered within {seconds:g} seconds.")


def _end(opened: socket.socket, over: Event) -> None:
    over.set()
    with suppress(OSError):
        opened.shutdown(socket.SHUT_RDWR)


def send(
    to: Destination,
    body: bytes,
    headers: dict[str, str],
    context: ssl.SSLContext | None = None,
    seconds: float = LONGEST_SECONDS,
) -> int:
    """Post to a destination and return the status; NotTakenError unless it is one of success."""
    connection = _Pinned(to, context or ssl.create_default_context())
    try:
        connection.connect()
        with _ended_after(connection.sock, seconds):
            connection.request("POST", to.target, body, headers)
            status = connection.getresponse().status
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NotTakenError(f"{type(error).__name__}: {error}"[:300]) from error
    finally:
        connection.close()
    if not 200 <= status < 300:
        raise NotTakenError(f"It was answered with {status}.", status)
    return status


def post(url: str, body: bytes, headers: dict[str, str]) -> int:
    """Check where a url leads, post there, and return the status."""
    return send(check(url), body, headers)
