"""Where somebody is signed in, as they see it themselves."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Case, CharField, Q, QuerySet, Value, When

from attain.organisations.errors import UnknownError
from attain.organisations.models import Account, SignIn

HERE, OPEN, OVER = "here", "open", "over"


def goes_on(account: Account, uuid: str) -> bool:
    """Say whether the sign-in that a session names was not ended."""
    return SignIn.objects.filter(uuid=uuid, account=account, ended_at=None).exists()


def own_sign_ins(account: Account, now: datetime, here: str | None = None) -> QuerySet[SignIn]:
    """Return the sign-ins of an account, the latest first, each with its `state`.

    One of which nothing was seen for longer than a session may be idle is over as well.
    """
    own = (When(uuid=UUID(here), ended_at=None, then=Value(HERE)),) if here else ()
    state = Case(
        *own,
        When(_is_open(now), then=Value(OPEN)),
        default=Value(OVER),
        output_field=CharField(),
    )
    rows = SignIn.objects.filter(account=account).annotate(state=state)
    return rows.order_by("-begun_at", "-pk")


def is_open_elsewhere(account: Account, now: datetime, here: str | None) -> bool:
    """Say whether somebody is signed in anywhere but where they ask."""
    rows = SignIn.objects.filter(_is_open(now), account=account)
    return (rows.exclude(uuid=here) if here else rows).exists()


def find_sign_in(account: Account, uuid: UUID) -> SignIn:
    """Return one of one's own sign-ins; UnknownError where it is somebody else's, or none."""
    found = SignIn.objects.select_related("account").filter(account=account, uuid=uuid).first()
    if found is None:
        raise UnknownError
    return found


def _is_open(now: datetime) -> Q:
    idle = timedelta(seconds=settings.SESSION_IDLE_SECONDS)
    longest = timedelta(seconds=settings.SESSION_COOKIE_AGE)
    return Q(ended_at=None, seen_at__gte=now - idle, begun_at__gte=now - longest)
