"""Two plans of a roadmap beside each other."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from attain.improvement.forms_plans import CompareForm
from attain.improvement.plan_words import days_words, money_words, quarter_words, value_words
from attain.improvement.queries.finding import find_plan
from attain.improvement.queries.plans import PlanPage, plan_page, plans_of
from attain.improvement.rules.offering import PlanUnit
from attain.improvement.rules.plans import PlanComparison, compare_plans
from attain.improvement.showing_plans import cost_words, shown
from attain.improvement.views.plan_common import about, find
from attain.organisations.pages import MemberRequest


@require_GET
def show(request: MemberRequest, roadmap: UUID, plan: UUID) -> HttpResponse:
    """Show what a plan and another of the same roadmap differ by."""
    one = find(request, roadmap, plan)
    others = [each for each in plans_of(one.roadmap) if each.pk != one.pk]
    form = CompareForm(request.GET if "other" in request.GET else None, plans=others)
    context = {**about(request, one.roadmap), "plan": one, "others": others, "form": form}
    if form.is_bound and form.is_valid():
        other = find_plan(one.roadmap, UUID(form.cleaned_data["other"]))
        context |= {"other": other, **_compared(plan_page(one), plan_page(other))}
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "improvement/plan_compare.html", context, status=status)


def _compared(first: PlanPage, second: PlanPage) -> dict[str, Any]:
    made = compare_plans(first.plan, second.plan)
    titles = {each.key: each.words for page in (first, second) for each in page.steps}
    return {
        "figures": _figures(first, second, made),
        "only": [
            {
                "title": _("Only in %(plan)s") % {"plan": page.kept.title},
                "steps": _steps(keys, titles),
            }
            for page, keys in ((first, made.only_first), (second, made.only_second))
        ],
        "moved": [
            {"words": titles[key], "first": quarter_words(was), "second": quarter_words(now)}
            for key, was, now in made.moved
        ],
        "levels": _levels(first, second),
    }


def _steps(keys: Any, titles: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"key": key, "words": titles[key]} for key in keys]


def _figures(first: PlanPage, second: PlanPage, made: PlanComparison) -> list[dict[str, str]]:
    """Return value, cost, effort and steps of both plans, and by how much the second differs."""
    one, other = first.basis, second.basis
    is_alike = one.offer.unit is other.offer.unit and one.currency == other.currency
    apart = _("They count in different units.")
    value = _signed(made.value, lambda n: value_words(n, one.offer.unit, one.currency))
    rows = [
        (
            _("Brings"),
            *(value_words(p.plan.value, p.basis.offer.unit, p.basis.currency)
              for p in (first, second)),
            value if is_alike else apart,
        ),
        (
            _("Costs once"),
            *(cost_words(p.plan.cost, p.basis.currency, is_priced=not p.unpriced)
              for p in (first, second)),
            _signed(made.cost, lambda n: money_words(n, one.currency)),
        ),
        (
            _("Effort"),
            *(days_words(p.plan.days) for p in (first, second)),
            _signed(made.days, days_words),
        ),
    ]  # fmt: skip
    if one.offer.unit is PlanUnit.MONEY and is_alike:
        net = [page.plan.value - page.plan.cost for page in (first, second)]
        words = [money_words(each, one.currency) for each in net]
        more = _signed(net[1] - net[0], lambda n: money_words(n, one.currency))
        rows.insert(2, (_("Brings less its cost"), *words, more))
    names = ("title", "first", "second", "difference")
    return [dict(zip(names, row, strict=True)) for row in rows]


def _signed(number: int, words: Any) -> str:
    return f"+{words(number)}" if number > 0 else str(words(number))


def _levels(first: PlanPage, second: PlanPage) -> list[dict[str, Any]]:
    """Return how each place stands by the end of either plan, and when it rises."""
    one, other = shown(first)["reached"], shown(second)["reached"]
    return [
        {
            "place": left["place"],
            "model": left["model"],
            "language": left["language"],
            "today": left["today"],
            "first": _at_the_end(left),
            "second": _at_the_end(right),
        }
        for left, right in zip(one, other, strict=True)
    ]


def _at_the_end(reached: dict[str, Any]) -> str:
    risen = [quarter_words(n) for n, cell in enumerate(reached["cells"]) if cell["rises"]]
    last: str = reached["cells"][-1]["words"] if reached["cells"] else reached["today"]
    if not risen:
        return last
    return _("%(level)s (rises in %(quarters)s)") % {"level": last, "quarters": ", ".join(risen)}
