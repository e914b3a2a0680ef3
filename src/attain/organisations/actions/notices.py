"""Telling members what concerns them: each thing once, in the app and by mail as they prefer."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from itertools import groupby

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_scopes import scopes_disabled

from attain.organisations.models import Member, Notice, NoticePreference
from attain.organisations.rules import Permission


class Subject(StrEnum):
    """What a notice is about."""

    CERTIFICATE = "certificate"
    CORRECTIVE = "corrective"
    APPLICATION = "application"
    FIGURES = "figures"
    ASSESSMENT = "assessment"
    INITIATIVE = "initiative"


SUBJECTS = {
    Subject.CERTIFICATE: gettext_lazy("Certificates: at risk, suspended, ending"),
    Subject.CORRECTIVE: gettext_lazy("Corrective actions: raised, due, overdue"),
    Subject.APPLICATION: gettext_lazy("Applications: submitted, reviewed, decided"),
    Subject.FIGURES: gettext_lazy("Figures: missing, imported, restated"),
    Subject.ASSESSMENT: gettext_lazy("Assessments: named, handed in, due"),
    Subject.INITIATIVE: gettext_lazy("Initiatives: owned, due, done"),
}
# What it takes to see what a notice is about.
NEEDED = {
    Subject.CERTIFICATE: Permission.READ_CERTIFICATION,
    Subject.CORRECTIVE: Permission.READ_CERTIFICATION,
    Subject.APPLICATION: Permission.READ_CERTIFICATION,
    Subject.FIGURES: Permission.READ_FIGURES,
    Subject.ASSESSMENT: Permission.READ_ASSESSMENTS,
    Subject.INITIATIVE: Permission.READ_ROADMAPS,
}
LONGEST = 500
_DIGEST, _AT_ONCE = NoticePreference.Mail.DIGEST, NoticePreference.Mail.AT_ONCE


def tell(
    *,
    members: Iterable[Member],
    subject: str,
    key: str,
    text: str | Promise,
    link: str,
    now: datetime,
) -> None:
    """Tell members something, unless they were told it before; who wants mail at once gets it.

    `key` says what it is, such as `at-risk LEEDS-3 2026-10`; `link` is where it can be looked at.
    """
    told = [
        Notice(
            organisation=member.organisation,
            member=member,
            subject=subject,
            key=key,
            text=_for(member, text),
            link=link,
            at=now,
        )
        for member in members
    ]
    with transaction.atomic(), scopes_disabled():
        before = Notice.objects.filter(key=key, member__in=[n.member for n in told])
        known = set(before.values_list("member", flat=True))
        new = [notice for notice in told if notice.member.pk not in known]
        Notice.objects.bulk_create(new, ignore_conflicts=True)
        at_once = _preferring(_AT_ONCE, subject, [notice.member for notice in new])
        for notice in new:
            if notice.member.pk in at_once:
                transaction.on_commit(lambda notice=notice: _mail([notice], now))  # type: ignore[misc]


def send_digests(*, now: datetime) -> int:
    """Mail what members were told since the last time, all together; return how many mails."""
    with scopes_disabled():
        waiting = Notice.objects.filter(mailed_at=None, read_at=None).select_related(
            "member__account", "organisation"
        )
        other = NoticePreference.objects.exclude(mail=_DIGEST)
        declined = set(other.values_list("member", "subject"))
        wanted = [n for n in waiting.order_by("member", "at") if _key(n) not in declined]
        sent = 0
        for _member, notices in groupby(wanted, key=lambda notice: notice.member_id):
            _mail(list(notices), now)
            sent += 1
    return sent


@transaction.atomic
def mark_read(*, member: Member, now: datetime, notices: Iterable[Notice] | None = None) -> None:
    """Note that a member has read some notices, or all of theirs."""
    mine = Notice.objects.filter(member=member, read_at=None)
    if notices is not None:
        mine = mine.filter(pk__in=[notice.pk for notice in notices])
    mine.update(read_at=now)


@transaction.atomic
def prefer_mail(*, member: Member, subject: str, mail: str) -> None:
    """Say when a member gets mail about a subject."""
    NoticePreference.objects.update_or_create(
        member=member, subject=subject, defaults={"mail": mail}
    )


def _for(member: Member, text: str | Promise) -> str:
    with translation.override(member.account.language or settings.LANGUAGE_CODE):
        return str(text)[:LONGEST]


def _key(notice: Notice) -> tuple[int, str]:
    return notice.member_id, notice.subject


def _preferring(mail: str, subject: str, members: list[Member]) -> set[int]:
    found = NoticePreference.objects.filter(member__in=members, subject=subject, mail=mail)
    return set(found.values_list("member", flat=True))


def _mail(notices: list[Notice], now: datetime) -> None:
    first = notices[0]
    lines = [f"{notice.text}\n{settings.PUBLIC_URL}{notice.link}\n" for notice in notices]
    send_mail(
        _("attain: news of %s") % first.organisation.name,
        "\n".join(lines),
        None,
        [first.member.account.email],
    )
    with scopes_disabled():
        Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(mailed_at=now)
