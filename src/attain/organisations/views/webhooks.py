"""Webhooks, registered and stopped by administrators, and what each was told."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from attain.organisations import queries
from attain.organisations.actions import webhooks
from attain.organisations.errors import UnknownError
from attain.organisations.models import Webhook, WebhookDelivery
from attain.organisations.pages import MemberRequest, answer_form
from attain.organisations.rules import Permission
from attain.organisations.webhook_forms import WebhookForm

_PER_PAGE = 50


@require_GET
def webhook_list(request: MemberRequest) -> HttpResponse:
    """Show the webhooks, the latest first."""
    queries.demand(request.member, Permission.MANAGE_MEMBERS)
    rows = Webhook.objects.select_related("made_by__account")
    return render(request, "organisations/webhooks.html", {"webhooks": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: MemberRequest) -> HttpResponse:
    """Register a webhook; its secret is shown once."""
    queries.demand(request.member, Permission.MANAGE_MEMBERS)

    def act(said: dict[str, Any]) -> str:
        made = webhooks.register_webhook(**said, by=request.member, now=datetime.now(UTC))
        return _("The secret, which is shown only now: %s") % made.secret

    home = reverse("webhooks", args=[request.member.organisation.key])
    form = WebhookForm(request.POST or None)
    return answer_form(request, form, act, then=home, context={"title": _("Register a webhook")})


@require_GET
def deliveries(request: MemberRequest, webhook: str) -> HttpResponse:
    """Show what a webhook was told, and how each delivery ended."""
    queries.demand(request.member, Permission.MANAGE_MEMBERS)
    found = _find(webhook)
    rows = WebhookDelivery.objects.filter(webhook=found).select_related("entry")
    page = queries.page_of(rows, request.GET.get("page"), _PER_PAGE)
    context = {"webhook": found, "page": page}
    return render(request, "organisations/webhook_deliveries.html", context)


@require_POST
def stop(request: MemberRequest, webhook: str) -> HttpResponse:
    """Stop a webhook for good."""
    queries.demand(request.member, Permission.MANAGE_MEMBERS)
    webhooks.stop_webhook(webhook=_find(webhook), by=request.member, now=datetime.now(UTC))
    return redirect("webhooks", organisation=request.member.organisation.key)


def _find(uuid: str) -> Webhook:
    found = Webhook.objects.filter(uuid=uuid).first()
    if found is None:
        raise UnknownError
    return found
