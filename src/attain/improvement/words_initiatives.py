"""What is said of what an initiative brought, in words that are translated."""

from django.utils.translation import gettext_lazy as _

from attain.improvement.rules.outcomes import BenefitVerdict

VERDICTS = {
    BenefitVerdict.BETTER: _("The metric got better, by more than months differ by chance."),
    BenefitVerdict.WORSE: _("The metric got worse, by more than months differ by chance."),
    BenefitVerdict.NOISE: _("No more than noise: months differ as much by chance."),
    BenefitVerdict.UNDETERMINED: _(
        "It cannot be told yet: two months with figures are needed on each side."
    ),
}
AS_PLANNED = {
    True: _("The planned difference lies in the interval."),
    False: _("The planned difference lies outside the interval."),
    None: "",
}
SIDES = {"before": _("Before"), "after": _("After"), "between": _("Between")}
