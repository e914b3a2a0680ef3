"""The tables of the room's pages."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from attain.certification.queries.estate import EstateRow
from attain.certification.queries.verdicts import DEFAULT_SCHEME, language_of
from attain.organisations.tables import DataTable, NumberColumn, StateColumn


def _language_of_titles(record: EstateRow) -> str:
    return language_of(record.scheme)


# The titles of requirements are in a language of the scheme, in whatever language the page is.
_TITLES = {"td": {"lang": _language_of_titles}}


def _centre_address(record: EstateRow) -> str:
    key = record.centre.organisation.key
    page = reverse("certification-centre", args=[key, record.centre.key])
    return page if record.scheme == DEFAULT_SCHEME else f"{page}?scheme={record.scheme}"


def _certificate_address(record: EstateRow) -> str | None:
    if record.certificate is None:
        return None
    key = record.centre.organisation.key
    return reverse("certification-certificate", args=[key, record.certificate.number])


class EstateTable(DataTable):
    """The estate: a row for each centre."""

    centre = tables.Column(_("Centre"), accessor="centre__name", linkify=_centre_address)
    region = tables.Column(_("Region"), accessor="centre__site__region__name", default="–")
    tier = NumberColumn(_("Tier by figures"), default="–")
    certified = NumberColumn(_("Certified tier"), accessor="certificate__tier", default="–")
    standing = StateColumn(_("Certificate"), default="–")
    certificate = tables.Column(
        _("Number"),
        accessor="certificate__number",
        linkify=_certificate_address,
        default="–",
        attrs={"td": {"class": "text-nowrap"}},
    )
    blocking = tables.Column(
        _("What keeps it from the next tier"), accessor="blocking_words", default="–", attrs=_TITLES
    )
    at_risk = tables.Column(
        _("What a bad month would cost"), accessor="risk_words", default="–", attrs=_TITLES
    )
    next_date = tables.DateColumn(
        verbose_name=_("Next date"),
        short=False,
        default="–",
        attrs={"td": {"class": "text-nowrap"}},
    )

    class Meta(DataTable.Meta):
        hidden = ("at_risk",)
        label = _("The estate")
