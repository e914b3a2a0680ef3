"""Webhooks: only into the open network, signed, tried again, and nothing passed over."""

import hashlib
import hmac
import json
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from django_scopes import scopes_disabled

from attain.measurement.periods import Month
from attain.organisations.actions import webhooks
from attain.organisations.errors import RefusedActionError
from attain.organisations.events import EVENTS
from attain.organisations.models import Webhook, WebhookDelivery
from attain.organisations.outgoing import (
    Destination,
    NotPublicError,
    NotTakenError,
    check,
    is_public,
    post,
    send,
)
from attain.organisations.rules import Role
from attain.organisations.tasks import tell_webhooks
from attain.performance.actions.readings import close_month
from estate import Estate, make_estate
from programs import HOOK, Program

NOW = datetime.now(UTC)
HOST = "hooks.example"


@pytest.fixture
def estate() -> Iterator[Estate]:
    with scopes_disabled():
        yield make_estate()


@pytest.mark.parametrize(
    "address",
    [
        "http://93.184.216.34/",
        "https://127.0.0.1/",
        "https://169.254.169.254/latest/meta-data",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://127.1/",
        "https://0/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[::ffff:169.254.169.254]/",
        "https://[64:ff9b::7f00:1]/",
        "https://[2002:7f00:1::]/",
        "https://[fe80::1%25eth0]/",
        "https://[fd00::1]/",
        "https://10.0.0.1/",
        "https://100.64.0.1/",
        "https://172.16.0.1/",
        "https://192.168.1.1/",
        "https://224.0.0.1/",
        "https://255.255.255.255/",
        "https://localhost/",
        "https://user:secret@93.184.216.34/",
        "https://93.184.216.34@127.0.0.1/",
        "https://93.184.216.34:99999/",
        "https://93.184.216.34/a b",
        "https://93.184.216.34/\r\nHost: x",
        "https://\u2488\u2488/",
        "https:///nowhere",
        "file:///etc/passwd",
        "ftp://93.184.216.34/",
        "//93.184.216.34/",
        "https://[not/",
        "",
        "https://93.184.216.34/" + "a" * 500,
    ],
)
def test_an_address_that_is_not_public_is_refused(address: str) -> None:
    with pytest.raises(NotPublicError):
        check(address)


def test_a_public_address_is_told_apart_into_whom_to_call_and_where() -> None:
    assert check("https://93.184.216.34:8443/a?b=c") == Destination(
        "93.184.216.34", 8443, "93.184.216.34", "/a?b=c"
    )
    assert is_public("2606:2800:220:1:248:1893:25c8:1946")
    assert not is_public("nonsense")


class Receiver(BaseHTTPRequestHandler):
    """Another system, which keeps what it is told and answers as it was set up."""

    told: list[tuple[dict[str, str], bytes]]
    answer: Callable[["Receiver"], None]

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        self.told.append((dict(self.headers), self.rfile.read(length)))
        type(self).answer(self)

    def do_GET(self) -> None:
        self.told.append(({}, b"followed"))
        type(self).answer(self)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _status(code: int, **headers: str) -> Callable[[Receiver], None]:
    def answer(receiver: Receiver) -> None:
        receiver.send_response(code)
        for name, value in headers.items():
            receiver.send_header(name, value)
        receiver.end_headers()

    return answer


def _certificate(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    names = [x509.DNSName(HOST), x509.IPAddress(ip_address("93.184.216.34"))]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(NOW - timedelta(days=1))
        .not_valid_after(NOW + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    place = folder / "receiver.pem"
    place.write_bytes(pem + made.public_bytes(serialization.Encoding.PEM))
    return place


@contextmanager
def receiving(
    folder: Path, answer: Callable[[Receiver], None]
) -> Iterator[tuple[Destination, ssl.SSLContext, list[tuple[dict[str, str], bytes]]]]:
    """Run another system on loopback, under a certificate for a public name."""
    pem = _certificate(folder)
    told: list[tuple[dict[str, str], bytes]] = []
    handler = type("Handler", (Receiver,), {"told": told, "answer": staticmethod(answer)})
    server = HTTPServer(("127.0.0.1", 0), handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    trusting = ssl.create_default_context(cafile=str(pem))
    port = server.server_address[1]
    try:
        yield Destination(HOST, port, "127.0.0.1", "/hook"), trusting, told
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_what_is_sent_goes_to_the_checked_address_under_the_name(tmp_path: Path) -> None:
    with receiving(tmp_path, _status(204)) as (to, context, told):
        assert send(to, b"{}", {"Attain-Event": "month.closed"}, context) == 204
    headers, body = told[0]
    assert (headers["Host"].split(":")[0], body) == (HOST, b"{}")


def test_a_name_that_answers_otherwise_the_next_moment_leads_nowhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers, called = ["93.184.216.34", "10.0.0.7", "10.0.0.7"], []

    def looked_up(*_: Any, **__: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (answers.pop(0), 443))]

    def connected(address: tuple[str, int], *_: Any) -> None:
        called.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", looked_up)
    monkeypatch.setattr(socket, "create_connection", connected)
    with pytest.raises(NotTakenError):
        post("https://hooks.example/", b"{}", {})
    assert called == [("93.184.216.34", 443)]
    with pytest.raises(NotPublicError):
        post("https://hooks.example/", b"{}", {})
    assert len(called) == 1


def test_a_certificate_of_another_name_is_not_talked_to(tmp_path: Path) -> None:
    with receiving(tmp_path, _status(204)) as (to, context, told):
        with pytest.raises(NotTakenError, match="certificate"):
            send(to._replace(host="other.example"), b"{}", {}, context)
        with pytest.raises(NotTakenError, match="certificate"):
            send(to, b"{}", {}, None)
    assert told == []


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(tmp_path: Path, status: int) -> None:
    answer = _status(status, Location="/elsewhere")
    with (
        receiving(tmp_path, answer) as (to, context, told),
        pytest.raises(NotTakenError) as refused,
    ):
        send(to, b"{}", {}, context)
    assert (refused.value.status, len(told)) == (status, 1)


def test_an_answer_that_never_ends_is_ended(tmp_path: Path) -> None:
    over = threading.Event()

    def drip(receiver: Receiver) -> None:
        receiver.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while not over.wait(0.1):
            try:
                receiver.wfile.write(b"X-More: yes\r\n")
            except OSError:
                return

    with receiving(tmp_path, drip) as (to, context, _told):
        begun = time.monotonic()
        with pytest.raises(NotTakenError):
            send(to, b"{}", {}, context, seconds=0.8)
        assert time.monotonic() - begun < 5
        over.set()


def test_of_a_long_answer_nothing_is_read(tmp_path: Path) -> None:
    def pour(receiver: Receiver) -> None:
        receiver.send_response(200)
        receiver.send_header("Content-Length", str(10**10))
        receiver.end_headers()
        try:
            for _ in range(10_000):
                receiver.wfile.write(b"x" * 100_000)
        except OSError:
            return

    with receiving(tmp_path, pour) as (to, context, _told):
        assert send(to, b"{}", {}, context) == 200


def _registered(estate: Estate, *events: str) -> webhooks.MadeWebhook:
    admin = estate.member(Role.ADMINISTRATOR)
    return webhooks.register_webhook(address=HOOK, events=events or EVENTS, by=admin, now=NOW)


def _close(estate: Estate, back: int = 1) -> None:
    month = Month.of(NOW.date()).plus(-back)
    lead = estate.member(Role.PROGRAMME_LEAD)
    close_month(centre=estate.centre, month=month, by=lead, now=NOW)


def _posting(to: Destination, context: ssl.SSLContext) -> webhooks.Post:
    """Return how to post to a system on loopback, whatever the address says."""
    return lambda _url, body, headers: send(to, body, headers, context)


@pytest.mark.django_db
def test_each_event_is_written_down_once_for_who_asked_for_it(estate: Estate) -> None:
    _close(estate, 3)
    closed, other = _registered(estate, "month.closed"), _registered(estate, "import.finished")
    _close(estate, 1)
    _close(estate, 2)
    assert [webhooks.announce(closed.webhook, NOW) for _ in range(2)] == [2, 0]
    assert webhooks.announce(other.webhook, NOW) == 0
    bodies = [json.loads(d.body) for d in WebhookDelivery.objects.order_by("pk")]
    assert [body["event"] for body in bodies] == ["month.closed"] * 2
    assert bodies[0]["key"] == f"leeds {Month.of(NOW.date()).plus(-1)}"
    assert bodies[0]["sequence"] < bodies[1]["sequence"]
    assert "Programme lead" not in WebhookDelivery.objects.earliest("pk").body


@pytest.mark.django_db
def test_a_delivery_is_signed_by_the_secret_that_was_told_once(
    estate: Estate, tmp_path: Path
) -> None:
    made = _registered(estate)
    _close(estate)
    webhooks.announce(made.webhook, NOW)
    with receiving(tmp_path, _status(200)) as (to, context, told):
        post = _posting(to, context)
        assert webhooks.deliver_due(made.webhook, NOW, post) == 1
        assert webhooks.deliver_due(made.webhook, NOW + timedelta(days=1), post) == 0
    headers, body = told[0]
    stamp, _, signature = headers["Attain-Signature"].partition(",v1=")
    signed = stamp.removeprefix("t=").encode() + b"." + body
    assert signature == hmac.new(made.secret.encode(), signed, hashlib.sha256).hexdigest()
    delivery = WebhookDelivery.objects.get()
    assert headers["Attain-Delivery"] == str(delivery.uuid)
    assert (delivery.state, delivery.status) == ("delivered", 200)


@pytest.mark.django_db
def test_what_is_not_taken_is_tried_again_later_and_given_up_in_the_end(
    estate: Estate, tmp_path: Path
) -> None:
    made = _registered(estate)
    _close(estate)
    webhooks.announce(made.webhook, NOW)
    with receiving(tmp_path, _status(503)) as (to, context, told):
        post = _posting(to, context)
        webhooks.deliver_due(made.webhook, NOW, post)
        webhooks.deliver_due(made.webhook, NOW, post)
        assert len(told) == 1
        for day in range(1, 9):
            webhooks.deliver_due(made.webhook, NOW + timedelta(days=day), post)
        assert len(told) == 6
    delivery = WebhookDelivery.objects.get()
    assert (delivery.state, delivery.status, delivery.tries) == ("given_up", 503, 6)


@pytest.mark.django_db
def test_a_name_that_leads_into_a_private_network_by_now_is_not_called(
    estate: Estate, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = _registered(estate)
    _close(estate)
    webhooks.announce(made.webhook, NOW)
    answer = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 443))]
    private = [*answer, (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.7", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: private)
    assert webhooks.deliver_due(made.webhook, NOW) == 0
    delivery = WebhookDelivery.objects.get()
    assert (delivery.state, delivery.tries) == ("waiting", 1)
    assert "private network" in delivery.problem


@pytest.mark.django_db
def test_a_stopped_webhook_is_sent_nothing_more(estate: Estate) -> None:
    made = _registered(estate)
    _close(estate)
    webhooks.announce(made.webhook, NOW)
    admin = estate.member(Role.ADMINISTRATOR)
    webhooks.stop_webhook(webhook=made.webhook, by=admin, now=NOW)
    tell_webhooks.func()
    assert WebhookDelivery.objects.get().state == "given_up"
    assert WebhookDelivery.objects.get().tries == 0


@pytest.mark.django_db
@pytest.mark.parametrize("events", [[], ["nothing.known"]])
def test_a_webhook_without_events_that_are_is_refused(estate: Estate, events: list[str]) -> None:
    admin = estate.member(Role.ADMINISTRATOR)
    with pytest.raises(RefusedActionError):
        webhooks.register_webhook(address=HOOK, events=events, by=admin, now=NOW)


@pytest.mark.django_db
def test_the_api_tells_the_secret_once_and_lists_what_was_sent(estate: Estate) -> None:
    program = Program(estate.member(Role.ADMINISTRATOR))
    made = program.ask("POST", "/webhooks", {"address": HOOK, "events": ["month.closed"]})
    assert made.status_code == 201
    assert made.json()["secret"].startswith("attain_webhook_")
    assert "secret" not in program.ask("GET", "/webhooks").json()["items"][0]
    _close(estate)
    webhooks.announce(Webhook.objects.get(), NOW)
    sent = program.ask("GET", f"/webhooks/{made.json()['uuid']}/deliveries").json()
    assert [each["event"] for each in sent["items"]] == ["month.closed"]
    private = program.ask(
        "POST", "/webhooks", {"address": "https://10.0.0.1", "events": ["month.closed"]}
    )
    assert private.status_code == 422
    assert Program(estate.member(Role.PROGRAMME_LEAD)).ask("GET", "/webhooks").status_code == 403


@pytest.mark.django_db
def test_an_administrator_registers_looks_and_stops_on_pages(estate: Estate) -> None:
    client = Client()
    account = estate.member(Role.ADMINISTRATOR).account
    client.force_login(account, "django.contrib.auth.backends.ModelBackend")
    home = "/o/northwind/webhooks"
    assert "No webhook yet" in client.get(home).content.decode()
    refused = client.post(
        f"{home}/register", {"address": "https://[::1]/", "events": "month.closed"}
    )
    assert refused.status_code == 422
    said = {"address": HOOK, "events": ["month.closed"]}
    shown = client.post(f"{home}/register", said, follow=True).content.decode()
    assert "attain_webhook_" in shown
    assert "attain_webhook_" not in client.get(home).content.decode()
    _close(estate)
    webhook = Webhook.objects.get()
    webhooks.announce(webhook, NOW)
    assert "Waiting" in client.get(f"{home}/{webhook.uuid}").content.decode()
    client.post(f"{home}/{webhook.uuid}/stop")
    assert "stopped" in client.get(home).content.decode()
