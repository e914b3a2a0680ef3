"""A draft changed part by part: its head, its categories, its items. Each rewrites the text."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from attain.assessments import forms_draft as forms
from attain.assessments.actions.editions import change_draft
from attain.assessments.models import ModelEdition
from attain.assessments.queries.editions import find_edition, model_of
from attain.assessments.queries.library import edition_before, shelved
from attain.assessments.queries.library_reading import parts_to_read
from attain.assessments.rules import drafting
from attain.assessments.rules.drafting import Data
from attain.assessments.rules.editions import differences, lost_items
from attain.assessments.views.library_common import WRITE, about, form_page, saying_faults
from attain.measurement.faults import RefusedError
from attain.organisations.errors import ChangedMeanwhileError, RefusedActionError, UnknownError
from attain.organisations.pages import MemberRequest, address, get_or_post
from attain.organisations.versions import SeenForm

Pick = Callable[[Data], dict[str, object]]


def _draft(request: MemberRequest, edition: UUID) -> tuple[ModelEdition, Data]:
    row = find_edition(request.member, edition, WRITE)
    if row.status != "draft":
        raise RefusedActionError(_("The text of a published model is frozen. Clone it."))
    return row, drafting.data_of(row.text)


def _keep(request: MemberRequest, row: ModelEdition, seen: int, data: Data, pick: Pick) -> None:
    """Keep a draft; where it was changed meanwhile, say of the part alone what stands there."""
    text = drafting.text_of(data)
    try:
        change_draft(by=request.member, edition=row, seen=seen, text=text, now=datetime.now(UTC))
    except ChangedMeanwhileError as refusal:
        there = drafting.data_of(ModelEdition.objects.get(pk=row.pk).text)
        raise ChangedMeanwhileError(refusal.what, pick(there), pick(data)) from refusal


def _edit_page(request: MemberRequest, row: ModelEdition) -> str:
    return address(request, "library-edit", edition=row.uuid)


def _page(
    request: MemberRequest,
    row: ModelEdition,
    form: django_forms.BaseForm,
    act: Callable[[dict[str, Any]], str],
    **said: Any,
) -> HttpResponse:
    then = _edit_page(request, row)
    return form_page(request, form, act, then=then, found=shelved(row), **said)


def _texts_of_head(data: Data) -> dict[str, object]:
    names = ("title", "licence", "roll_up", "colours", "scale")
    return {name: drafting.text_of(data.get(name)) for name in names}


def _texts_of_item(key: str) -> Pick:
    def pick(data: Data) -> dict[str, object]:
        try:
            item = drafting.items_at(data, drafting.spot_of(data, key))[key]
        except KeyError:
            return {key: _("is not there")}
        return {name: drafting.text_of(value) for name, value in item.items()}

    return pick


def _order(data: Data) -> dict[str, object]:
    return {key: part["title"] for key, part in drafting.parts_of(data).items()}


@require_GET
def edit(request: MemberRequest, edition: UUID) -> HttpResponse:
    """Show the categories and items of a draft, each with what may be done to it."""
    row, _data = _draft(request, edition)
    model = model_of(row)
    context = {
        **about(shelved(row)),
        "parts": parts_to_read(model),
        "follows": edition_before(row),
    }
    return render(request, "assessments/library_edit.html", context)


@get_or_post
def head(request: MemberRequest, edition: UUID) -> HttpResponse:
    """Change the head of a draft."""
    row, data = _draft(request, edition)
    form = forms.HeadForm(request.POST or None, data=data, initial={"version": row.version})

    def act(said: dict[str, Any]) -> str:
        changed = drafting.with_head(data, form.values)
        _keep(request, row, said["version"], changed, _texts_of_head)
        return _("The head of the model is kept.")

    hint = _("A level that is added needs a text of every item: add it in the text of the model.")
    return _page(request, row, form, act, title=_("Head of the model"), hint=hint)


@get_or_post
def add_part(request: MemberRequest, edition: UUID) -> HttpResponse:
    """Add a category or component, with its first item."""
    row, data = _draft(request, edition)
    form = forms.NewPartForm(request.POST or None, initial={"version": row.version})

    def act(said: dict[str, Any]) -> str:
        if said["key"] in drafting.parts_of(data):
            raise RefusedActionError(_("There is a category of this key already."))
        why = _("Its texts are still to be written.")
        first = {said["item_key"]: {"title": said["item_title"], "structure_only": why}}
        changed = drafting.with_part(data, said["key"], said["title"], first)
        _keep(request, row, said["version"], changed, _order)
        return _("The category is added. Write the texts of its first item.")

    return _page(request, row, form, act, title=_("Add a category"), submit=_("Add"))


def _demand_part(data: Data, key: str) -> Data:
    if key not in drafting.parts_of(data):
        raise UnknownError
    found: Data = drafting.parts_of(data)[key]
    return found


@get_or_post
def part(request: MemberRequest, edition: UUID, category: str) -> HttpResponse:
    """Change the title of a category or component."""
    row, data = _draft(request, edition)
    title = _demand_part(data, category)["title"]
    initial = {"version": row.version, "title": title}
    form = forms.PartForm(request.POST or None, initial=initial)

    def act(said: dict[str, Any]) -> str:
        changed = drafting.with_part(data, category, said["title"])
        _keep(request, row, said["version"], changed, _order)
        return _("The category is kept.")

    return _page(request, row, form, act, title=title)


@get_or_post
def remove_part(request: MemberRequest, edition: UUID, category: str) -> HttpResponse:
    """Remove a category or component with all its items."""
    row, data = _draft(request, edition)
    title = _demand_part(data, category)["title"]
    form = SeenForm(request.POST or None, initial={"version": row.version})

    def act(said: dict[str, Any]) -> str:
        _keep(request, row, said["version"], drafting.without_part(data, category), _order)
        return _("The category is removed.")

    return _page(
        request,
        row,
        form,
        act,
        title=_("Remove %(name)s") % {"name": title},
        explained=_("Every item of the category is removed with it."),
        submit=_("Remove"),
        danger=True,
    )


def _demand_item(data: Data, item: str) -> tuple[drafting.Spot, Data]:
    try:
        spot = drafting.spot_of(data, item)
    except KeyError as error:
        raise UnknownError from error
    return spot, drafting.items_at(data, spot)[item]


def _asked_of_item(row: ModelEdition, data: Data, item: Data) -> dict[str, Any]:
    """Return the levels that an item is described on, and the places at which it may stand."""
    model = model_of(row)
    numbers = [level.level for level in model.scale if not level.text]
    if not model.scale:
        own = [each["level"] for each in item.get("levels") or []] or [1]
        numbers = [*own, max(own) + 1, max(own) + 2]
    levels = [(n, model.title_of(n) if model.scale else _("Level %(n)s") % {"n": n})
              for n in numbers]  # fmt: skip
    parts = drafting.parts_of(data)
    spots = []
    for spot in drafting.spots_of(data):
        holder = parts[spot.part]
        group = holder["groups"][spot.group]["title"] if spot.group else ""
        spots.append((str(spot), f"{holder['title']}, {group}" if group else holder["title"]))
    return {"item": item, "levels": levels, "spots": spots}


@get_or_post
def add_item(request: MemberRequest, edition: UUID, category: str) -> HttpResponse:
    """Add an item to a category or component."""
    row, data = _draft(request, edition)
    _demand_part(data, category)
    spot = next(str(each) for each in drafting.spots_of(data) if each.part == category)
    initial = {"version": row.version, "spot": spot}
    form = forms.NewItemForm(request.POST or None, initial=initial, **_asked_of_item(row, data, {}))

    def act(said: dict[str, Any]) -> str:
        if said["key"] in {each.key for each in model_of(row).items}:
            raise RefusedActionError(_("There is an item of this key already."))
        changed = drafting.with_item(data, form.where, said["key"], form.values)
        _keep(request, row, said["version"], changed, _texts_of_item(said["key"]))
        return _("The item is added.")

    return _page(request, row, form, act, title=_("Add an item"), submit=_("Add"))


@get_or_post
def item(request: MemberRequest, edition: UUID, item: str) -> HttpResponse:
    """Change an item."""
    row, data = _draft(request, edition)
    spot, found = _demand_item(data, item)
    initial = {"version": row.version, "spot": str(spot)}
    form = forms.ItemForm(request.POST or None, initial=initial, **_asked_of_item(row, data, found))

    def act(said: dict[str, Any]) -> str:
        changed = drafting.with_item(data, form.where, item, form.values)
        _keep(request, row, said["version"], changed, _texts_of_item(item))
        return _("The item is kept.")

    return _page(request, row, form, act, title=found["title"])


@get_or_post
def remove_item(request: MemberRequest, edition: UUID, item: str) -> HttpResponse:
    """Remove an item."""
    row, data = _draft(request, edition)
    spot, found = _demand_item(data, item)
    form = SeenForm(request.POST or None, initial={"version": row.version})

    def act(said: dict[str, Any]) -> str:
        if len(drafting.items_at(data, spot)) == 1:
            raise RefusedActionError(_("It is the last item there. Remove the category."))
        _keep(
            request, row, said["version"], drafting.without_item(data, item), _texts_of_item(item)
        )
        return _("The item is removed.")

    return _page(
        request,
        row,
        form,
        act,
        title=_("Remove %(name)s") % {"name": found["title"]},
        explained=_("Its texts are removed with it."),
        submit=_("Remove"),
        danger=True,
    )


@require_POST
def move_item(request: MemberRequest, edition: UUID, item: str) -> HttpResponse:
    """Move an item up or down among those beside it."""
    row, data = _draft(request, edition)
    _demand_item(data, item)
    return _moved(request, row, drafting.item_moved(data, item, _way(request)), f"item-{item}")


@require_POST
def move_part(request: MemberRequest, edition: UUID, category: str) -> HttpResponse:
    """Move a category or component up or down."""
    row, data = _draft(request, edition)
    _demand_part(data, category)
    return _moved(
        request, row, drafting.part_moved(data, category, _way(request)), f"part-{category}"
    )


def _way(request: MemberRequest) -> int:
    return -1 if request.POST.get("way") == "up" else 1


def _moved(request: MemberRequest, row: ModelEdition, data: Data, anchor: str) -> HttpResponse:
    form = SeenForm(request.POST)
    if not form.is_valid():
        raise RefusedActionError(_("The page is too old. Open it again."))
    try:
        _keep(request, row, form.cleaned_data["version"], data, _order)
    except RefusedError as refusal:
        raise saying_faults(refusal) from refusal
    return redirect(f"{_edit_page(request, row)}#{anchor}")


@get_or_post
def item_map(request: MemberRequest, edition: UUID) -> HttpResponse:
    """Say what became of the items of the edition before that are not there, or not the same."""
    row, data = _draft(request, edition)
    before = edition_before(row)
    if before is None:
        raise RefusedActionError(_("The model follows no edition that is entered."))
    old, new = model_of(before), model_of(row)
    given = (data.get("follows") or {}).get("items") or {}
    lost = set(lost_items(old, new)) | {each.item for each in differences(old, new)} | set(given)
    form = forms.ItemMapForm(
        request.POST or None,
        old=[(each.key, each.title) for each in old.items if each.key in lost],
        new=[(each.key, f"{each.title} ({each.key})") for each in new.items],
        given=given,
        initial={"version": row.version},
    )

    def act(said: dict[str, Any]) -> str:
        changed = drafting.with_item_map(data, form.changes)
        _keep(request, row, said["version"], changed, _item_map)
        return _("The item map is kept.")

    hint = _("By the item map ratings move from one edition to the next. An item that is in both "
             "editions and asks the same needs no entry.")  # fmt: skip
    lost_now = lost_items(old, new)
    return _page(
        request, row, form, act, title=_("Item map"), hint=hint, unmapped=lost_now,
        nothing=not form.old,
    )  # fmt: skip


def _item_map(data: Data) -> dict[str, object]:
    follows = data.get("follows") or {}
    return {key: drafting.text_of(change) for key, change in (follows.get("items") or {}).items()}
