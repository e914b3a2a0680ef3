"""What somebody changes of their own account."""

from django.db import transaction

from attain.organisations.actions.audit import record
from attain.organisations.models import Account


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
