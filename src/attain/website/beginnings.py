"""Beginning an organisation from the command line, with the first of its administrators."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from attain.organisations.actions.accounts import open_account
from attain.organisations.actions.members import make_administrator
from attain.organisations.actions.places import found_organisation


class RefusedBeginningError(Exception):
    """An organisation, or its administrator, that cannot be: every reason on a line."""


def begin(key: str, name: str, timezone: str, email: str, person: str, password: str) -> str:
    """Begin an organisation and its administrator, both or neither; return where it answers.

    Somebody who has an account already becomes the administrator with the password that they have.
    """
    try:
        with transaction.atomic():
            organisation = found_organisation(key=key, name=name, timezone=timezone)
            account = open_account(email=email, name=person, password=password)
            make_administrator(organisation=organisation, account=account)
    except ValidationError as refusal:
        raise RefusedBeginningError("\n".join(_lines(refusal))) from refusal
    return f"{settings.PUBLIC_URL}/o/{organisation.key}/"


def _lines(refusal: ValidationError) -> list[str]:
    if not hasattr(refusal, "error_dict"):
        return [str(message) for message in refusal.messages]
    told = refusal.message_dict.items()
    return [f"{field}: {message}" for field, messages in told for message in messages]
