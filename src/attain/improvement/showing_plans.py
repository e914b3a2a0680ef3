"""A plan in the words of its reader, for its page and for paper."""

from collections.abc import Mapping
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from attain.assessments.words import rolled_words
from attain.improvement.plan_words import (
    LACKING,
    LEFT_OUT,
    LOCKS,
    UNITS,
    days_words,
    gap_words,
    money_words,
    quarter_months,
    quarter_words,
    share_words,
    step_words,
    value_words,
)
from attain.improvement.queries.plans import PlanLine, PlannedStep, PlanPage, SourceReached
from attain.improvement.rules.candidates import Lock, LockKind
from attain.improvement.rules.offering import PlanUnit


def shown(page: PlanPage) -> dict[str, Any]:
    """Return everything that a plan shows, in words."""
    quarters = page.basis.request.means.quarters
    return {
        "figures": _figures(page),
        "gap": gap_words(page.plan, page.basis.offer.unit, page.basis.currency),
        "heads": [_head(page, number) for number in range(quarters)],
        "horizon": _head(page, page.basis.request.horizon - 1),
        "steps": [_step(each, page) for each in page.steps],
        "use": _use(page),
        "sums": _sums(page),
        "reached": [_reached(each) for each in page.reached],
        "left_out": [_left(page, key, LEFT_OUT[why]) for key, why in page.left_out],
        "apart": [
            _left(page, key, ", ".join(str(LACKING[each]) for each in lacking))
            for key, lacking in page.apart
        ],
        "taken": [
            {**_left(page, key, ""), "initiative": page.initiatives.get(key)} for key in page.taken
        ],
        "inputs": inputs_of(page),
    }


def _head(page: PlanPage, number: int) -> dict[str, str]:
    return {"name": quarter_words(number), "months": quarter_months(page.first, number)}


def _figures(page: PlanPage) -> list[dict[str, str]]:
    """Return the few figures at the top: value, cost, what is left of it, effort, steps."""
    unit, currency, plan = page.basis.offer.unit, page.basis.currency, page.plan
    found = [
        (_("Brings"), value_words(plan.value, unit, currency)),
        (_("Costs once"), cost_words(plan.cost, currency, is_priced=not page.unpriced)),
    ]
    if unit is PlanUnit.MONEY:
        found.append((_("Brings less its cost"), money_words(plan.value - plan.cost, currency)))
    found += [
        (_("Effort"), days_words(plan.days)),
        (_("Steps"), str(len(plan.placements))),
    ]
    return [{"label": label, "value": value} for label, value in found]


def cost_words(cost: int, currency: str, *, is_priced: bool) -> str:
    """Write what a plan costs; it is a part of it where costs are not known."""
    amount = money_words(cost, currency)
    return amount if is_priced else _("%(amount)s and more") % {"amount": amount}


def cost_of_line(line: PlanLine) -> str:
    """Write what a plan of a list costs."""
    return cost_words(line.cost, line.currency, is_priced=line.is_priced)


def _step(each: PlannedStep, page: PlanPage) -> dict[str, Any]:
    unit, currency = page.basis.offer.unit, page.basis.currency
    is_unpriced = each.key in page.basis.offer.unpriced
    return {
        "key": each.key,
        "words": each.words,
        "title": each.words.title if each.words else each.key,
        "value": value_words(each.candidate.value, unit, currency),
        "cost": "–" if is_unpriced else money_words(each.candidate.cost, currency),
        "days": days_words(each.candidate.days),
        "cells": [None if days is None else number_format(days) for days in each.days],
        "start": quarter_words(each.placement.start),
        "last": quarter_words(each.placement.last),
        "initiative": each.initiative,
    }


def _use(page: PlanPage) -> list[dict[str, Any]]:
    """Return what is used of the means: a line for the budget, where there is one, and one for
    the capacity, with a cell for each quarter.
    """
    currency = page.basis.currency
    budgets = [
        {
            "used": money_words(each.cost, currency),
            "there": money_words(each.budget, currency) if page.basis.has_budget else "",
            "share": share_words(each.cost, each.budget) if page.basis.has_budget else "",
        }
        for each in page.use
    ]
    days = [
        {
            "used": number_format(each.days, force_grouping=True),
            "there": number_format(each.capacity, force_grouping=True),
            "share": share_words(each.days, each.capacity),
        }
        for each in page.use
    ]
    return [
        {"title": _("Budget"), "cells": budgets},
        {"title": _("Person-days"), "cells": days},
    ]


def _sums(page: PlanPage) -> list[dict[str, str]]:
    unit, currency = page.basis.offer.unit, page.basis.currency
    return [
        {
            **_head(page, each.quarter),
            "cost": money_words(each.cost, currency),
            "value": value_words(each.value, unit, currency),
        }
        for each in page.sums
    ]


def _reached(source: SourceReached) -> dict[str, Any]:
    rule = source.model.roll_up.rule
    said = [rolled_words(rule, s.standing.whole.value, is_whole=True) for s in source.standings]
    return {
        "place": source.place,
        "model": source.model.title,
        "language": source.language,
        "today": said[0],
        "cells": [
            {"words": words, "rises": standing.quarter in source.rises}
            for standing, words in zip(source.standings[1:], said[1:], strict=True)
        ],
        "parts": [_part(source, key) for key in source.model.parts],
    }


def _part(source: SourceReached, key: str) -> dict[str, Any]:
    """Return how a category rolls up, marked where it stands higher than ever before."""
    rule = source.model.roll_up.rule
    figures = [each.standing.parts[key].value for each in source.standings]
    said = [rolled_words("share_at_level" if rule == "ladder" else rule, f) for f in figures]
    before = [[f for f in figures[:n] if f is not None] for n in range(1, len(figures))]
    return {
        "title": source.model.parts[key].title,
        "today": said[0],
        "cells": [
            {"words": words, "rises": now is not None and now > max(earlier, default=now)}
            for now, words, earlier in zip(figures[1:], said[1:], before, strict=True)
        ],
    }


def _left(page: PlanPage, key: str, why: Any) -> dict[str, Any]:
    return {"title": step_words(key, page.words), "words": page.words.get(key), "why": why}


def inputs_of(page: PlanPage) -> list[tuple[str, str]]:
    """Return what a plan was made of, name by name."""
    basis, limits = page.basis, page.kept.limits
    means, currency = basis.request.means, basis.currency
    budget = _per_quarter([money_words(each, currency) for each in means.budget])
    capacity = _per_quarter([days_words(each) for each in means.capacity])
    locks = "; ".join(lock_words(each, page.words) for each in basis.request.locks)
    stops = _("at a gap of %(gap)s %% or after %(work)s units of work, seed %(seed)s")
    return [
        (_("The value counts in"), str(UNITS[basis.offer.unit])),
        (_("The value counts until the end of"), quarter_words(basis.request.horizon - 1)),
        (_("Budget"), budget if basis.has_budget else _("None: capacity alone limits the plan")),
        (_("Capacity"), capacity),
        (_("Locks"), locks or _("None")),
        (_("Steps to choose from"), str(len(basis.request.candidates))),
        (_("The solver stops"), stops % _localised(limits)),
        (_("SHA-256 of what it was made of"), page.fingerprint),
    ]


def _localised(limits: Mapping[str, Any]) -> dict[str, str]:
    return {
        "gap": number_format(limits["gap_percent"], decimal_pos=1),
        "work": f"{limits['work']:g}",
        "seed": str(limits["seed"]),
    }


def _per_quarter(means: list[str]) -> str:
    """Write the means of quarters: once where all are alike, otherwise each by its quarter."""
    if len(set(means)) == 1:
        return _("%(means)s in every quarter") % {"means": means[0]}
    return "; ".join(f"{quarter_words(number)} {each}" for number, each in enumerate(means))


def lock_words(lock: Lock, words: Any) -> str:
    """Return a lock in words, with its step."""
    said = str(LOCKS[lock.kind])
    if lock.kind is LockKind.AT and lock.quarter is not None:
        said = _("Starts in %(quarter)s") % {"quarter": quarter_words(lock.quarter)}
    return f"{step_words(lock.step, words)}: {said}"
