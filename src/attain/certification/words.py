"""What the room says to people: refusals, conflicts and months, in the language of the reader."""

from collections.abc import Mapping

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from attain.certification.rules.independence import Conflict
from attain.measurement.periods import Month

CONFLICTS: Mapping[Conflict, str | Promise] = {
    Conflict.APPLIED: _(
        "Whoever applied or submitted does not review or decide. Ask a colleague who had no hand "
        "in the application."
    ),
    Conflict.ASSESSED: _(
        "Whoever assessed a review does not decide. Ask somebody who did not assess."
    ),
    Conflict.RECORDED_ANSWERS: _(
        "Whoever recorded answers of an interview does not decide. Ask somebody who did not assess."
    ),
    Conflict.ANSWERED_CORRECTIVE: _(
        "Whoever answered the corrective action does not re-test it. Ask an assessor."
    ),
    Conflict.WITHDREW: _(
        "Whoever withdrew the certificate does not decide on the appeal. Ask somebody else."
    ),
}


def month_words(month: Month) -> str:
    """Write a month for a person."""
    return date_format(month.first_day, "YEAR_MONTH_FORMAT")
