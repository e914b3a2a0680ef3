"""The API of webhooks: registered, stopped, and what each was told."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Path, Query, Router, Schema, Status

from attain.organisations import queries
from attain.organisations.actions import webhooks
from attain.organisations.api_parts import (
    Line,
    Listed,
    PageAsked,
    Said,
    answers,
    listed,
    member_of,
    now,
)
from attain.organisations.errors import UnknownError
from attain.organisations.models import Webhook, WebhookDelivery
from attain.organisations.rules import Permission

router = Router(tags=["webhooks"])
Asked = Query[PageAsked]


class WebhookOut(Schema):
    """An address that is told of some events."""

    uuid: UUID
    address: str
    events: list[str]
    made_at: datetime
    stopped_at: datetime | None


class RegisteredOut(WebhookOut):
    """A webhook that was registered, with its secret, which is told this once."""

    secret: str


class WebhookIn(Said):
    """A webhook to be registered: an https address in the open network, and its events."""

    address: Annotated[Line, Field(examples=["https://hooks.example/attain"])]
    events: Annotated[
        list[Line], Field(min_length=1, max_length=50, examples=[["certificate.issued"]])
    ]


class DeliveryOut(Schema):
    """An event on its way to an address, and how its last try ended."""

    uuid: UUID
    event: str
    sequence: int
    state: WebhookDelivery.State
    tries: int
    due_at: datetime
    status: int | None
    problem: str
    delivered_at: datetime | None

    @staticmethod
    def resolve_sequence(delivery: WebhookDelivery) -> int:
        """Return the place of the event in the audit trail."""
        return delivery.entry.sequence


@router.get("/webhooks", response=answers((200, Listed[WebhookOut])))
def index(request: HttpRequest, asked: Asked) -> Any:
    """List the webhooks of the organisation, the latest first."""
    queries.demand(member_of(request), Permission.MANAGE_MEMBERS)
    return listed(Webhook.objects.all(), asked)


@router.post("/webhooks", response=answers((201, RegisteredOut)))
def register(request: HttpRequest, said: WebhookIn) -> Any:
    """Register a webhook; the secret by which its deliveries are signed is told this once."""
    member = member_of(request)
    queries.demand(member, Permission.MANAGE_MEMBERS)
    made = webhooks.register_webhook(**said.dict(), by=member, now=now())
    names = ("uuid", "address", "events", "made_at", "stopped_at")
    own = {name: getattr(made.webhook, name) for name in names}
    return Status(201, {**own, "secret": made.secret})


@router.post("/webhooks/{webhook}/stop", response=answers((200, WebhookOut)))
def stop(request: HttpRequest, webhook: Path[UUID]) -> Any:
    """Stop a webhook for good: nothing more is sent."""
    member = member_of(request)
    found = _find(request, webhook)
    webhooks.stop_webhook(webhook=found, by=member, now=now())
    found.refresh_from_db()
    return found


@router.get("/webhooks/{webhook}/deliveries", response=answers((200, Listed[DeliveryOut])))
def deliveries(request: HttpRequest, webhook: Path[UUID], asked: Asked) -> Any:
    """List what a webhook was told, the latest first."""
    rows = WebhookDelivery.objects.filter(webhook=_find(request, webhook))
    return listed(rows.select_related("entry"), asked)


def _find(request: HttpRequest, uuid: UUID) -> Webhook:
    queries.demand(member_of(request), Permission.MANAGE_MEMBERS)
    found = Webhook.objects.filter(uuid=uuid).first()
    if found is None:
        raise UnknownError
    return found
