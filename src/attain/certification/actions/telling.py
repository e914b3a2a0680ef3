"""Whom the events of certification concern, and what they are told."""

from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise, lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from attain.certification.models import Application, CorrectiveAction, Decision, WatchResult
from attain.certification.queries.verdicts import titles_in_line
from attain.certification.rules.watching import WatchOutcome
from attain.organisations.actions.notices import tell
from attain.organisations.pages import Centre
from attain.organisations.queries import who_may
from attain.organisations.rules import Permission

# Told to each in their own language, in which the requirements have their titles as well.
_titled = lazy(titles_in_line, str)


def tell_watched(result: WatchResult) -> None:
    """Tell who leads a centre that its certificate is no longer earned, or is at risk."""
    is_lost = result.outcome == WatchOutcome.LOST
    if not is_lost and not result.at_risk:
        return
    words = (
        _("{centre}: the figures no longer bear certificate {number} ({rules})")
        if is_lost
        else _("{centre}: one bad month would cost certificate {number} ({rules})")
    )
    certificate = result.certificate
    rules = _titled(certificate.scheme, result.failing if is_lost else result.risks)
    text = format_lazy(words, centre=certificate.centre, number=certificate.number, rules=rules)
    key = f"watch {certificate.number} {result.month}"
    _tell(certificate.centre, Permission.APPLY, "certificate", key, text, result.at)


def tell_raised(corrective: CorrectiveAction) -> None:
    """Tell who leads a centre that a corrective action was raised, and until when it is due."""
    text = format_lazy(
        _("{centre}: a corrective action is due by {due}"),
        centre=corrective.centre,
        due=corrective.due_on,
    )
    link = reverse("certification-corrective", args=[corrective.organisation.key, corrective.uuid])
    key = f"corrective {corrective.uuid}"
    at = corrective.raised_at
    _tell(corrective.centre, Permission.APPLY, "corrective", key, text, at, link)


def tell_submitted(application: Application, now: datetime) -> None:
    """Tell assessors that an application waits for its reviews."""
    text = format_lazy(
        _("{centre} applies for tier {tier}"), centre=application.centre, tier=application.tier
    )
    key = f"submitted {application.uuid}"
    link = _page_of(application)
    _tell(application.centre, Permission.REVIEW, "application", key, text, now, link)


def tell_decided(decision: Decision) -> None:
    """Tell who leads a centre how its application was decided."""
    application = decision.application
    words = (
        _("{centre}: tier {tier} was awarded")
        if decision.awarded
        else _("{centre}: tier {tier} was not awarded")
    )
    text = format_lazy(words, centre=application.centre, tier=application.tier)
    key, link = f"decided {application.uuid}", _page_of(application)
    _tell(application.centre, Permission.APPLY, "application", key, text, decision.at, link)


def _page_of(application: Application) -> str:
    key = application.centre.organisation.key
    return reverse("certification-application", args=[key, application.uuid])


def _tell(
    centre: Centre,
    permission: Permission,
    subject: str,
    key: str,
    text: str | Promise,
    now: datetime,
    link: str = "",
) -> None:
    page = link or reverse("certification-centre", args=[centre.organisation.key, centre.key])
    members = who_may(permission, centre)
    tell(members=members, subject=subject, key=key, text=text, link=page, now=now)
