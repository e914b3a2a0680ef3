"""The organisation and its places: regions, sites, programmes, and the centres assessed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from attain.organisations.models.accounts import validate_timezone
from attain.organisations.models.tenancy import OwnedRow, TenantManager


class Organisation(models.Model):
    """A tenant: whose sites, people and figures are apart from everybody else's."""

    key = models.SlugField(_("key"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=200)
    timezone = models.CharField(_("time zone"), max_length=64, validators=[validate_timezone])
    suspended_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class Region(OwnedRow):
    """Sites that are led together."""

    key = models.SlugField(_("key"), max_length=60)
    name = models.CharField(_("name"), max_length=200)

    class Meta:
        constraints = (models.UniqueConstraint("organisation", "key", name="one_region_a_key"),)
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Site(OwnedRow):
    """Where customers are served: a building, or a home-based operation led as one.

    `timezone` decides its local dates. A site that is closed keeps its history.
    """

    class Kind(models.TextChoices):
        """What the site does."""

        CONTACT_CENTRE = "contact_centre", _("Contact centre")
        BPO = "bpo", _("Business process outsourcing")
        WEB_HOSTING = "web_hosting", _("Web hosting")
        FIELD_SERVICE = "field_service", _("Field service")

    class Operation(models.TextChoices):
        """Who runs the site."""

        INTERNAL = "internal", _("Internal")
        THIRD_PARTY = "third_party", _("Third party")

    key = models.SlugField(_("key"), max_length=60)
    name = models.CharField(_("name"), max_length=200)
    region = models.ForeignKey(
        Region,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sites",
        verbose_name=_("region"),
    )
    timezone = models.CharField(_("time zone"), max_length=64, validators=[validate_timezone])
    operation = models.CharField(
        _("operation"), max_length=20, choices=Operation, default=Operation.INTERNAL
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.CONTACT_CENTRE)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint("organisation", "key", name="one_site_a_key"),
            models.CheckConstraint(
                condition=models.Q(operation__in=["internal", "third_party"]), name="site_operation"
            ),
        )
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class OpeningHoursManager(TenantManager["OpeningHours"]):
    """Finds the opening hours of the organisation in scope."""

    path = "site__organisation"


class OpeningHours(models.Model):
    """From when until when a site is open on a day of the week, in its own time.

    A day without a row is closed; two rows make a day with a break. Hours that close at the time
    at which they open, or before, end on the next day.
    """

    site = models.ForeignKey(Site, models.CASCADE, related_name="opening_hours")
    weekday = models.PositiveSmallIntegerField(_("weekday"))
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(_("closes"))

    objects = OpeningHoursManager()

    class Meta:
        constraints = (
            models.UniqueConstraint("site", "weekday", "opens", name="one_opening_at_a_time"),
            models.CheckConstraint(
                condition=models.Q(weekday__lte=6), name="weekday_is_one_of_seven"
            ),
        )
        ordering = ("weekday", "opens")


class Programme(OwnedRow):
    """A client's work, which may be done at several sites."""

    key = models.SlugField(_("key"), max_length=60)
    name = models.CharField(_("name"), max_length=200)
    client = models.CharField(_("client"), max_length=200)

    class Meta:
        constraints = (models.UniqueConstraint("organisation", "key", name="one_programme_a_key"),)
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Centre(OwnedRow):
    """What is measured and assessed: a whole site, or one programme as it is served at a site.

    Every process, reading, document and certificate belongs to a centre. `channels` are those in
    which the centre is contacted.
    """

    site = models.ForeignKey(Site, models.PROTECT, related_name="centres")
    programme = models.ForeignKey(
        Programme, models.PROTECT, null=True, blank=True, related_name="centres"
    )
    key = models.SlugField(_("key"), max_length=125)
    name = models.CharField(_("name"), max_length=400)
    channels = models.JSONField(_("channels"), default=list, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint("organisation", "key", name="one_centre_a_key"),
            models.UniqueConstraint(
                "site", condition=models.Q(programme=None), name="one_centre_is_the_whole_site"
            ),
            models.UniqueConstraint("site", "programme", name="one_centre_a_programme_at_a_site"),
        )
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name
