"""The API of what is a member's own: who they are, their notices, tokens and sign-ins."""

from datetime import UTC, datetime, time
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Path, Query, Router, Schema, Status

from attain.organisations import queries
from attain.organisations.actions import notices, sign_ins, tokens
from attain.organisations.api_members import HeldOut
from attain.organisations.api_parts import (
    Day,
    Line,
    Listed,
    PageAsked,
    Said,
    answers,
    listed,
    member_of,
    now,
)
from attain.organisations.browsers import browser_words
from attain.organisations.errors import ForbiddenError, UnknownError
from attain.organisations.models import ApiToken, Member, NoticePreference, SignIn
from attain.organisations.notice_queries import mail_preferences, may_be_told, own_notices
from attain.organisations.rules import Permission
from attain.organisations.sign_in_queries import find_sign_in, own_sign_ins

router = Router(tags=["own"])
Asked = Query[PageAsked]
# Named as in the description of the API: a list of the names is its enumeration there.
PermissionName = Annotated[
    str,
    Field(
        json_schema_extra={
            "enum": [permission.name for permission in Permission],
            "examples": [Permission.READ_FIGURES.name],
        }
    ),
]


class MeOut(Schema):
    """The member for whom a program acts, and what its token permits it to do somewhere."""

    uuid: UUID
    name: str
    email: str
    organisation: str
    roles: list[HeldOut]
    permissions: list[str]
    until: datetime


class NoticeOut(Schema):
    """Something that a member was told; `link` is its page."""

    uuid: UUID
    subject: str
    text: str
    link: str
    at: datetime
    read_at: datetime | None


class ReadIn(Said):
    """Notices that were read; without any named, all of them."""

    notices: Annotated[list[UUID] | None, Field(max_length=500, examples=[None])] = None


class CountOut(Schema):
    """How many are left."""

    unread: int


class MailOut(Schema):
    """When mail is sent about a subject of notices."""

    subject: str
    mail: NoticePreference.Mail


class MailIn(Said):
    """When mail is to be sent about a subject of notices."""

    mail: NoticePreference.Mail


class TokenOut(Schema):
    """A token of the member, which may have ended."""

    uuid: UUID
    name: str
    permissions: list[str]
    made_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    used_on: str | None

    @staticmethod
    def resolve_used_on(token: ApiToken) -> str | None:
        """Return the day on which the token was used last."""
        return token.used_on.isoformat() if token.used_on else None


class MadeTokenOut(TokenOut):
    """A token that was made, with its secret, which is told this once."""

    secret: str


class SessionOut(Schema):
    """Where the member is signed in, or was in the last month; `address` is shortened."""

    uuid: UUID
    begun_at: datetime
    seen_at: datetime
    browser: str
    address: str
    state: Literal["open", "over"]

    @staticmethod
    def resolve_browser(row: SignIn) -> str:
        """Return the browser in words."""
        return browser_words(row.agent)


class EndedOut(Schema):
    """How many sign-ins were ended."""

    ended: int


class TokenIn(Said):
    """A token: what for, until when, and what it permits."""

    name: Annotated[Line, Field(max_length=100, examples=["Nightly readings"])]
    until: Day
    permissions: Annotated[list[PermissionName], Field(min_length=1, max_length=50)]


@router.get("/me", response=answers((200, MeOut)))
def me(request: HttpRequest) -> Any:
    """Say for whom the program acts, and what its token permits."""
    member = member_of(request)
    permitted = sorted(p.name for p in Permission if queries.may_somewhere(member, p))
    return {
        "uuid": member.uuid,
        "name": member.account.name,
        "email": member.account.email,
        "organisation": member.organisation.key,
        "roles": member.roles.select_related("region", "site", "team").order_by("pk"),
        "permissions": permitted,
        "until": member.limited_until,
    }


@router.get("/notices", response=answers((200, Listed[NoticeOut])))
def notice_list(
    request: HttpRequest, asked: Asked, show: Query[Literal["all", "unread"]] = "all"
) -> Any:
    """List what the member was told about what the token lets it see, the latest first."""
    rows = own_notices(member_of(request))
    return listed(rows.filter(read_at=None) if show == "unread" else rows, asked)


@router.post("/notices/read", response=answers((200, CountOut)))
def read(request: HttpRequest, said: ReadIn) -> Any:
    """Note that the member has read some notices, or all of them."""
    member = member_of(request)
    rows = own_notices(member)
    chosen = rows if said.notices is None else rows.filter(uuid__in=said.notices)
    notices.mark_read(member=member, now=now(), notices=chosen)
    return {"unread": rows.filter(read_at=None).count()}


@router.get("/notices/mail", response=answers((200, Listed[MailOut])))
def mail(request: HttpRequest, asked: Asked) -> Any:
    """List when mail is sent about each subject."""
    told = [{"subject": s, "mail": m} for s, m in mail_preferences(member_of(request)).items()]
    return {"count": len(told), "items": told[asked.offset : asked.offset + asked.limit]}


@router.put("/notices/mail/{subject}", response=answers((200, MailOut)))
def prefer_mail(request: HttpRequest, subject: Path[notices.Subject], said: MailIn) -> Any:
    """Say when mail is sent about a subject."""
    member = member_of(request)
    if not may_be_told(member, subject):
        raise ForbiddenError(notices.NEEDED[subject])
    notices.prefer_mail(member=member, subject=subject, mail=said.mail)
    return {"subject": subject, "mail": said.mail}


@router.get("/tokens", response=answers((200, Listed[TokenOut])))
def token_list(request: HttpRequest, asked: Asked) -> Any:
    """List the member's own tokens, the latest first."""
    return listed(_tokens(_user(request)), asked)


@router.post("/tokens", response=answers((201, MadeTokenOut)))
def make_token(request: HttpRequest, said: TokenIn) -> Any:
    """Make a token that permits no more and lasts no longer than the one that asks."""
    member = _user(request)
    known = {permission.name: permission for permission in Permission}
    unknown = sorted(set(said.permissions) - known.keys())
    if unknown:
        raise UnknownError(f"There is no permission {', '.join(unknown)}.")
    made = tokens.make_token(
        name=said.name,
        permissions=[known[name] for name in said.permissions],
        expires_at=datetime.combine(said.until, time(23, 59), UTC),
        now=now(),
        by=member,
    )
    made.token.secret = made.secret  # type: ignore[attr-defined]
    return Status(201, made.token)


@router.post("/tokens/{token}/revoke", response=answers((200, TokenOut)))
def revoke_token(request: HttpRequest, token: Path[UUID]) -> Any:
    """Revoke one of the member's own tokens: from the next request on it opens nothing."""
    member = _user(request)
    found = _tokens(member).filter(uuid=token).first()
    if found is None:
        raise UnknownError
    tokens.revoke_token(token=found, now=now(), by=member)
    found.refresh_from_db()
    return found


@router.get("/me/sessions", response=answers((200, Listed[SessionOut])))
def session_list(request: HttpRequest, asked: Asked) -> Any:
    """List where the member is signed in, and was in the last month, the latest first."""
    return listed(own_sign_ins(_user(request).account, now()), asked)


@router.delete("/me/sessions", response=answers((200, EndedOut)))
def end_sessions(request: HttpRequest) -> Any:
    """End every sign-in of the member; tokens go on."""
    account = _user(request).account
    return {"ended": sign_ins.end_other_sign_ins(account=account, kept=None, now=now())}


@router.delete("/me/sessions/{session}", response=answers((200, SessionOut)))
def end_session(request: HttpRequest, session: Path[UUID]) -> Any:
    """End one sign-in of the member: from its next request on it opens nothing."""
    account, at = _user(request).account, now()
    sign_ins.end_sign_in(sign_in=find_sign_in(account, session), now=at)
    return own_sign_ins(account, at).get(uuid=session)


def _user(request: HttpRequest) -> Member:
    member = member_of(request)
    queries.demand_somewhere(member, Permission.ANALYSE)
    return member


def _tokens(member: Member) -> Any:
    return ApiToken.objects.filter(member=member).order_by("-made_at", "-pk")
