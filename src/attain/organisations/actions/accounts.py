"""Accounts: opened, and changed by who signs in with them."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from attain.organisations.actions.audit import record
from attain.organisations.models import Account


def open_account(*, email: str, name: str, password: str) -> Account:
    """Return the account of an address, opened with a password where there is none yet.

    ValidationError where the password is too weak, or the address or the name cannot be.
    """
    found = Account.objects.filter(email=email.casefold()).first()
    if found is not None:
        return found
    account = Account(email=email.casefold(), name=name)
    validate_password(password, account)
    account.full_clean(exclude=["password"])
    return Account.objects.create_user(email, name, password)


@transaction.atomic
def change_preferences(*, account: Account, name: str, language: str, timezone: str) -> None:
    """Change one's own name, language and time zone."""
    account.name, account.language, account.timezone = name, language, timezone
    account.full_clean(exclude=["password"])
    account.save(update_fields=["name", "language", "timezone"])
    record(
        by=None,
        action="organisations.change_preferences",
        kind="account",
        key=str(account.pk),
        details={"name": name, "language": language, "timezone": timezone},
    )


def tell_sign_in(*, account: Account, verb: str, details: Mapping[str, Any]) -> None:
    """Keep that somebody changed how they sign in: never what they sign in with."""
    record(
        by=None,
        action=f"organisations.{verb}",
        kind="account",
        key=str(account.pk),
        details={"name": account.name, **details},
    )
