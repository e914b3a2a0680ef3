"""Where somebody is signed in."""

from uuid import uuid4

from django.db import models

from attain.organisations.models.accounts import Account


class SignIn(models.Model):
    """One time that somebody signed in: since when, when seen last, by which browser, from where.

    Its session names it by `uuid`, so that it outlasts a new key of the session. Once it has ended
    its session opens nothing. `address` is shortened before it is kept.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="sign_ins")
    begun_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    agent = models.CharField(max_length=300, blank=True)
    address = models.CharField(max_length=45, blank=True)

    def __str__(self) -> str:
        return f"{self.account}, {self.begun_at:%Y-%m-%d %H:%M}"
