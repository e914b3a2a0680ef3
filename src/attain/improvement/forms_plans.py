"""The forms of plans. They check what was typed; whether it can be planned is for the actions."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from attain.improvement.models import KeptPlan, Roadmap
from attain.improvement.money_fields import AmountField
from attain.improvement.plan_words import LOCKS, UNITS, quarter_months, quarter_words, step_words
from attain.improvement.queries.roadmaps import StepWords
from attain.improvement.rules.candidates import Lock, LockKind
from attain.improvement.rules.kept_plans import PlanWishes
from attain.improvement.rules.offering import PlanUnit
from attain.organisations.pages import Member
from attain.organisations.versions import VersionField

MOST_DAYS = 1_000_000
_LOCK = "lock:"
Choices = Sequence[tuple[Any, Any]]


class PlanForm(forms.Form):
    """What a plan is asked for: means of every quarter or of each, and a lock on some steps.

    A quarter of which nothing is said has what every quarter has.
    """

    title = forms.CharField(label=_("Title"), max_length=200)
    unit = forms.ChoiceField(
        label=_("The value counts in"),
        choices=[(unit.value, words) for unit, words in UNITS.items()],
        help_text=_("A plan counts in one of the two; they are never added up."),
    )

    def __init__(
        self, *args: Any, roadmap: Roadmap, words: Mapping[str, StepWords], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.roadmap, self.words = roadmap, words
        self._add_means("budget", gettext("Budget of every quarter"))
        self._add_means("capacity", gettext("Person-days of every quarter"))
        choices = lock_choices(roadmap)
        for key in words:
            field = forms.ChoiceField(required=False, choices=choices)
            field.widget.attrs |= {
                "aria-label": gettext("Lock on %(step)s") % {"step": step_words(key, words)},
                "class": "form-select form-select-sm",
            }
            self.fields[_LOCK + key] = field

    def _add_means(self, name: str, label: str) -> None:
        quarters = range(self.roadmap.quarters)
        where = {f"{name}_{n}": f"{label}: {quarter_words(n)}" for n in quarters}
        for field_name, words in {name: label, **where}.items():
            field = self._means_field(name)
            field.label = words
            field.widget.attrs |= {"aria-label": words, "class": "form-control number"}
            self.fields[field_name] = field

    def _means_field(self, name: str) -> forms.Field:
        if name == "budget":
            return AmountField(currency=self.roadmap.currency)
        return forms.IntegerField(required=False, min_value=0, max_value=MOST_DAYS)

    @property
    def quarters(self) -> list[dict[str, Any]]:
        """The quarters with the fields of their own means, as the page lists them."""
        return [
            {
                "name": quarter_words(number),
                "months": quarter_months(self.roadmap.first_month, number),
                "budget": self[f"budget_{number}"],
                "capacity": self[f"capacity_{number}"],
            }
            for number in range(self.roadmap.quarters)
        ]

    def lock_of(self, key: str) -> forms.BoundField:
        """Return the field of the lock on a step."""
        return self[_LOCK + key]

    @property
    def has_locks(self) -> bool:
        """Whether the form shows a lock on any step."""
        return any(self[_LOCK + key].value() for key in self.words)

    def clean(self) -> dict[str, Any]:
        """Put the means together, quarter by quarter."""
        said = super().clean() or {}
        said["budget"] = self._means("budget", is_needed=False)
        said["capacity"] = self._means("capacity", is_needed=True)
        said["locks"] = tuple(
            lock_of(key, said[_LOCK + key]) for key in self.words if said.get(_LOCK + key)
        )
        return said

    def _means(self, name: str, *, is_needed: bool) -> tuple[int, ...] | None:
        said = self.cleaned_data
        own = [said.get(f"{name}_{number}") for number in range(self.roadmap.quarters)]
        found = [said.get(name) if each is None else each for each in own]
        if any(field.startswith(name) for field in self.errors):
            return None
        if None in found and (is_needed or any(each is not None for each in found)):
            self.add_error(name, gettext("Say it for every quarter, or for each of them."))
        known = tuple(each for each in found if each is not None)
        return known if len(known) == len(found) else None

    @property
    def wishes(self) -> PlanWishes:
        """What was asked for."""
        said = self.cleaned_data
        return PlanWishes(
            title=said["title"],
            capacity=said["capacity"],
            budget=said["budget"],
            locks=said["locks"],
            unit=PlanUnit(said["unit"]),
        )


def lock_choices(roadmap: Roadmap) -> list[tuple[str, Any]]:
    """Return what may be decided of a step beforehand: nothing, in or out, and each quarter."""
    starts = [
        (f"at:{number}", gettext("Starts in %(quarter)s") % {"quarter": quarter_words(number)})
        for number in range(roadmap.quarters)
    ]
    inside, outside = LockKind.MUST, LockKind.MUST_NOT
    return [("", gettext("Free")), (inside, LOCKS[inside]), (outside, LOCKS[outside]), *starts]


def lock_of(key: str, chosen: str) -> Lock:
    """Return the lock on a step that was chosen."""
    kind, _space, quarter = chosen.partition(":")
    return Lock(key, LockKind(kind), int(quarter) if quarter else None)


def initial_of(wishes: PlanWishes) -> dict[str, Any]:
    """Return what a form shows of wishes at first: the usual means, and quarters that differ."""
    shown: dict[str, Any] = {"title": wishes.title}
    if wishes.unit:
        shown["unit"] = wishes.unit.value
    shown |= _of_means("budget", wishes.budget or ())
    shown |= _of_means("capacity", wishes.capacity)
    for lock in wishes.locks:
        at = "" if lock.quarter is None else f":{lock.quarter}"
        shown[_LOCK + lock.step] = f"{lock.kind.value}{at}"
    return shown


def _of_means(name: str, means: Sequence[int]) -> dict[str, int]:
    if not means:
        return {}
    usual = max(means, key=means.count)
    own = {f"{name}_{n}": each for n, each in enumerate(means) if each != usual}
    return {name: usual, **own}


class RenameForm(forms.Form):
    """Another title of a plan."""

    version = VersionField()
    title = forms.CharField(label=_("Title"), max_length=200)


class CompareForm(forms.Form):
    """With which other plan a plan is compared."""

    other = forms.ChoiceField(label=_("The other plan"))

    def __init__(self, *args: Any, plans: Sequence[KeptPlan], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = [(str(each.uuid), f"{each.number}: {each.title}") for each in plans]
        cast("forms.ChoiceField", self.fields["other"]).choices = found


class CarryOutForm(forms.Form):
    """Which steps become initiatives, whose, and whether each by itself."""

    steps = forms.MultipleChoiceField(
        label=_("Steps"), widget=forms.CheckboxSelectMultiple, required=False
    )
    owner = forms.ChoiceField(label=_("Owner"))
    title = forms.CharField(
        label=_("Title of one initiative for all of them"),
        required=False,
        max_length=200,
        help_text=_("Left empty, each step becomes an initiative of its own."),
    )

    def __init__(self, *args: Any, steps: Choices, owners: Sequence[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.MultipleChoiceField", self.fields["steps"]).choices = steps
        named = [(str(each.uuid), each.account.name) for each in owners]
        cast("forms.ChoiceField", self.fields["owner"]).choices = named
