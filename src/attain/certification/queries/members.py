"""Who may do something at a centre, to choose from."""

from django.db.models import QuerySet

from attain.organisations.pages import Centre, Member
from attain.organisations.queries import may
from attain.organisations.rules import Permission


def who_may(permission: Permission, centre: Centre) -> QuerySet[Member]:
    """Return the members who may do something at a centre, by name."""
    members = Member.objects.filter(suspended_at=None, account__is_active=True)
    able = [
        each.pk
        for each in members.select_related("account").prefetch_related("roles")
        if may(each, permission, centre)
    ]
    return Member.objects.filter(pk__in=able).select_related("account").order_by("account__name")
