"""Members are told each thing once, in the app and by mail as they prefer."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scopes_disabled

from attain.organisations.actions import notices
from attain.organisations.models import Notice, NoticePreference
from attain.organisations.rules import Role
from estate import Estate, make_estate

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)


@pytest.fixture
def estate() -> Iterator[Estate]:
    made = make_estate()
    with scopes_disabled():
        yield made


def tell(estate: Estate, *roles: Role, key: str = "at-risk leeds 2026-10") -> None:
    notices.tell(
        members=[estate.member(role) for role in roles],
        subject="certificate",
        key=key,
        text="Leeds is at risk",
        link="/o/northwind/certification/centres/leeds",
        now=NOW,
    )


def test_nobody_is_told_the_same_thing_twice(estate: Estate) -> None:
    tell(estate, Role.SITE_LEAD)
    tell(estate, Role.SITE_LEAD, Role.PROGRAMME_LEAD)
    assert Notice.objects.count() == 2


def test_a_digest_holds_everything_and_goes_out_once(estate: Estate, mailoutbox: Any) -> None:
    tell(estate, Role.SITE_LEAD)
    tell(estate, Role.SITE_LEAD, key="at-risk poole 2026-10")
    assert notices.send_digests(now=NOW) == 1
    assert notices.send_digests(now=NOW) == 0
    [mail] = mailoutbox
    assert mail.to == ["site_lead@northwind.example"]
    assert mail.body.count("Leeds is at risk") == 2


def test_who_wants_no_mail_gets_none(estate: Estate, mailoutbox: Any) -> None:
    lead = estate.member(Role.SITE_LEAD)
    notices.prefer_mail(member=lead, subject="certificate", mail=NoticePreference.Mail.NEVER)
    tell(estate, Role.SITE_LEAD)
    assert notices.send_digests(now=NOW) == 0
    assert mailoutbox == []


def test_who_wants_mail_at_once_gets_it_once_the_change_is_kept(
    estate: Estate, mailoutbox: Any, django_capture_on_commit_callbacks: Any
) -> None:
    lead = estate.member(Role.SITE_LEAD)
    notices.prefer_mail(member=lead, subject="certificate", mail=NoticePreference.Mail.AT_ONCE)
    with django_capture_on_commit_callbacks(execute=True):
        tell(estate, Role.SITE_LEAD)
        assert mailoutbox == []
    assert len(mailoutbox) == 1


def test_one_reads_ones_own_notices_and_nobody_elses(estate: Estate) -> None:
    tell(estate, Role.SITE_LEAD, Role.ANALYST)
    client = Client()
    client.force_login(
        estate.member(Role.SITE_LEAD).account,
        backend="django.contrib.auth.backends.ModelBackend",
    )
    assert "Leeds is at risk" in client.get(reverse("notices", args=["northwind"])).content.decode()
    client.post(reverse("notices-read", args=["northwind"]))
    unread = Notice.objects.filter(read_at=None)
    assert [notice.member for notice in unread] == [estate.member(Role.ANALYST)]
