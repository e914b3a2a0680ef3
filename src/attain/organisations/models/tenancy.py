"""What every row of an organisation has in common: whose it is, and which version."""

from typing import TypeVar
from uuid import uuid4

from django.db import models
from django_scopes import get_scope
from django_scopes.manager import DisabledQuerySet

Row = TypeVar("Row", bound=models.Model)


class TenantManager(models.Manager[Row]):
    """Finds the rows of the organisation in scope; asked without a scope, it refuses.

    `path` leads from the row to its organisation.
    """

    path = "organisation"

    def get_queryset(self) -> models.QuerySet[Row]:
        """Return the rows of the organisation in scope."""
        scope = get_scope()
        if not scope.get("_enabled", True):
            return super().get_queryset()
        if "organisation" not in scope:
            refusing: models.QuerySet[Row] = DisabledQuerySet(
                self.model, using=self._db, missing_scopes={"organisation"}
            )
            return refusing
        return super().get_queryset().filter(**{self.path: scope["organisation"]})


class OwnedRow(models.Model):
    """A row of one organisation. Asked for without naming the organisation, it is not found.

    `id` is used inside, `uuid` by other systems and in addresses. `version` counts the changes: an
    action changes a row only where it still has the version that its editor saw.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects = TenantManager()

    class Meta:
        abstract = True
