"""Sign-ins: begun, seen, and ended by whose they are."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from attain.organisations.actions.accounts import tell_sign_in
from attain.organisations.browsers import shortened_address
from attain.organisations.models import Account, SignIn

KEPT = timedelta(days=30)
_LONGEST_AGENT = 300


def begin_sign_in(*, account: Account, agent: str, address: str, now: datetime) -> SignIn:
    """Note that somebody signed in; of where from, no more than its network."""
    return SignIn.objects.create(
        account=account,
        begun_at=now,
        seen_at=now,
        agent="".join(sign for sign in agent if sign.isprintable())[:_LONGEST_AGENT],
        address=shortened_address(address),
    )


def see_sign_in(*, uuid: str, now: datetime) -> None:
    """Note when a sign-in was seen last; who is asked with calls it once a minute at most."""
    SignIn.objects.filter(uuid=uuid).update(seen_at=now)


def leave_sign_in(*, uuid: str, now: datetime) -> None:
    """Note that a sign-in is over because its own browser signed out, or was idle too long."""
    SignIn.objects.filter(uuid=uuid, ended_at=None).update(ended_at=now)


@transaction.atomic
def end_sign_in(*, sign_in: SignIn, now: datetime) -> None:
    """End a sign-in from elsewhere: from its next request on its browser opens nothing."""
    if _end(SignIn.objects.filter(pk=sign_in.pk), now):
        told = {"sign_in": str(sign_in.uuid), "begun": sign_in.begun_at}
        tell_sign_in(account=sign_in.account, verb="end_sign_in", details=told)


@transaction.atomic
def end_other_sign_ins(*, account: Account, kept: UUID | None, now: datetime) -> int:
    """End every sign-in of an account but one; return how many there were."""
    count = drop_sign_ins(account=account, kept=kept, now=now)
    if count:
        tell_sign_in(account=account, verb="end_other_sign_ins", details={"count": count})
    return count


def drop_sign_ins(*, account: Account, kept: UUID | None, now: datetime) -> int:
    """Note that all sign-ins but one ended with what the caller tells the trail: a new password."""
    rows = SignIn.objects.filter(account=account)
    return _end(rows.exclude(uuid=kept) if kept else rows, now)


def prune(now: datetime) -> int:
    """Forget sign-ins of which nothing was seen for a month; return how many."""
    return SignIn.objects.filter(seen_at__lt=now - KEPT).delete()[0]


def _end(rows: QuerySet[SignIn], now: datetime) -> int:
    return rows.filter(ended_at=None).update(ended_at=now)
