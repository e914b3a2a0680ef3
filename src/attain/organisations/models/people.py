"""The people of an organisation, and who was in which team when."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from attain.organisations.models.places import Programme, Site
from attain.organisations.models.tenancy import OwnedRow


class Team(OwnedRow):
    """People of a site who are led together, on one programme or on any."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="teams")
    programme = models.ForeignKey(
        Programme, models.PROTECT, null=True, blank=True, related_name="teams"
    )
    key = models.SlugField(_("key"), max_length=60)
    name = models.CharField(_("name"), max_length=200)

    class Meta:
        constraints = (models.UniqueConstraint("site", "key", name="one_team_a_key"),)
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Person(OwnedRow):
    """Somebody who works for the organisation, whether or not they sign in.

    `employee_number` is a text as the organisation writes it, and may be used again for somebody
    else: the row is the identity, not the number.
    """

    name = models.CharField(_("name"), max_length=200)
    employee_number = models.CharField(_("employee number"), max_length=60, blank=True)
    grade = models.CharField(_("grade"), max_length=60, blank=True)
    account = models.ForeignKey(
        "organisations.Account", models.PROTECT, null=True, blank=True, related_name="people"
    )
    left_on = models.DateField(_("left on"), null=True, blank=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Posting(OwnedRow):
    """From when until when a person was in a team; an open one has no end.

    What a person did belongs to the team of that day. The postings of a person do not overlap,
    which `actions.people.post_person` sees to.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="postings")
    team = models.ForeignKey(Team, models.PROTECT, related_name="postings")
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")),
                name="posting_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                "person", condition=models.Q(until=None), name="one_open_posting_a_person"
            ),
        )
        ordering = ("since",)
