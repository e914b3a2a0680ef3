"""What a member was told, and when they get mail about it."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from attain.organisations import forms
from attain.organisations.actions import notices
from attain.organisations.models import Notice, NoticePreference
from attain.organisations.pages import MemberRequest, answer_form
from attain.organisations.queries import page_of


@require_GET
def notice_list(request: MemberRequest) -> HttpResponse:
    """Show what one was told, latest first."""
    mine = Notice.objects.filter(member=request.member)
    context = {
        "page": page_of(mine, request.GET.get("page"), 50),
        "unread": mine.filter(read_at=None).count(),
    }
    return render(request, "organisations/notices.html", context)


@require_POST
def read_all(request: MemberRequest) -> HttpResponse:
    """Note that one has read everything."""
    notices.mark_read(member=request.member, now=datetime.now(UTC))
    return redirect("notices", organisation=request.member.organisation.key)


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: MemberRequest) -> HttpResponse:
    """Choose when one gets mail about what."""
    mine = NoticePreference.objects.filter(member=request.member)
    initial = dict(mine.values_list("subject", "mail"))

    def act(said: dict[str, Any]) -> str:
        for subject, mail in said.items():
            notices.prefer_mail(member=request.member, subject=subject, mail=mail)
        return _("Your choice is kept.")

    form = forms.NoticeForm(request.POST or None, initial=initial)
    home = reverse("notices", args=[request.member.organisation.key])
    return answer_form(request, form, act, then=home, context={"title": _("Mail about notices")})
