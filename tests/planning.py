"""What tests of addresses share: plans of a roadmap of which one step is appraised."""

from attain.improvement.actions.appraising import appraise
from attain.improvement.actions.planning import make_plan
from attain.improvement.models import Goal, KeptPlan, Roadmap
from attain.improvement.rules.appraisal import Range
from attain.improvement.rules.kept_plans import PlanWishes
from attain.improvement.rules.saying import StepSaid
from attain.organisations.models import Member
from improving import NOW


def plans_of_one_step(
    by: Member, roadmap: Roadmap, *titles: str, step: str = "leeds/forecast/2"
) -> list[KeptPlan]:
    """Say of a step what it costs and brings, and make plans of it."""
    amount, nothing = Range.exactly(100_00), Range.exactly(0)
    impacts = dict.fromkeys(Goal.objects.values_list("key", flat=True), 5)
    said = StepSaid(amount, nothing, amount, impacts=impacts, days=5)
    appraise(by=by, roadmap=roadmap, step=step, seen=0, said=said, now=NOW)
    asked = [PlanWishes(title, (5,) * roadmap.quarters) for title in titles]
    return [make_plan(by=by, roadmap=roadmap, wishes=wishes, now=NOW) for wishes in asked]
