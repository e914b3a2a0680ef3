"""Members, their roles, and invitations."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from attain.organisations import forms, queries
from attain.organisations.actions import inviting, members
from attain.organisations.errors import RefusedActionError, UnknownError
from attain.organisations.lists import MembersTable
from attain.organisations.models import Account, Invitation, Member, RoleHeld
from attain.organisations.pages import MemberRequest, answer_form, get_or_post
from attain.organisations.rules import Permission, Role
from attain.organisations.words import PERMISSIONS, ROLES


@require_GET
def member_list(request: MemberRequest) -> HttpResponse:
    """Show the members with their roles, and the invitations that are open."""
    queries.demand(request.member, Permission.MANAGE_MEMBERS)
    form = forms.MembersFilterForm(request.GET or None)
    found = _asked(form.asked).prefetch_related("roles__region", "roles__site", "roles__team")
    open_ones = Invitation.objects.filter(accepted_by=None, withdrawn_at=None)
    context = {
        "form": form,
        "invitations": open_ones.select_related("region", "site", "team").order_by("-invited_at"),
        "now": datetime.now(UTC),
    }
    table = MembersTable(found.select_related("account"))
    return table.answer(request, "organisations/members.html", context, exports=True)


def _asked(asked: Mapping[str, Any]) -> QuerySet[Member]:
    """Return the members who are asked for."""
    found = Member.objects.all()
    if words := asked.get("words"):
        named = Q(account__name__icontains=words) | Q(account__email__icontains=words)
        found = found.filter(named)
    if "role" in asked:
        found = found.filter(pk__in=RoleHeld.objects.filter(role=asked["role"]).values("member"))
    if "state" in asked:
        found = found.filter(suspended_at__isnull=asked["state"] == "active")
    return found


@require_GET
def role_list(request: MemberRequest) -> HttpResponse:
    """Explain what each role permits."""
    context = {"roles": ROLES.items(), "permissions": PERMISSIONS.items()}
    return render(request, "organisations/roles.html", context)


@get_or_post
def invite(request: MemberRequest) -> HttpResponse:
    """Invite somebody; the link goes to them by mail, and is shown once."""
    queries.demand(request.member, Permission.MANAGE_MEMBERS)

    def act(said: dict[str, Any]) -> str:
        place = _place(said)
        role = Role(said["role"])
        sent = inviting.invite_by_mail(
            email=said["email"], role=role, place=place, now=datetime.now(UTC), by=request.member
        )
        return _("The invitation was sent. Its link, which is shown only now: %s") % sent.link

    form = forms.InvitationForm(request.POST or None)
    return _form(request, form, act, _("Invite a member"))


@get_or_post
def give_role(request: MemberRequest, member: str) -> HttpResponse:
    """Give a member a role."""
    found = _find(request, member)

    def act(said: dict[str, Any]) -> str:
        role = Role(said["role"])
        members.give_role(member=found, role=role, place=_place(said), by=request.member)
        return _("%(member)s is %(role)s now.") % {"member": found, "role": ROLES[role]}

    form = forms.RoleForm(request.POST or None)
    return _form(request, form, act, _("Give %s a role") % found)


@require_POST
def take_role(request: MemberRequest, member: str, held: int) -> HttpResponse:
    """Take a role from a member."""
    found = _find(request, member)
    role = RoleHeld.objects.filter(member=found, pk=held).first()
    if role is None:
        raise UnknownError
    return _done(request, lambda: members.take_role(held=role, by=request.member))


@require_POST
def suspend(request: MemberRequest, member: str) -> HttpResponse:
    """Suspend a member."""
    found, now = _find(request, member), datetime.now(UTC)
    return _done(request, lambda: members.suspend_member(member=found, now=now, by=request.member))


@require_POST
def reinstate(request: MemberRequest, member: str) -> HttpResponse:
    """Let a suspended member in again."""
    found = _find(request, member)
    return _done(request, lambda: members.reinstate_member(member=found, by=request.member))


@require_POST
def withdraw_invitation(request: MemberRequest, invitation: str) -> HttpResponse:
    """Withdraw an invitation."""
    queries.demand(request.member, Permission.MANAGE_MEMBERS)
    found = Invitation.objects.filter(uuid=invitation).first()
    if found is None:
        raise UnknownError
    now = datetime.now(UTC)
    return _done(
        request,
        lambda: members.withdraw_invitation(invitation=found, now=now, by=request.member),
    )


@get_or_post
def accept(request: HttpRequest, secret: str) -> HttpResponse:
    """Become a member by the link of an invitation; no sign-in is needed."""
    now = datetime.now(UTC)
    try:
        invitation = members.find_invitation(secret, now)
    except UnknownError:
        return render(request, "organisations/invitation_over.html", status=404)
    account = request.user if isinstance(request.user, Account) else None

    def act(said: dict[str, Any]) -> str:
        said = said or {"name": "", "password": ""}
        members.accept_invitation(secret=secret, now=now, account=account, **said)
        return _("Welcome. Sign in with your address and your password.")

    bound = request.POST if request.method == "POST" else None
    form = forms.AcceptSignedInForm(bound) if account else forms.AcceptForm(bound)
    context = {
        "invitation": invitation,
        "role": ROLES[Role(invitation.role)],
        "title": _("Invitation"),
    }
    template = "organisations/invitation.html"
    return answer_form(request, form, act, then=reverse("home"), context=context, template=template)


def _find(request: MemberRequest, member: str) -> Member:
    queries.demand(request.member, Permission.MANAGE_MEMBERS)
    found = Member.objects.select_related("account", "organisation").filter(uuid=member).first()
    if found is None:
        raise UnknownError
    return found


def _place(said: dict[str, Any]) -> members.RolePlace:
    return members.RolePlace(said["region"], said["site"], said["team"])


def _done(request: MemberRequest, act: Any) -> HttpResponse:
    try:
        act()
    except RefusedActionError as refusal:
        messages.error(request, str(refusal))
    return redirect("members", organisation=request.member.organisation.key)


def _form(request: MemberRequest, form: Any, act: Any, title: str) -> HttpResponse:
    home = reverse("members", args=[request.member.organisation.key])
    return answer_form(request, form, act, then=home, context={"title": title})
