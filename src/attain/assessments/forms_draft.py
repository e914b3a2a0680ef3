"""The forms by which a draft is changed part by part; each knows its part as plain data."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from attain.assessments.forms_library import key_field
from attain.assessments.library_words import CHANGES, COLOURS, CRITICALITIES, FACING, ROLL_UPS
from attain.assessments.rules.drafting import Data, Spot, retold
from attain.organisations.versions import SeenForm

LONGEST = 4_000
_SIZES = [("", "–"), *((str(n), str(n)) for n in range(1, 6))]
_SPARE_LEVELS = 2
FieldGroup = tuple[str, list[forms.BoundField]]


def _of(whole: str, part: str) -> str:
    return f"{whole}: {part}"


def _words(label: Any, rows: int = 2, **kwargs: Any) -> forms.CharField:
    widget = forms.Textarea({"rows": rows})
    return forms.CharField(label=label, required=False, max_length=LONGEST, widget=widget, **kwargs)


def _line(label: Any, *, required: bool = False, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, required=required, max_length=200, **kwargs)


def _number(label: Any, *, required: bool = False, **kwargs: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=required, min_value=0, max_value=99, **kwargs)


class GroupedForm(SeenForm):
    """A form whose fields stand in groups, after those that stand alone."""

    @property
    def groups(self) -> list[FieldGroup]:
        """The groups by title."""
        raise NotImplementedError

    @property
    def single_fields(self) -> list[forms.BoundField]:
        """The fields that are in no group."""
        grouped = {field.name for _title, fields in self.groups for field in fields}
        return [field for field in self.visible_fields() if field.name not in grouped]


def fields_of(form: forms.Form, begin: str) -> list[forms.BoundField]:
    """Return the fields of a form whose names begin alike."""
    return [field for field in form.visible_fields() if field.name.startswith(begin)]


class HeadForm(GroupedForm):
    """What stands at the head of a model: its name, its levels, and how ratings are read."""

    title = _line(_("Title"), required=True)
    licence = _line(_("Licence"), required=True)
    rule = forms.ChoiceField(label=_("Rolls up by"), choices=ROLL_UPS)
    level = _number(
        _("Level of the share"),
        help_text=_("Of the share of items on a level alone; the target where it is empty."),
    )
    by = forms.ChoiceField(label=_("Coloured by"), choices=COLOURS)
    amber = _number(_("Amber"), required=True)
    red = _number(_("Red"), required=True)

    def __init__(self, *args: Any, data: Data, initial: Data, **kwargs: Any) -> None:
        self.scale: list[Data] = list(data.get("scale") or [])
        self.before = data
        kwargs["initial"] = {**_head(data), **initial}
        super().__init__(*args, **kwargs)
        for number in range(len(self.scale) + _SPARE_LEVELS):
            self._offer_level(number)

    def _offer_level(self, number: int) -> None:
        given = self.scale[number] if number < len(self.scale) else {}
        label = gettext("Level %(place)s") % {"place": number + 1}
        fields: dict[str, forms.Field] = {
            "number": _number(_of(label, gettext("number")), initial=given.get("level")),
            "title": _line(_of(label, gettext("name")), initial=given.get("title", "")),
            "text": _words(_of(label, gettext("what is true of any item")),
                           initial=given.get("text", "")),
        }  # fmt: skip
        self.fields.update({f"scale_{number}_{name}": f for name, f in fields.items()})

    @property
    def groups(self) -> list[FieldGroup]:
        """The fields of each level, together."""
        count = len(self.scale) + _SPARE_LEVELS
        told = [
            (gettext("Level %(place)s") % {"place": n + 1}, f"scale_{n}_") for n in range(count)
        ]
        return [(title, fields_of(self, begin)) for title, begin in told]

    @property
    def values(self) -> Data:
        """What the form says, as a model has it at its head."""
        said = self.cleaned_data
        roll_up = {"rule": said["rule"], "level": said["level"]}
        return retold(self.before, {
            "title": said["title"],
            "licence": said["licence"],
            "scale": list(self._levels()) or None,
            "roll_up": {key: value for key, value in roll_up.items() if value is not None},
            "colours": {name: said[name] for name in ("by", "amber", "red")},
        }, "title")  # fmt: skip

    def _levels(self) -> Iterator[Data]:
        known = {level["level"]: level for level in self.scale}
        for number in range(len(self.scale) + _SPARE_LEVELS):
            said = {
                n: self.cleaned_data[f"scale_{number}_{n}"] for n in ("number", "title", "text")
            }
            if said["number"] is not None and said["title"]:
                level = {"level": said["number"], "title": said["title"], "text": said["text"]}
                yield _without_none(retold(known.get(said["number"], {}), level, "title", "text"))


def _head(data: Data) -> Data:
    roll_up = data.get("roll_up") or {"rule": "lowest"}
    colours = data.get("colours") or {"by": "gap", "amber": 1, "red": 2}
    return {**{n: data[n] for n in ("title", "licence")}, **roll_up, **colours}


def _without_none(values: Mapping[str, Any]) -> Data:
    return {key: value for key, value in values.items() if value not in (None, "")}


class PartForm(SeenForm):
    """A category or component: its title."""

    title = _line(_("Title"), required=True)


class NewPartForm(PartForm):
    """A further category or component, with the first item that stands in it."""

    key = key_field(_("Key"))
    item_title = _line(_("Title of its first item"), required=True)
    item_key = key_field(_("Key of its first item"))
    field_order = ("version", "title", "key", "item_title", "item_key")


class ItemForm(GroupedForm):
    """An item: its texts, and for each level what is true, what shows it, and the step to it."""

    spot = forms.ChoiceField(label=_("Where it stands"))
    title = _line(_("Title"), required=True)
    question = _words(_("Question"), help_text=_("What an assessor asks."))
    criticality = forms.ChoiceField(label=_("Criticality"), choices=CRITICALITIES)
    process = key_field(_("Process"), required=False, help_text="")
    facing = forms.ChoiceField(
        label=_("Kind of process"), required=False, choices=[("", "–"), *FACING.items()]
    )
    licence = _line(_("Licence of its texts, where it is another"))
    structure_only = _words(
        _("Structure only"),
        help_text=_("Why it stands without texts. It then has neither question nor levels."),
    )

    def __init__(
        self,
        *args: Any,
        item: Data,
        levels: Sequence[tuple[int, str]],
        spots: Sequence[tuple[str, str]],
        initial: Data,
        **kwargs: Any,
    ) -> None:
        self.item, self.levels = item, levels
        self.given: dict[int, Data] = {each["level"]: each for each in item.get("levels") or []}
        named = {name: item.get(name, "") for name in self._named}
        kwargs["initial"] = {"criticality": "moderate", **_without_none(named), **initial}
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["spot"]).choices = spots
        for number, title in levels:
            self._offer_level(number, title)

    _named = (
        "title", "question", "criticality", "process", "facing", "licence", "structure_only",
    )  # fmt: skip

    def _offer_level(self, number: int, title: str) -> None:
        given = self.given.get(number, {})
        step = given.get("step") or {}
        fields: dict[str, forms.Field] = {
            "text": _words(_of(title, gettext("what is true")), 3, initial=given.get("text", "")),
            "evidence": _words(
                _of(title, gettext("evidence, one a line")),
                initial="\n".join(map(str, given.get("evidence") or [])),
            ),
            "effort": forms.ChoiceField(
                label=_of(title, gettext("effort of the step")), required=False, choices=_SIZES,
                initial=step.get("effort", ""),
            ),
            "gain": forms.ChoiceField(
                label=_of(title, gettext("gain of the step")), required=False, choices=_SIZES,
                initial=step.get("gain", ""),
            ),
            "benefit": _line(_of(title, gettext("what gets better")),
                             initial=step.get("benefit", "")),
        }  # fmt: skip
        self.fields.update({f"level_{number}_{name}": f for name, f in fields.items()})

    def clean(self) -> dict[str, Any]:
        """Refuse a step that is told in part."""
        said = super().clean() or {}
        for number, _title in self.levels:
            step = [said.get(f"level_{number}_{name}") for name in ("effort", "gain", "benefit")]
            if any(step) and not all(step):
                name = f"level_{number}_effort"
                self.add_error(
                    name, gettext("A step has its effort, its gain and what gets better.")
                )
        return said

    @property
    def groups(self) -> list[FieldGroup]:
        """The fields of each level, together."""
        return [(title, fields_of(self, f"level_{number}_")) for number, title in self.levels]

    @property
    def where(self) -> Spot:
        """Where the item stands."""
        return Spot.read(self.cleaned_data["spot"])

    @property
    def values(self) -> Data:
        """What the form says, as a model has it of an item; None of what is left out."""
        said = {name: self.cleaned_data[name] or None for name in self._named}
        values = {**said, "levels": [*self._levels()] or None}
        return retold(self.item, values, "title", "question")

    def _levels(self) -> Iterator[Data]:
        for number, _title in self.levels:
            said = {
                name: self.cleaned_data[f"level_{number}_{name}"]
                for name in ("text", "evidence", "effort", "gain", "benefit")
            }
            if said["text"]:
                yield self._level(number, said)

    def _level(self, number: int, said: Data) -> Data:
        before = self.given.get(number, {})
        step = {"effort": int(said["effort"] or 0), "gain": int(said["gain"] or 0)}
        level = {
            **before,
            "level": number,
            "text": said["text"],
            "evidence": [line.strip() for line in said["evidence"].splitlines() if line.strip()],
            "step": {**step, "benefit": said["benefit"]} if said["effort"] else None,
        }
        kept = retold(before, level, "text")
        return {name: value for name, value in kept.items() if value not in (None, [])}


class NewItemForm(ItemForm):
    """A further item, which has a key to be given."""

    key = key_field(_("Key"))
    field_order = ("version", "title", "key", "spot", "question", "criticality")


class ItemMapForm(GroupedForm):
    """What became of items of the edition before."""

    def __init__(
        self,
        *args: Any,
        old: Sequence[tuple[str, str]],
        new: Sequence[tuple[str, str]],
        given: Mapping[str, Data],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.old = old
        for number, (key, title) in enumerate(old):
            change = given.get(key) or {}
            self._offer(number, f"{title} ({key})", new, change)

    def _offer(self, number: int, label: str, new: Sequence[tuple[str, str]], change: Data) -> None:
        fields: dict[str, forms.Field] = {
            "change": forms.ChoiceField(
                label=label, required=False, initial=change.get("change", ""),
                choices=[("", _("as it was")), *CHANGES.items()],
            ),
            "to": forms.MultipleChoiceField(
                label=_of(label, gettext("became")), required=False, choices=new,
                initial=list(change.get("to") or []), widget=forms.SelectMultiple({"size": 5}),
            ),
            "reason": _line(_of(label, gettext("why")), initial=change.get("reason", "")),
        }  # fmt: skip
        self.fields.update({f"{name}_{number}": field for name, field in fields.items()})

    @property
    def groups(self) -> list[FieldGroup]:
        """The fields of each item of the edition before, together."""
        named = ("change", "to", "reason")
        return [
            (f"{title} ({key})", [self[f"{name}_{n}"] for name in named])
            for n, (key, title) in enumerate(self.old)
        ]

    @property
    def changes(self) -> dict[str, Data | None]:
        """What became of each item; None of one that is as it was."""
        said = self.cleaned_data
        return {
            key: _change(said[f"change_{n}"], said[f"to_{n}"], said[f"reason_{n}"])
            for n, (key, _title) in enumerate(self.old)
        }


def _change(change: str, to: Sequence[str], reason: str) -> Data | None:
    if not change:
        return None
    said = {"change": change, "to": list(to), "reason": reason}
    return {name: value for name, value in said.items() if value}
